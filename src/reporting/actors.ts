// Who has to act for the verdict to change, and on how much.
import type { Result } from '../model/result.ts'
import type { Blocker } from './blockers.ts'
import { plural } from './numbers.ts'

export interface Actor {
  who: string
  what: string
}

export function actorsOf(result: Result, blockers: readonly Blocker[]): Actor[] {
  const failed = blockers.filter((blocker) => blocker.outcome === 'fail').length
  const absent = blockers.filter((blocker) => blocker.outcome === 'no_evidence').length
  const broken = blockers.filter((blocker) => blocker.outcome === 'error' && blocker.place !== 'certify').length
  const policy = blockers.some((blocker) => blocker.place === 'Policy')
  const actors: Actor[] = []
  if (failed > 0) actors.push({ who: 'Author of the change', what: `${plural(failed, 'thing')} to mend` })
  if (policy) actors.push({ who: 'Owner of the policy', what: 'correct the config' })
  else if (absent + broken > 0)
    actors.push({ who: 'Owner of the workflow', what: `${plural(absent + broken, 'report')} to supply or mend` })
  if (result.decision.verdict === 'pending') actors.push(...approvers(result))
  return actors
}

function approvers(result: Result): Actor[] {
  return result.gates
    .filter((gate) => gate.state === 'awaiting_approval' && gate.id <= result.decision.target)
    .map(({ id, approval }) => ({
      who: approval.environment === null ? 'An approver' : `A reviewer of environment ${approval.environment}`,
      what: `approve gate ${id}${approval.roles.length > 0 ? ` (${approval.roles.join(', ')})` : ''}`,
    }))
}
