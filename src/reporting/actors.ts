// Who has to act for the verdict to change, and on how much.
import type { Result } from '../model/result.ts'
import type { Blocker } from './blocker.ts'
import { plural } from './numbers.ts'

export interface Actor {
  who: string
  what: string
}

/** What the change itself can mend, though it shows as absent. */
const AUTHORS: ReadonlySet<string> = new Set([
  'document_missing',
  'document_untracked',
  'items_open',
  'items_unattested',
  'issues_open',
  'change_not_ready',
])
/** What only the config can say. */
const POLICYS: ReadonlySet<string> = new Set([
  'no_objectives',
  'no_scope',
  'no_limit',
  'no_baseline',
  'no_check_bound',
  'objective_unit',
  'unit_mismatch',
  'level_without_criteria',
  'level_disabled',
])

export function actorsOf(result: Result, blockers: readonly Blocker[]): Actor[] {
  const actors: Actor[] = []
  if (blockers.some((blocker) => blocker.place === 'Policy'))
    return [...actors, { who: 'Owner of the policy', what: 'correct the config' }]
  const open = blockers.filter((blocker) => blocker.outcome !== 'pending' && blocker.place !== 'certify')
  const isAuthors = ({ outcome, code }: Blocker): boolean =>
    (outcome === 'fail' && code !== 'level_disabled') || AUTHORS.has(code ?? '')
  const authors = open.filter(isAuthors).length
  const policys = open.filter((blocker) => !isAuthors(blocker) && POLICYS.has(blocker.code ?? '')).length
  const workflows = open.length - authors - policys
  if (authors > 0) actors.push({ who: 'Author of the change', what: `${plural(authors, 'thing')} to mend` })
  if (workflows > 0) actors.push({ who: 'Owner of the workflow', what: `${plural(workflows, 'report')} to supply or mend` })
  if (policys > 0) actors.push({ who: 'Owner of the policy', what: `${plural(policys, 'setting')} to supply` })
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
