// Going live: a dispatch that names the approval's record, verifies the chain and everything the approval rests on, and opens the gate.
import type { GateApproval } from '../../model/approval.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import { renderGate } from '../../reporting/renderers/gate.ts'
import { asEvaluated, withApprovals } from '../gate.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { decidedConfig, decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import type { Evaluation } from './evaluation.ts'
import { findApproval } from './find-approval.ts'
import { leaveGate, stateOf } from './leave.ts'
import { policyOf } from './recorded-policy.ts'
import { stillHolds } from './still-holds.ts'

export async function goLive(invocation: Invocation, ports: Ports): Promise<Ended> {
  const hash = invocation.approval
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash))
    throw new CertifyError('usage', 'going live needs the hash of the approval record', {
      hint: 'approval: the hash that the gate job and `certify ledger log` show',
    })
  const gate = invocation.gate ?? 4
  const ledger = await ledgerOf(invocation, ports)
  const found = await findApproval(hash, ledger)
  const refuse = (why: string, hint = 'have the gate approved again'): never => {
    throw new CertifyError('go_live_refused', `the approval ${hash.slice(0, 12)} does not open gate ${gate}: ${why}`, { hint })
  }
  const { approval } = found.approval.data
  const { data } = found.evaluation
  if (approval.gate !== gate) refuse(`it is one of gate ${approval.gate}`)
  if (approval.state !== 'approved') refuse(`it is no approval, but ${approval.state}`)
  if (found.superseded !== null) refuse(found.superseded)
  if (data.subject.event === 'pull_request' || data.subject.event === 'merge_group')
    refuse('it is about a change that has not reached its branch', 'approve a run of the branch itself')
  const recorded = await policyOf(data, ledger)
  const evaluation: Evaluation = { data, facts: data.facts!, policy: recorded, id: found.evaluation.header.id }
  const { resolved } = await decidePolicy(asEvaluated(invocation, evaluation), ports)
  if (resolved.config === null || data.policy?.digest !== resolved.digest) refuse('the policy has changed since')
  // What was resolved now decides; the record's copy is only what it was judged by.
  const policy: ResolvedPolicy = { ...recorded, config: resolved.config! }
  for (const one of [...found.before, approval])
    await stillHolds(one, { ...evaluation, policy }, { digest: resolved.digest, refuse, ports })
  const { actor } = ports.ledger
  const live: GateApproval = {
    ...approval,
    goLive: { actor: actor ?? 'unknown', at: ports.clock.now().toISOString(), approval: hash },
  }
  const judged = withApprovals({ ...evaluation, policy }, [...found.before, live])
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

async function ledgerOf(invocation: Invocation, ports: Ports) {
  const { ledger } = await decidedConfig(invocation, ports)
  const store = await ports.ledger.open(ledger)
  const tip = (await store?.tip()) ?? null
  if (store === null || tip === null)
    throw new CertifyError('no_ledger', 'there is no ledger that could hold the approval', {
      hint: 'gates are recorded by the record job',
    })
  return { store, tip }
}
