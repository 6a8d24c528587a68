// Going live: a dispatch that names the approval's record, verifies the chain and everything the approval rests on, and opens the gate.
import { misplaced } from '../../certificate/ledger/seal.ts'
import { guard } from '../../gates/environment-guard.ts'
import type { GateApproval } from '../../model/approval.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import { EVALUATION, type EvaluationData } from '../../model/evaluation.ts'
import type { ApprovalData } from '../../model/gate-record.ts'
import { type LedgerRecord, objectPath } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { renderGate } from '../../reporting/renderers/gate.ts'
import { stateOf, withApprovals } from '../gate.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { broken } from '../ledger/append.ts'
import { backwards, endOf, type OpenLedger } from '../ledger/store-of.ts'
import { decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import { reviewsOf } from './asked.ts'
import type { Evaluation } from './evaluation.ts'
import { leaveGate } from './leave.ts'

/** Records looked through for the approval. Older ones have to be given anew. */
const FARTHEST = 2000

export async function goLive(invocation: Invocation, ports: Ports): Promise<Ended> {
  const hash = invocation.approval
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash))
    throw new CertifyError('usage', 'going live needs the hash of the approval record', {
      hint: 'approval: the hash that the gate job and `certify ledger log` show',
    })
  const { resolved } = await decidePolicy(invocation, ports)
  if (resolved.config === null)
    throw new CertifyError('config_invalid', `${resolved.source} has problems`, { problems: resolved.problems })
  const store = await ports.ledger.open(resolved.config.ledger)
  const tip = (await store?.tip()) ?? null
  if (store === null || tip === null)
    throw new CertifyError('no_ledger', 'there is no ledger that could hold the approval', {
      hint: 'gates are recorded by the record job',
    })
  const found = await find(hash, { store, tip })
  const refuse = (why: string, hint: string): never => {
    throw new CertifyError(
      'go_live_refused',
      `the approval ${hash.slice(0, 12)} does not open gate ${invocation.gate ?? 4}: ${why}`,
      { hint },
    )
  }
  const { approval } = found.approval.data
  const again = 'have the gate approved again'
  if (approval.gate !== (invocation.gate ?? 4)) refuse(`it is one of gate ${approval.gate}`, again)
  if (approval.state !== 'approved') refuse(`it is no approval, but ${approval.state}`, again)
  if (approval.policyDigest !== resolved.digest) refuse('the policy has changed since', again)
  const policy = await policyOf(found.evaluation.data, { store, tip })
  const data = found.evaluation.data
  if (data.evidenceDigest !== approval.evidenceDigest || data.subject.commit !== approval.commit)
    refuse('it was given for other evidence or another commit', again)
  await stillGuarded(approval, policy, refuse, ports)
  const { actor } = ports.ledger
  const live: GateApproval = {
    ...approval,
    goLive: { actor: actor ?? 'unknown', at: ports.clock.now().toISOString(), approval: hash },
  }
  const evaluation: Evaluation = { data, facts: data.facts!, policy, id: found.evaluation.header.id }
  const judged = withApprovals(evaluation, [...found.before, live])
  const left = leaveGate({ evaluation, gate: approval.gate, approval: live, judged, ports })
  const state = stateOf(judged.result, approval.gate)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: state === 'open' ? 0 : 1,
    output: renderGate(judged.result, approval.gate, [], look, live),
    result: null,
    outputs: {
      'gate-state': state,
      'gate-digest': left.digest,
      'record-digest': left.note.state === 'left' ? left.note.digest : '',
      proceed: state === 'open' ? 'true' : '',
      commit: approval.commit,
    },
  }
}

interface Found {
  approval: LedgerRecord<ApprovalData>
  evaluation: LedgerRecord<EvaluationData>
  /** Approvals of the gates before, of the same run. */
  before: GateApproval[]
}

/** From the end of the chain back to the evaluation, each record following the next: one that was put in by hand does not. */
async function find(hash: string, ledger: OpenLedger): Promise<Found> {
  const head = await endOf(ledger)
  let next: LedgerRecord | null = null
  let approval: LedgerRecord<ApprovalData> | null = null
  const before: GateApproval[] = []
  let seen = 0
  for await (const record of backwards(ledger, head.seq)) {
    const misfit =
      next === null
        ? record.hash === head.hash
          ? null
          : 'is not the end of the chain'
        : misplaced(next, { seq: record.header.seq, hash: record.hash })
    if (misfit !== null) throw broken(ledger.store, `record ${next?.header.seq ?? record.header.seq} ${misfit}`)
    next = record
    if (record.hash === hash && record.header.type === 'approval') approval = record as LedgerRecord<ApprovalData>
    else if (approval !== null && record.header.id === approval.data.evaluation && record.header.type === 'evaluation') {
      const evaluation = record as LedgerRecord<EvaluationData>
      if (evaluation.data.schema === EVALUATION && evaluation.data.facts !== null) return { approval, evaluation, before }
    } else if (approval !== null && record.header.type === 'approval') {
      const other = record.data as ApprovalData
      if (
        other.evaluation === approval.data.evaluation &&
        other.approval.gate < approval.data.approval.gate &&
        !before.some((one) => one.gate === other.approval.gate)
      )
        before.unshift(other.approval)
    }
    if (++seen === FARTHEST) break
  }
  throw new CertifyError(
    'no_record',
    `the ledger holds no ${approval === null ? `approval ${hash.slice(0, 12)}` : 'evaluation for that approval'}`,
    {
      hint: `looked through the last ${seen} records; certify ledger log shows them`,
    },
  )
}

async function policyOf(data: EvaluationData, { store, tip }: OpenLedger): Promise<ResolvedPolicy> {
  const [bytes] = data.policy === null ? [null] : await store.read(tip.version, [objectPath(data.policy.object)])
  if (bytes === null || bytes === undefined) throw broken(store, 'the policy of the evaluation is missing')
  return JSON.parse(new TextDecoder().decode(bytes)) as ResolvedPolicy
}

/** The environments still hold, and GitHub still says of that run what was recorded. */
async function stillGuarded(
  approval: GateApproval,
  { config }: ResolvedPolicy,
  refuse: (why: string, hint: string) => never,
  ports: Ports,
): Promise<void> {
  if (approval.mechanism !== 'environment') return
  const reviews = reviewsOf(ports)
  const { preventSelfReview, adminBypass } = config.manualReview
  const refs = config.gates.find((one) => one.number === approval.gate)?.refs ?? []
  for (const { name } of approval.environments) {
    const found = guard(
      await reviews.environment(name),
      { gate: approval.gate, preventSelfReview, adminBypass, refs },
      ports.subject.ref,
    )
    if (found.refusals.length > 0) refuse(`environment ${name} no longer holds`, 'certify doctor names the setting')
  }
  const now = await reviews.reviews(approval.run)
  for (const slot of approval.slots) {
    if (slot.filledBy === null) continue
    const { id } = slot.filledBy
    const still = now.some((one) => one.state === 'approved' && one.user.id === id && one.environments.includes(slot.environment))
    if (!still)
      refuse(`GitHub no longer shows the review of ${slot.filledBy.login} in ${slot.environment}`, 'have the gate approved again')
  }
}
