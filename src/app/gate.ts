// `command: gate`: before the wait (preflight), in the environment's job (inside), after it (confirm), and the dispatch that goes live.
import { environmentsOf } from '../gates/approvals.ts'
import type { GateApproval } from '../model/approval.ts'
import type { GateConfig } from '../model/config.ts'
import { CertifyError } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { renderGate } from '../reporting/renderers/gate.ts'
import { type Asked, askedOf, movedOn, settled, snapshotOf, type Wait } from './gate/asked.ts'
import { type Evaluation, evaluationOf, gatesBefore } from './gate/evaluation.ts'
import { goLive } from './gate/go-live.ts'
import { leaveGate, stateOf } from './gate/leave.ts'
import { preflight } from './gate/preflight.ts'
import type { Ended, Invocation } from './invocation.ts'
import { type Judged, judge } from './judge.ts'
import { judgeableOf, settle } from './ledger/evaluation.ts'
import { decidePolicy } from './policy.ts'
import type { Ports } from './ports.ts'
import { publish } from './publish.ts'

/** Here a failure is an error (decision 38): a gate that could not be judged is shut, and its step fails. */
export async function gate(invocation: Invocation, ports: Ports): Promise<Ended> {
  if (invocation.phase === 'go-live') return goLive(invocation, ports)
  const evaluation = evaluationOf(invocation, ports)
  const before = gatesBefore(invocation, evaluation, ports)
  const config = gateConfig(evaluation, invocation.gate)
  const { resolved } = await decidePolicy(asEvaluated(invocation, evaluation), ports)
  const asked = await askedOf(config, evaluation, resolved.digest, ports)
  asked.stale.push(...(await movedOn(config, ports)))
  switch (invocation.phase) {
    case 'preflight':
      return beforeWait(asked, evaluation, before, invocation, ports)
    case 'inside':
      return inside(asked, invocation, ports)
    default:
      return confirm(asked, evaluation, before, invocation, ports)
  }
}

/** The same reports were asked for: what the evaluating step named beside the policy is a part of what it was judged by. */
export function asEvaluated(invocation: Invocation, { policy }: Evaluation): Invocation {
  const named = (origin: string) => policy.config.evidence.filter((entry) => entry.origin === origin)
  return {
    ...invocation,
    evidence: named('input evidence').flatMap((entry) => entry.paths),
    artifacts: named('input artifacts').flatMap((entry) => entry.artifact ?? []),
  }
}

export function gateConfig({ policy }: Evaluation, number: number | undefined): GateConfig {
  const found = policy.config.gates.find((one) => one.number === number)
  if (found === undefined) throw new CertifyError('usage', 'gate needs a number', { hint: 'gate: 1, 2, 3 or 4' })
  return found
}

/** The evaluation as it stands with what people have said so far: the same facts, judged again. */
export function withApprovals({ data, facts, policy }: Evaluation, approvals: readonly GateApproval[]): Judged {
  return judge({ ...judgeableOf(data, facts, policy), approvals }, settle(facts))
}

async function beforeWait(
  asked: Asked,
  evaluation: Evaluation,
  before: readonly GateApproval[],
  invocation: Invocation,
  ports: Ports,
): Promise<Ended> {
  const judged = withApprovals(evaluation, before)
  const { brief, exit, ready, environments, snapshot } = await preflight(asked, judged, invocation.runUrl, ports)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit,
    output: renderGate(judged.result, asked.gate.number, [...asked.refusals, ...asked.stale], look),
    result: null,
    outputs: { ready: ready ? 'true' : '', environments: JSON.stringify(environments), snapshot },
    summary: brief,
  }
}

/** In the environment's own job: the rules again, and that a review of this environment is what let it start. */
async function inside(asked: Asked, invocation: Invocation, ports: Ports): Promise<Ended> {
  const { gate: config } = asked
  const name = invocation.environment ?? ''
  if (!environmentsOf(config).includes(name)) {
    throw new CertifyError('environment_foreign', `the policy does not name "${name.slice(0, 80)}" for gate ${config.number}`, {
      hint: `it names ${environmentsOf(config).join(', ') || 'none'}; the environment comes from the preflight job`,
    })
  }
  const snapshot = snapshotOf(invocation.snapshot, asked)
  const rules = config.signOffs.filter((rule) => (rule.environment ?? config.environment) === name)
  const alone: GateConfig = { ...config, environment: name, signOffs: rules }
  const approval = settled({ ...asked, gate: alone }, snapshot, { waited: true, timedOut: false, ended: null }, ports)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: exitOf(approval),
    output: renderGate(null, config.number, approval.reasons, look, approval),
    result: null,
  }
}

/** After the wait, whatever came of it: the gate is decided, shown, and left for the ledger. */
async function confirm(
  asked: Asked,
  evaluation: Evaluation,
  before: readonly GateApproval[],
  invocation: Invocation,
  ports: Ports,
): Promise<Ended> {
  const { gate: config } = asked
  const base = withApprovals(evaluation, before)
  const state = base.result.gates.find((one) => one.id === config.number)?.state
  // A gate that did not get as far as its approval is told as it is; nobody was asked.
  const asks = state === 'awaiting_approval'
  const approval = asks ? settled(asked, snapshotOf(invocation.snapshot, asked), waitOf(ports), ports) : null
  const judged = approval === null ? base : withApprovals(evaluation, [...before, approval])
  const left = leaveGate({ evaluation, gate: config.number, approval, judged, ports })
  await publish(judged.result, left.note, ports)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: approval === null ? exitOfState(judged.result, config.number) : exitOf(approval),
    output: renderGate(judged.result, config.number, approval?.reasons ?? [], look, approval),
    result: judged.result,
    outputs: { 'gate-state': stateOf(judged.result, config.number), 'gate-digest': left.digest },
  }
}

/** From the results of the jobs before this one (`CERTIFY_NEEDS`): did the waiting job start, and so end its wait? */
function waitOf(ports: Ports): Wait {
  let needs: Record<string, { result?: string; outputs?: Record<string, string> } | undefined> = {}
  try {
    needs = JSON.parse(ports.env.CERTIFY_NEEDS ?? '{}') as typeof needs
  } catch {
    // Told by the reader of producers; without it nothing is known to have started.
  }
  const wait = needs.wait
  const started = wait?.outputs?.started === 'true' || wait?.result === 'success'
  const ended = wait?.result ?? null
  return { waited: started, timedOut: !started && (ended === 'failure' || ended === 'cancelled'), ended }
}

function exitOf({ state }: GateApproval): 0 | 1 | 2 {
  if (state === 'approved') return 0
  return state === 'refused' ? 2 : 1
}

function exitOfState(result: Result, number: number): 0 | 1 | 2 {
  const state = stateOf(result, number)
  if (state === 'open' || state === 'skipped' || state === 'approved') return 0
  return state === 'error' ? 2 : 1
}
