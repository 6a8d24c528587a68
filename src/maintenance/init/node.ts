// JavaScript: package.json's scripts, the lock file, and what jest, vitest, c8, nyc and Node's own runner write.
import { pinned } from './actions.ts'
import { reportsIn } from './commands.ts'
import { type Found, NOTHING, type Repository, type Step } from './repository.ts'

interface Package {
  scripts: Record<string, string>
  packages: ReadonlySet<string>
  /** jest's configuration where it lies in package.json, as text. */
  jest: string
  jestJunit: Record<string, unknown>
}

/** Scripts that test, or that are there to make reports, in the order they are looked for. */
const SCRIPTS = ['test:ci', 'ci', 'test', 'reports', 'report', 'coverage']

export function node({ texts }: Repository): Found {
  const found = packageOf(texts.get('package.json'))
  if (found === null) return NOTHING
  const by = 'package.json'
  const name = SCRIPTS.find((one) => usable(found.scripts[one]))
  const setup: Step[] = [{ uses: pinned('node'), with: versionOf(texts) }, ...installOf(found, texts)]
  if (name === undefined) return { ...NOTHING, setup, notes: ['package.json has no script that runs tests.'] }
  const script = found.scripts[name]!
  const runner = runnerOf(found, script)
  const asked = runner === null ? null : RUNNERS[runner](found, script, texts)
  const run = name === 'test' ? 'npm test' : `npm run ${name}`
  const extra = asked?.flags ?? ''
  return {
    reports: [...reportsIn(script), ...(asked?.reports ?? [])].map((one) => ({ ...one, by: `${by}, ${runner ?? name}` })),
    setup,
    steps: [{ run: extra === '' ? run : `${run} -- ${extra}` }],
    notes: asked?.notes ?? [],
  }
}

interface Asked {
  reports: Found['reports']
  flags: string
  notes: string[]
}

const report = (path: string, kind: 'coverage' | 'tests') => ({ path, kind, by: '' })

const RUNNERS: Record<'jest' | 'vitest' | 'node', (found: Package, script: string, texts: Repository['texts']) => Asked> = {
  jest({ packages, jest, jestJunit }, script, texts) {
    const config = `${jest}${configOf(texts, 'jest')}`
    const folder = /coverageDirectory["']?\s*:\s*["']([\w./-]+)["']/.exec(config)?.[1] ?? 'coverage'
    const junit = packages.has('jest-junit')
    const place = [jestJunit.outputDirectory, jestJunit.outputName ?? 'junit.xml']
      .filter((part) => typeof part === 'string')
      .join('/')
    const covers = /collectCoverage["']?\s*:\s*true/.test(config) || script.includes('--coverage')
    const reports = /reporters/.test(config) || script.includes('--reporters')
    return {
      reports: [report(`${folder}/lcov.info`, 'coverage'), ...(junit ? [report(place, 'tests')] : [])],
      flags: [covers ? '' : '--coverage', junit && !reports ? '--reporters=default --reporters=jest-junit' : ''].join(' ').trim(),
      notes: junit ? [] : ['jest writes no test report by itself: npm install --save-dev jest-junit, then run init again.'],
    }
  },
  vitest(_found, script, texts) {
    const config = configOf(texts, 'vitest') + configOf(texts, 'vite')
    const folder = /reportsDirectory\s*:\s*["']([\w./-]+)["']/.exec(config)?.[1] ?? 'coverage'
    const watches = !/vitest run|--run\b/.test(script)
    return {
      reports: [report(`${folder}/lcov.info`, 'coverage'), report('reports/junit.xml', 'tests')],
      flags: `${watches ? '--run ' : ''}--coverage.enabled --coverage.reporter=lcov --reporter=default --reporter=junit --outputFile.junit=reports/junit.xml`,
      notes: ['vitest needs @vitest/coverage-v8 to measure coverage.'],
    }
  },
  node(_found, script) {
    if (/--test-reporter/.test(script)) return { reports: [], flags: '', notes: [] }
    // Node takes options before the first file only, and npm puts what follows `--` at the end.
    if (!/--test\s*$/.test(script)) {
      return {
        reports: [],
        flags: '',
        notes: ["Node's test runner writes reports with --test-reporter=junit and --test-reporter=lcov in its script."],
      }
    }
    return {
      reports: [report('lcov.info', 'coverage'), report('junit.xml', 'tests')],
      flags:
        '--experimental-test-coverage --test-reporter=lcov --test-reporter-destination=lcov.info --test-reporter=junit --test-reporter-destination=junit.xml',
      notes: [],
    }
  },
}

function runnerOf({ packages }: Package, script: string): keyof typeof RUNNERS | null {
  if (/\bvitest\b/.test(script)) return 'vitest'
  if (/\bjest\b/.test(script) || (/react-scripts test/.test(script) && packages.has('react-scripts'))) return 'jest'
  return /\bnode\b.*--test\b/.test(script) ? 'node' : null
}

function packageOf(text: string | undefined): Package | null {
  let read: unknown
  try {
    read = JSON.parse(text ?? '')
  } catch {
    return null
  }
  const root = record(read)
  const scripts = Object.fromEntries(Object.entries(record(root.scripts)).filter(([, value]) => typeof value === 'string'))
  return {
    scripts: scripts as Record<string, string>,
    packages: new Set([...Object.keys(record(root.dependencies)), ...Object.keys(record(root.devDependencies))]),
    jest: root.jest === undefined ? '' : JSON.stringify(root.jest),
    jestJunit: record(root['jest-junit']),
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** npm init's placeholder is no test. */
function usable(script: string | undefined): boolean {
  return script !== undefined && !/no test specified/.test(script)
}

function configOf(texts: Repository['texts'], tool: string): string {
  return [...texts].flatMap(([path, text]) => (path.startsWith(`${tool}.config.`) ? [text] : [])).join('\n')
}

function versionOf(texts: Repository['texts']): Record<string, string> {
  const file = ['.nvmrc', '.node-version'].find((one) => texts.has(one))
  return file === undefined ? { 'node-version': '24' } : { 'node-version-file': file }
}

function installOf({ packages }: Package, texts: Repository['texts']): Step[] {
  if (texts.has('pnpm-lock.yaml')) return [{ run: 'corepack enable && pnpm install --frozen-lockfile' }]
  if (texts.has('yarn.lock')) return [{ run: 'corepack enable && yarn install --immutable' }]
  if (texts.has('package-lock.json') || texts.has('npm-shrinkwrap.json')) return [{ run: 'npm ci' }]
  return packages.size === 0 ? [] : [{ run: 'npm install', note: 'with a lock file in git: npm ci' }]
}
