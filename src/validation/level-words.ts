// Tells a level from the words in a report's path or artifact name: `junit-integration.xml`, `e2e-results/`, `reports/unit/`.
import { LEVEL_IDS, type LevelId } from '../model/level.ts'

/** Words that mean their level wherever they stand. */
const CERTAIN: Readonly<Record<string, LevelId>> = { unit: 'component', integration: 'integration', e2e: 'system' }

/** Words that are also ordinary names (`user-service`): they count only among words about reports. */
const ORDINARY: Readonly<Record<string, LevelId>> = {
  component: 'component',
  service: 'service',
  contract: 'service',
  system: 'system',
}

const ABOUT_REPORTS = new Set(
  (
    'test tests testing junit xunit nunit trx ctrf surefire failsafe pytest jest report reports result results coverage cov lcov info ' +
    'cobertura jacoco clover istanbul go k6 perf performance load soak summary bench benchmark benchmarks hyperfine security scan sarif ' +
    'audit npm trivy output out artifact artifacts data xml json md txt level final reliability'
  ).split(' '),
)

const LONGEST = 1024

/** The level a path or name speaks of: the lowest where it names several, null where it names none. */
export function levelInWords(text: string): LevelId | null {
  const found = new Set<LevelId>()
  for (const segment of text.slice(0, LONGEST).toLowerCase().replaceAll('end-to-end', 'e2e').split('/')) {
    const words = segment.split(/[^a-z0-9]+/).filter((word) => word !== '' && !/^\d+$/.test(word))
    const plain = words.every((word) => ABOUT_REPORTS.has(word) || Object.hasOwn(CERTAIN, word) || Object.hasOwn(ORDINARY, word))
    for (const word of words) {
      if (Object.hasOwn(CERTAIN, word)) found.add(CERTAIN[word]!)
      else if (plain && Object.hasOwn(ORDINARY, word)) found.add(ORDINARY[word]!)
    }
  }
  return LEVEL_IDS.find((level) => found.has(level)) ?? null
}
