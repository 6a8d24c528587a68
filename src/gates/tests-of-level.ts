// What the admitted test reports say of one level. Admission has already split them, so that no test counts twice.
import type { Admitted, FactsOf } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'

export interface TestTally {
  /** passed + failed + errors: a skipped test was not executed. */
  executed: number
  failed: number
  errors: number
  skipped: number
  suiteErrors: number
  /** Reports of a run that ended before its plan. */
  unfinished: string[]
  /** Names of failing tests, at most ten; hostile text. */
  failing: string[]
  files: string[]
}

const NAMED = 10

export function testsOf(level: LevelId, admitted: readonly Admitted[]): TestTally {
  const tally: TestTally = {
    executed: 0,
    failed: 0,
    errors: 0,
    skipped: 0,
    suiteErrors: 0,
    unfinished: [],
    failing: [],
    files: [],
  }
  for (const one of admitted) {
    if (one.level === level && one.facts.kind === 'tests') add(tally, one.facts, one.ref.path)
  }
  return tally
}

function add(tally: TestTally, facts: FactsOf<'tests'>, path: string): void {
  const { passed, failed, errors, skipped } = facts.totals
  tally.executed += passed + failed + errors
  tally.failed += failed
  tally.errors += errors
  tally.skipped += skipped
  tally.suiteErrors += facts.suiteErrors
  tally.files.push(path)
  if (facts.unfinished) tally.unfinished.push(path)
  for (const { outcome, name } of facts.cases) {
    if (tally.failing.length === NAMED) return
    if (outcome === 'failed' || outcome === 'error') tally.failing.push(name)
  }
}
