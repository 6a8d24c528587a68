// Puts words to reasons where their surroundings are known: a criterion's ratio turns "raise it" into "cover 5 more lines".
import type { CriterionResult } from '../model/judgement.ts'
import type { Reason } from '../model/reason.ts'
import type { StatedReason } from '../model/result.ts'
import { state } from './messages.ts'
import { smallestFix } from './smallest-fix.ts'

export function stated(reason: Reason): StatedReason {
  return { ...reason, ...state(reason) }
}

/** A criterion's reasons; a missed limit names the smallest step in the metric's own counts. */
export function statedFor(result: CriterionResult): StatedReason[] {
  const step = smallestFix(result.metric?.ratio ?? null, result.criterion.pass, result.metric?.parts ?? [])
  const better = result.reasons.some((reason) => reason.code !== 'limit_not_met' && state(reason).fix !== null)
  return result.reasons.map((reason) => {
    const words = stated(reason)
    if (reason.code === 'evidence_missing' && reason.args.what === result.criterion.metric) return ownReportMissing(words, result)
    if (reason.code !== 'limit_not_met' || (step === null && !better)) return words
    return { ...words, fix: step }
  })
}

/** Beside its own name a criterion need not be named again; without an expected file the place in the config is the fix. */
function ownReportMissing(words: StatedReason, { criterion }: CriterionResult): StatedReason {
  const expected = words.code === 'evidence_missing' && words.args.expected.length > 0
  return {
    ...words,
    text: 'no report found',
    fix: expected ? words.fix : `Name its report in the config: metrics.${criterion.metric}.evidence`,
  }
}

/** The words of several reasons, without what only says "no report" once more. */
export function textsOf(reasons: readonly StatedReason[]): string[] {
  const missing = reasons.some((reason) => reason.code === 'evidence_missing')
  return reasons.filter((reason) => !(missing && reason.code === 'scan_missing')).map((reason) => reason.text)
}
