// Which reviews count for a gate, and what they make of it: beyond the snapshot, by a listed reviewer, by nobody who is excluded.
import type { EnvironmentRules, Excluded, GateApproval, KeyedReview, Person, Slot, Snapshot } from '../model/approval.ts'
import type { GateConfig, SignOffRule } from '../model/config.ts'
import { type Reason, reason } from '../model/reason.ts'
import { type Answer, answersIn } from './answers.ts'
import { quotedIn } from './evidence-code.ts'
import { matched } from './matching.ts'
import { type Fresh, listed, notListed, unfit } from './reviewer.ts'

export interface ApprovalInput {
  gate: GateConfig
  /** All reviews of the run, in any order. */
  reviews: readonly KeyedReview[]
  /** What was there before the wait; null: no wait was announced, so nothing can be told to be new. */
  snapshot: Snapshot | null
  environments: readonly EnvironmentRules[]
  /** Empty where the policy does not keep duties apart. */
  excluded: readonly Excluded[]
  /** What is asked to be approved now. */
  subject: Omit<Snapshot, 'reviews' | 'at' | 'gate'>
  code: string
  /** Reasons for which an environment would not have asked anybody. */
  refusals: readonly Reason[]
  /** Reasons for which what was evaluated is no longer what would be approved. */
  stale: readonly Reason[]
  /** How the jobs in the environments ended together; null: not known. Only `success` saw the same as we do. */
  wait: string | null
  /** The wait is over: without a review that counts, the job went on past it. */
  waited: boolean
  /** The run ended the wait without a decision: nobody came in time. */
  timedOut: boolean
  mechanism: GateApproval['mechanism']
  /** ISO. */
  now: string
}

interface Candidate {
  person: Person
  comment: string
  code: 'quoted' | 'none'
}

/** Pure. Only `approved` opens anything; every other state says why. */
export function settleApproval(input: ApprovalInput): GateApproval {
  const { gate, subject, environments, mechanism, now } = input
  const slots = slotsOf(gate)
  const base: GateApproval = {
    gate: gate.number,
    state: 'awaiting',
    slots: slots.map((rule) => open(rule, gate)),
    refused: [],
    reasons: [],
    environments: [...environments],
    commit: subject.commit,
    evidenceDigest: subject.evidenceDigest,
    policyDigest: subject.policyDigest,
    run: subject.run,
    attempt: subject.attempt,
    approvedBefore: null,
    mechanism,
    goLive: null,
  }
  if (input.refusals.length > 0) return { ...base, state: 'refused', reasons: [...input.refusals] }
  const stale = voidReasons(input)
  if (stale.length > 0) return { ...base, state: 'void', reasons: stale }
  const fresh = freshReviews(input)
  const rejected = fresh.find((one) => one.review.state === 'rejected')
  if (rejected !== undefined) {
    const why = reason('gate_rejected', { gate: gate.number, by: rejected.review.user.login, environment: rejected.environment })
    return { ...base, state: 'rejected', reasons: [why] }
  }
  const { filled, refused } = fill(slots, fresh, input)
  const open_ = filled.filter((slot) => slot.required && slot.filledBy === null)
  const result = { ...base, slots: filled, refused }
  if (open_.length === 0 && filled.some((slot) => slot.filledBy !== null)) {
    const unclean = uncleanWait(input)
    return unclean === null
      ? { ...result, state: 'approved', approvedBefore: now }
      : { ...result, state: 'refused', reasons: [unclean] }
  }
  return { ...result, ...unfilled(input, open_, refused, fresh) }
}

/** The sign-offs that the policy names; without any, one authority in the gate's environment. */
export function slotsOf(gate: GateConfig): SignOffRule[] {
  if (gate.signOffs.length > 0) return gate.signOffs
  return [{ role: 'final', users: [], teams: [], environment: null, required: true, distinct: true }]
}

/** The environments that ask for this gate, each once, in the policy's order (decision 13). */
export function environmentsOf(gate: GateConfig): string[] {
  return [...new Set(slotsOf(gate).flatMap((rule) => rule.environment ?? gate.environment ?? []))]
}

function open(rule: SignOffRule, gate: GateConfig): Slot {
  return {
    role: rule.role,
    environment: rule.environment ?? gate.environment ?? '',
    required: rule.required,
    filledBy: null,
    comment: null,
    code: null,
    answers: answersIn('', gate.questions),
  }
}

