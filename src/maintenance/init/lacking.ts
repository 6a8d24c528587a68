// What a level still lacks among the reports that were found, in words.
import type { Kind } from '../../model/evidence.ts'
import type { LevelId } from '../../model/level.ts'
import type { Report } from './repository.ts'

const ASKED: Record<'component' | 'integration', readonly [Kind, string][]> = {
  component: [
    ['tests', 'a test report'],
    ['coverage', 'coverage'],
    ['performance', 'a benchmark or load test'],
    ['security', 'a security scan'],
  ],
  integration: [
    ['tests', 'a report of integration tests'],
    ['coverage', 'their coverage'],
  ],
}

export function lackingAt(level: keyof typeof ASKED, reports: readonly Report[], readme: boolean): string[] {
  const there = (kind: Kind): boolean => reports.some((one) => one.kind === kind && one.level === (level satisfies LevelId))
  return [
    ...ASKED[level].flatMap(([kind, words]) => (there(kind) ? [] : [words])),
    ...(level === 'component' && !readme ? ['a README.md'] : []),
  ]
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
