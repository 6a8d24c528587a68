// What missing history makes of an outcome: what needs samples waits for them, however good the number is (decision 2).
import type { BaselineResult, RegressionResult } from '../model/history.ts'
import type { Outcome } from '../model/outcome.ts'
import { distinctReasons } from '../model/reason.ts'
import { hasRelative, lacking } from '../model/relative.ts'
import type { CriterionInput, Judged } from './criterion.ts'

interface Lacking {
  found: BaselineResult | RegressionResult | undefined
  needed: number
}

/**
 * `best` where nothing is lacking, or where it fails anyway. Too few samples are neither pass nor fail (proof 13); none at all is
 * what `baseline.missing` says. On the default branch `bootstrap` lets both through, so that a history can begin.
 */
export function withoutSamples(input: CriterionInput, best: Outcome, baseline: number | null): Judged {
  const { criterion, onDefaultBranch } = input
  const without = best === 'fail' ? [] : lackingOf(input, best, baseline)
  if (without.length === 0) return { outcome: best, reasons: [] }
  const { missing } = criterion.baseline
  const reasons = distinctReasons(without.map((one) => lacking(criterion.metric, one.found, one.needed)))
  if (missing === 'bootstrap' && onDefaultBranch) return { outcome: best, reasons }
  const none = without.some((one) => one.found?.state !== 'few')
  return { outcome: missing === 'fail' && none ? 'fail' : 'pending', reasons }
}

function lackingOf({ criterion, baselines }: CriterionInput, best: Outcome, baseline: number | null): Lacking[] {
  const { id, pass, warn, regression } = criterion
  const relative = hasRelative(pass) || (best === 'warn' && hasRelative(warn))
  const tested = baselines.regressions[id]
  return [
    ...(relative && baseline === null ? [{ found: baselines.criteria[id], needed: criterion.baseline.count }] : []),
    ...(regression !== null && tested?.state !== 'found' ? [{ found: tested, needed: regression.minSamples }] : []),
  ]
}
