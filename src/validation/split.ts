// One admitted entry for each level a file speaks for, so that no test can count for two levels unless an entry says so.
import type { Config } from '../model/config.ts'
import type { Evidence, EvidenceClaim, Facts, TestCase, TestFacts } from '../model/evidence.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import { type Reason, reason } from '../model/reason.ts'
import { claimedLevels, levelOfCase, levelOfPlace, type Suites } from './level-of.ts'

export interface Share {
  level: LevelId | null
  facts: Facts
  claim: EvidenceClaim
  notes: Reason[]
}

/** The level of everything that nothing else places (decision 18). */
const LOWEST: LevelId = 'component'

/** The levels of one file, each with its share of the facts. Documents and checklists speak for no level in particular. */
export function split(evidence: Evidence, config: Config, suites: Suites): Share[] {
  const { facts, declaredBy: claim, ref } = evidence
  const claimed = claimedLevels(claim, config)
  if (claimed.length > 0) return claimed.map((level) => ({ level, facts, claim: claimOf(claim, level, config), notes: [] }))
  if (facts.kind === 'documentation' || facts.kind === 'checklist') return [{ level: null, facts, claim, notes: [] }]
  const placed = levelOfPlace(ref.path, ref.origin, suites)
  if (placed !== null) return [{ level: placed, facts, claim, notes: [] }]
  if (facts.kind !== 'tests') return [{ level: LOWEST, facts, claim, notes: [] }]
  return byCase(facts, claim, ref.path, suites)
}

/** A file named by metrics of several levels counts for each, as its entries say. */
function claimOf(claim: EvidenceClaim, level: LevelId, config: Config): EvidenceClaim {
  if (claim.level !== null) return claim
  return {
    ...claim,
    metrics: claim.metrics.filter((id) => config.metrics.some((metric) => metric.id === id && metric.level === level)),
  }
}

function byCase(facts: TestFacts, claim: EvidenceClaim, path: string, suites: Suites): Share[] {
  const cases = new Map<LevelId, TestCase[]>()
  let assumed = 0
  for (const one of facts.cases) {
    const level = levelOfCase(one, suites)
    if (level === null) assumed++
    const list = cases.get(level ?? LOWEST)
    if (list === undefined) cases.set(level ?? LOWEST, [one])
    else list.push(one)
  }
  // Errors outside any test may be all there is.
  if (cases.size === 0) cases.set(LOWEST, [])
  const levels = LEVEL_IDS.filter((level) => cases.has(level))
  return levels.map((level) => ({
    level,
    facts: levels.length === 1 ? facts : partOf(facts, cases.get(level)!),
    claim,
    notes: level === LOWEST && assumed > 0 ? [reason('evidence_level_assumed', { path, tests: assumed, level })] : [],
  }))
}

/** Errors outside any test, and an unfinished run, hold for every part: nobody can tell which it would have been. */
function partOf(facts: TestFacts, cases: TestCase[]): TestFacts {
  const totals = { total: cases.length, passed: 0, failed: 0, errors: 0, skipped: 0, flaky: 0 }
  for (const one of cases) {
    if (one.outcome === 'passed') totals.passed++
    else if (one.outcome === 'failed') totals.failed++
    else if (one.outcome === 'error') totals.errors++
    else totals.skipped++
    if (one.flaky) totals.flaky++
  }
  return { ...facts, totals, declared: null, durationSeconds: null, cases }
}
