// From the verdict to the step's exit code and the check's conclusion (decision 17). Nothing here changes the verdict.
import type { Config } from '../model/config.ts'
import type { Decision } from '../model/judgement.ts'

/** Ordered: each includes those before it. */
export type FailOn = 'never' | 'failed' | 'pending' | 'warn'

export interface Conclusion {
  exit: 0 | 1 | 2
  conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
}

const ORDER: readonly FailOn[] = ['never', 'failed', 'pending', 'warn']

/**
 * Advisory mode (no policy to enforce yet) turns every judged verdict but `passed` into `neutral`; an `error` stays one.
 * The conclusion tells the truth of the verdict even where `fail-on` lets the step go on.
 */
export function conclude(
  decision: Pick<Decision, 'verdict' | 'pendingFor' | 'warnings'>,
  failOn: FailOn,
  mode: Config['mode'],
): Conclusion {
  const { verdict, pendingFor, warnings } = decision
  if (verdict === 'error') return { exit: 2, conclusion: 'failure' }
  if (mode === 'advisory') return { exit: 0, conclusion: verdict === 'passed' ? 'success' : 'neutral' }
  const asStrictAs = (least: FailOn): boolean => ORDER.indexOf(failOn) >= ORDER.indexOf(least)
  switch (verdict) {
    case 'passed':
      return warnings > 0 && asStrictAs('warn') ? { exit: 1, conclusion: 'failure' } : { exit: 0, conclusion: 'success' }
    case 'failed':
      return { exit: asStrictAs('failed') ? 1 : 0, conclusion: 'failure' }
    case 'pending':
      return {
        exit: asStrictAs(pendingFor === 'approval' ? 'pending' : 'failed') ? 1 : 0,
        conclusion: 'action_required',
      }
  }
}