/** An approval is for one commit, one evidence, one policy, one attempt; anything else voids it, visibly (decisions 31, 54). */
function voidReasons({ snapshot, subject, gate, stale }: ApprovalInput): Reason[] {
  if (stale.length > 0 || snapshot === null) return [...stale]
  const changed: [string, boolean][] = [
    ['the commit', snapshot.commit !== subject.commit],
    ['the evidence', snapshot.evidenceDigest !== subject.evidenceDigest],
    ['the policy', snapshot.policyDigest !== subject.policyDigest],
    ['the run', snapshot.run !== subject.run],
    ['the attempt', snapshot.attempt !== subject.attempt],
  ]
  return changed.flatMap(([what, differs]) => (differs ? [reason('approval_void', { gate: gate.number, what })] : []))
}

/** Rules may be back in order by now: what the job in the environment found, or that it could not look, still counts. */
function uncleanWait({ gate, mechanism, wait }: ApprovalInput): Reason | null {
  if (mechanism !== 'environment' || wait === null || wait === 'success') return null
  return reason('environment_unsafe', {
    gate: gate.number,
    environment: environmentsOf(gate).join(', '),
    setting: `its job ended as ${wait}`,
    fix: 'look at what the job says, and re-run all jobs',
  })
}

/** For each environment those that the snapshot did not have, one for one: entries carry neither time nor attempt. */
function freshReviews({ reviews, snapshot, gate }: ApprovalInput): Fresh[] {
  return environmentsOf(gate).flatMap((environment) => {
    const before = [...(snapshot?.reviews[environment] ?? [])]
    const decided = reviews.filter((review) => review.environments.includes(environment) && review.state !== 'pending')
    return decided.flatMap((review) => {
      const known = before.indexOf(review.key)
      if (known < 0) return [{ review, environment }]
      before.splice(known, 1)
      return []
    })
  })
}

function fill(
  rules: readonly SignOffRule[],
  fresh: readonly Fresh[],
  input: ApprovalInput,
): { filled: Slot[]; refused: GateApproval['refused'] } {
  const refused: GateApproval['refused'] = []
  const usable = fresh.flatMap((one) => {
    const why = unfit(one, input)
    if (why !== null) refused.push({ user: one.review.user, environment: one.environment, reason: why })
    return why === null ? [one] : []
  })
  const fits = rules.map((rule) => {
    const environment = rule.environment ?? input.gate.environment ?? ''
    return usable.filter((one) => one.environment === environment && listed(one, rule, input)).map((one) => one.review.user.id)
  })
  for (const one of usable)
    if (!fits.some((people) => people.includes(one.review.user.id)))
      refused.push({ user: one.review.user, environment: one.environment, reason: notListed(one, input) })
  // One person counts once, unless the policy says that a slot need not be another person's.
  const distinct = rules.map((rule) => rule.distinct)
  const held = matched(fits.map((people, at) => (distinct[at] ? people : [])))
  const filled = rules.map((rule, at): Slot => {
    const slot = open(rule, input.gate)
    const id = distinct[at] ? held[at] : fits[at]![0]
    const found = id === null || id === undefined ? undefined : candidate(usable, slot.environment, id, input)
    if (found === undefined) return slot
    return {
      ...slot,
      filledBy: found.person,
      comment: found.comment,
      code: found.code,
      answers: answersIn(found.comment, input.gate.questions) satisfies Answer[],
    }
  })
  return { filled, refused }
}

function candidate(usable: readonly Fresh[], environment: string, id: number, { code }: ApprovalInput): Candidate | undefined {
  const found = usable.find((one) => one.environment === environment && one.review.user.id === id)
  if (found === undefined) return undefined
  const { user, comment } = found.review
  return { person: user, comment: comment.slice(0, 1000), code: quotedIn(comment, code) === 'quoted' ? 'quoted' : 'none' }
}

function unfilled(
  { gate, waited, timedOut }: ApprovalInput,
  openSlots: readonly Slot[],
  refused: GateApproval['refused'],
  fresh: readonly Fresh[],
): Pick<GateApproval, 'state' | 'reasons'> {
  const roles = openSlots.map((slot) => `${slot.role} (${slot.environment})`)
  const why = refused.map((one) => one.reason)
  if (timedOut) return { state: 'expired', reasons: [reason('approval_expired', { gate: gate.number, roles }), ...why] }
  // A job that went past an environment in which nobody has said anything was not let through by a review.
  const silent = openSlots.some((slot) => !fresh.some((one) => one.environment === slot.environment))
  if (waited && silent)
    return { state: 'bypassed_or_unknown', reasons: [reason('approval_bypassed', { gate: gate.number, roles })] }
  const waiting = reason('awaiting_approval', {
    gate: gate.number,
    environment: openSlots[0]?.environment ?? gate.environment ?? '',
  })
  return { state: 'awaiting', reasons: waited ? [...why, reason('awaiting_sign_off', { roles })] : [waiting, ...why] }
}
