// Which changed files have to be known to coverage: those that are written in what the reports speak of, and are no tests.
import type { Matches } from '../model/glob.ts'
import { pathGlobs } from './globs.ts'

/** Written as one language: where reports know one of them, code in the others is code, too. */
const FAMILIES: readonly (readonly string[])[] = [
  ['js', 'jsx', 'mjs', 'cjs'],
  ['ts', 'tsx', 'mts', 'cts'],
]

const TESTS = [
  '**/{test,tests,__tests__,__mocks__,spec,specs,e2e,testdata,fixtures,__fixtures__}/**',
  '**/*{.,_,-}{test,tests,spec,specs}.*',
  '**/*{Test,Tests,Spec,IT,TestCase}.{java,kt,scala,groovy,cs,swift,php}',
  '**/test_*.py',
  '**/conftest.py',
  // Declarations without any code.
  '**/*.d.{ts,mts,cts}',
]

let tests: Matches | null = null

/** Its globs are expanded for the first changed file that is asked about: most runs ask about none. */
function isTest(path: string): boolean {
  tests ??= pathGlobs(TESTS)
  return tests(path)
}

/** `reported`: paths in any coverage report. */
export function sourceFiles(reported: Iterable<string>): (path: string) => boolean {
  const endings = new Set<string>()
  for (const path of reported) {
    const ending = endingOf(path)
    if (ending !== '') endings.add(ending)
  }
  for (const family of FAMILIES) if (family.some((one) => endings.has(one))) for (const one of family) endings.add(one)
  return (path) => endings.has(endingOf(path)) && !isTest(path)
}

function endingOf(path: string): string {
  return /\.([A-Za-z0-9_+]{1,12})$/.exec(path.slice(-20))?.[1]?.toLowerCase() ?? ''
}
