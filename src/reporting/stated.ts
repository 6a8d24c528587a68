// Puts words to reasons where their surroundings are known: a criterion's ratio turns "raise it" into "cover 5 more lines".
import type { CriterionResult } from '../model/judgement.ts'
import type { Reason } from '../model/reason.ts'
import type { StatedReason } from '../model/result.ts'
import type { Step } from '../model/step.ts'
import { state } from './messages.ts'
import { LIMITS, stepsFor } from './steps/steps.ts'

export function stated(reason: Reason): StatedReason {
  return { ...reason, ...state(reason) }
}

/** A criterion's reasons and what to do about them; a reason whose step was counted out has that step for its fix. */
export function statedFor(result: CriterionResult): { reasons: StatedReason[]; steps: Step[] } {
  const plain = result.reasons.map((reason) => {
    const words = stated(reason)
    const own = reason.code === 'evidence_missing' && reason.args.what === result.criterion.metric
    return own ? ownReportMissing(words, result) : words
  })
  const steps = stepsFor(result, plain)
  const text = (...kinds: Step['kind'][]): string | null => steps.find((step) => kinds.includes(step.kind))?.text ?? null
  const value = text('cover', 'remove', 'meet', 'complete')
  const carrier = plain.find(({ code }) => CARRIERS[code] !== undefined && text(CARRIERS[code]!) !== null)
  const better = plain.some(({ code, fix }) => !LIMITS.has(code) && fix !== null)
  const reasons = plain.map((words): StatedReason => {
    if (words.code === 'tests_failed') return { ...words, fix: text('pass') ?? words.fix }
    if (words === carrier) return { ...words, fix: value }
    if (!LIMITS.has(words.code)) return words
    if (value !== null) return { ...words, fix: carrier === undefined ? value : null }
    return words.code === 'limit_not_met' && better ? { ...words, fix: null } : words
  })
  return { reasons, steps }
}

/** Reasons that say of what the value is short: the step is theirs. */
const CARRIERS: Readonly<Partial<Record<Reason['code'], Step['kind']>>> = { findings_open: 'remove', items_open: 'complete' }

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
