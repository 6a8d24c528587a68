// Checks on what was judged before: criteria, levels, checklists, the change itself.
import { type Check, notationOf } from '../model/check.ts'
import { compareLimit } from '../model/compare.ts'
import { type IssueCheck, judgeIssues } from '../model/issue.ts'
import type { LevelResult } from '../model/judgement.ts'
import type { Finding } from '../model/metric-check.ts'
import { reason } from '../model/reason.ts'
import type { GateInput, Place } from './input.ts'

type CheckOf<F extends Check['fn']> = Extract<Check, { fn: F }>

const PASS: Finding = { outcome: 'pass', reasons: [] }

/** As the level's own criterion came out. A criterion of a disabled level was not judged: `skipped`. */
export function criterionHolds({ id }: CheckOf<'criterion'>, { levels, config }: GateInput): Finding {
  const found = levels.flatMap((one) => one.criteria).find((one) => one.criterion.id === id)
  if (found !== undefined) return { outcome: found.outcome, reasons: found.reasons }
  const owner = config.levels.find((one) => one.criteria.some((criterion) => criterion.id === id))
  if (owner !== undefined && !owner.enabled)
    return { outcome: 'skipped', reasons: [reason('level_disabled', { level: owner.id })] }
  return { outcome: 'error', reasons: [reason('not_declared', { what: id })] }
}

/** The level is certified in this run. */
export function levelReached({ level }: CheckOf<'level'>, place: Place, { levels, config }: GateInput): Finding {
  const found = levels.find((one) => one.level.id === level)
  if (found === undefined) return { outcome: 'error', reasons: [reason('not_declared', { what: level })] }
  const why = reason('level_below_not_reached', { level, state: found.state })
  switch (found.state) {
    case 'passed':
      return PASS
    case 'passed_with_warnings':
      return { outcome: 'warn', reasons: found.reasons }
    case 'not_applicable':
      return { outcome: 'not_applicable', reasons: found.criteria.flatMap((one) => one.reasons) }
    case 'disabled':
      return { outcome: 'skipped', reasons: [reason('level_disabled', { level })] }
    case 'error':
      return { outcome: 'error', reasons: [why] }
    case 'pending_review':
      if (place.reviewIsApproval && level === place.level) return PASS
      return { outcome: 'pending', reasons: [awaited(found, config.gates)] }
    case 'evidence_pending':
      return { outcome: 'pending', reasons: [why] }
    default:
      return blocked(found, why, config.gates)
  }
}

/** A blocked level waits for what the level below waits for; only a failure below, or of its own, is a failure. */
function blocked(found: LevelResult, why: Finding['reasons'][number], gates: GateInput['config']['gates']): Finding {
  if (found.outstanding === 'approval') return { outcome: 'pending', reasons: [awaited(found, gates)] }
  if (found.outstanding === 'evidence') return { outcome: 'pending', reasons: [why] }
  return { outcome: found.outstanding === 'error' ? 'error' : 'fail', reasons: [why] }
}

function awaited({ level }: LevelResult, gates: GateInput['config']['gates']) {
  const environment = gates.find((one) => one.number === level.number)?.environment ?? ''
  return reason('awaiting_approval', { gate: level.number, environment })
}

/** Every item done: the metric that reads the list stands at 100. */
export function checklistDone({ id }: CheckOf<'checklist'>, { config, metrics }: GateInput): Finding {
  const readers = config.metrics.filter((one) => one.checklists.includes(id)).map((one) => one.id)
  const values = metrics.filter((one) => readers.includes(one.id))
  const first = values[0]
  if (first === undefined) return { outcome: 'no_evidence', reasons: [reason('not_declared', { what: id })] }
  if (values.some((one) => one.state === 'known' && one.value !== null && compareLimit(ALL, one.value, '%', null) === 'holds'))
    return PASS
  const reasons = first.reasons.length > 0 ? first.reasons : [reason('evidence_missing', { what: id, expected: [] })]
  return { outcome: first.state === 'known' ? 'fail' : first.state, reasons }
}

const ALL = {
  terms: [{ op: '>=' as const, value: 100, unit: '%', mode: 'absolute' as const }],
  text: '>= 100 %',
  origin: 'default',
}

const NAMED = 3

/** Not a draft and no conflict, as the host says; where there is no host to ask, a clean work tree (decision 22). */
export function changeReady({ change }: GateInput): Finding {
  const { draft, conflict, changed } = change
  if (draft === true) return notReady('it is a draft')
  if (conflict === true) return notReady('it conflicts with its base')
  if (draft === false && conflict === false) return PASS
  const hosted = draft !== null || conflict !== null
  if (!hosted && changed !== null) return changed.length === 0 ? PASS : notReady(`not committed: ${someOf(changed)}`)
  const what = draft === null ? 'whether the change is a draft' : 'whether the change has a conflict'
  return { outcome: 'pending', reasons: [reason('needs_github', { what })] }
}

function someOf(paths: readonly string[]): string {
  const more = paths.length - NAMED
  return `${paths.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function notReady(why: string): Finding {
  return { outcome: 'fail', reasons: [reason('change_not_ready', { why })] }
}

/** Issues as GitHub told of them. No answer is none; where there was nobody to ask, it waits. */
export function issuesClosed(check: IssueCheck, { issues }: GateInput): Finding {
  const found = judgeIssues(check, issues)
  if (found.state === 'done') return PASS
  if (found.state === 'open')
    return { outcome: 'fail', reasons: [reason('issues_open', { numbers: found.issues, of: found.of })] }
  const { why, asked } = found
  return asked
    ? { outcome: 'no_evidence', reasons: [reason('issues_unknown', { why })] }
    : { outcome: 'pending', reasons: [reason('needs_github', { what: notationOf(check) })] }
}
