// `certify simulate --config NEW`: the last recorded runs under another policy: which verdicts would differ, and why.
import { extendsOf, resolveConfig } from '../config/resolve.ts'
import { baselinesOf } from '../history/baseline.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import { EVALUATION, type EvaluationData } from '../model/evaluation.ts'
import type { History } from '../model/history.ts'
import { type LedgerRecord, objectPath } from '../model/ledger.ts'
import type { Verdict } from '../model/outcome.ts'
import { CertifyError } from '../model/problem.ts'
import { renderSimulation } from '../reporting/renderers/simulation.ts'
import type { Ended, Invocation } from './invocation.ts'
import { judge } from './judge.ts'
import { judgeableOf, settle } from './ledger/evaluation.ts'
import { pastRun } from './ledger/history.ts'
import { obstacles } from './ledger/replayable.ts'
import { backwards, endOf, type OpenLedger, openLedger } from './ledger/store-of.ts'
import type { Ports } from './ports.ts'

export const SIMULATED = 50

export interface SimulatedRun {
  record: number
  commit: string | null
  evaluatedAt: string
  event: string
  from: { verdict: Verdict; level: number }
  /** null: it cannot be judged by the new policy. */
  to: { verdict: Verdict; level: number } | null
  /** What holds it back now and did not before; or why it cannot be judged. */
  reasons: string[]
}

export interface Simulation {
  config: string
  place: string
  runs: number
  /** Runs that the new policy would have stopped, and those it would have let through. */
  blocked: number
  released: number
  unchanged: number
  notReplayable: number
  differing: SimulatedRun[]
  unreplayed: SimulatedRun[]
}

export async function simulate(invocation: Invocation, ports: Ports): Promise<Ended> {
  const policies = new Map<string, ResolvedPolicy>()
  const candidate = await policyOf(invocation, ports)
  const ledger = await openLedger(ports)
  const records = await evaluations(ledger, invocation.last ?? SIMULATED)
  const runs: SimulatedRun[] = []
  for (const record of records) runs.push(await simulateOne(record, candidate, ledger, records, policies))
  const shown = tally(runs, invocation.config.path, ledger.store.place)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: 0,
    output: invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderSimulation(shown, look),
    result: null,
  }
}

type Candidate = (event: EvaluationData['subject']['event']) => ResolvedPolicy

/** The new policy as it would be for each kind of event. Throws with all its problems where it has any. */
async function policyOf(invocation: Invocation, ports: Ports): Promise<Candidate> {
  const { path } = invocation.config
  const { text } = await ports.policy.trusted(path)
  if (text === null)
    throw new CertifyError('config_missing', `${path} does not exist`, { hint: 'name the new policy: --config FILE' })
  const reference = extendsOf(text)
  const base = reference === null ? null : await ports.policy.remote(reference)
  return (event) => {
    const { config, problems, ...rest } = resolveConfig({
      text,
      path,
      source: path,
      base,
      env: {},
      inputs: {},
      event,
      mayLoosen: true,
    })
    if (config === null) throw new CertifyError('config_invalid', `${path} has ${problems.length} problem(s)`, { problems })
    return { ...rest, config }
  }
}

/** The last evaluations, newest first. */
async function evaluations(ledger: OpenLedger, most: number): Promise<LedgerRecord<EvaluationData>[]> {
  const head = await endOf(ledger)
  const found: LedgerRecord<EvaluationData>[] = []
  for await (const record of backwards(ledger, head.seq)) {
    if ((record.data as Partial<EvaluationData> | null)?.schema === EVALUATION) found.push(record as LedgerRecord<EvaluationData>)
    if (found.length === most) break
  }
  return found
}

async function simulateOne(
  record: LedgerRecord<EvaluationData>,
  candidate: Candidate,
  ledger: OpenLedger,
  records: readonly LedgerRecord<EvaluationData>[],
  policies: Map<string, ResolvedPolicy>,
): Promise<SimulatedRun> {
  const { data } = record
  const run: SimulatedRun = {
    record: record.header.seq,
    commit: data.subject.commit,
    evaluatedAt: data.evaluatedAt,
    event: data.subject.event,
    from: { verdict: data.outcome.verdict, level: data.outcome.level },
    to: null,
    reasons: [],
  }
  if (data.facts === null || data.policy === null) return { ...run, reasons: ['it could not be judged when it was made'] }
  const old = await recordedPolicy(data.policy.object, ledger, policies)
  const policy = candidate(data.subject.event)
  const why = obstacles(old.config, policy.config, data.facts)
  if (why.length > 0) return { ...run, reasons: why }
  const history = historyBefore(record, records, data.facts.history)
  const input = { ...judgeableOf(data, data.facts, policy), baselines: baselinesOf(policy.config, history), history }
  const { result } = judge(input, settle(data.facts))
  const { verdict, level, failedCriteria } = result.decision
  const fresh = failedCriteria.filter((id) => !data.outcome.failedCriteria.includes(id))
  const reasons = fresh.flatMap((id) =>
    result.levels.flatMap((one) =>
      one.criteria.filter((each) => each.id === id).map((each) => `${id}: ${each.reasons[0]?.text ?? each.outcome}`),
    ),
  )
  return { ...run, to: { verdict, level }, reasons: reasons.length > 0 ? reasons : gateReasons(result, data) }
}

/** Where no criterion explains a difference, gates do, or a target that was set anew. */
function gateReasons(result: ReturnType<typeof judge>['result'], { outcome }: EvaluationData): string[] {
  const moved = result.gates.filter((gate) => outcome.gates[String(gate.id)] !== gate.state)
  const target =
    result.decision.target === outcome.target
      ? []
      : [`the target is level ${result.decision.target} instead of ${outcome.target}`]
  return [...target, ...moved.map((gate) => `gate ${gate.id} ${gate.reasons[0]?.text ?? gate.state}`)].slice(0, 3)
}

/** What the ledger held of the branch when the run was made. */
function historyBefore(
  { header, data }: LedgerRecord<EvaluationData>,
  records: readonly LedgerRecord<EvaluationData>[],
  recorded: History,
): History {
  const runs = records
    .filter(
      (one) => one.header.seq < header.seq && one.data.main && one.data.branch === data.branch && one.data.name === data.name,
    )
    .map(pastRun)
    .reverse()
  return recorded.state === 'known' || recorded.state === 'absent'
    ? { ...recorded, state: 'known', runs, ancestors: null }
    : recorded
}

async function recordedPolicy(object: string, ledger: OpenLedger, known: Map<string, ResolvedPolicy>): Promise<ResolvedPolicy> {
  const before = known.get(object)
  if (before !== undefined) return before
  const [bytes] = await ledger.store.read(ledger.tip.version, [objectPath(object)])
  if (bytes === null || bytes === undefined)
    throw new CertifyError('policy_missing', `${objectPath(object)} is missing in ${ledger.store.place}`, {
      hint: 'certify ledger verify names the first record that misses it',
    })
  const policy = JSON.parse(new TextDecoder().decode(bytes)) as ResolvedPolicy
  known.set(object, policy)
  return policy
}

const STOPS: Readonly<Record<Verdict, boolean>> = { passed: false, pending: true, failed: true, error: true }

function tally(runs: readonly SimulatedRun[], config: string, place: string): Simulation {
  const judged = runs.flatMap((run) => (run.to === null ? [] : [{ ...run, to: run.to }]))
  const differing = judged.filter(({ from, to }) => from.verdict !== to.verdict || from.level !== to.level)
  return {
    config,
    place,
    runs: runs.length,
    blocked: differing.filter(({ from, to }) => !STOPS[from.verdict] && STOPS[to.verdict]).length,
    released: differing.filter(({ from, to }) => STOPS[from.verdict] && !STOPS[to.verdict]).length,
    unchanged: judged.length - differing.length,
    notReplayable: runs.length - judged.length,
    differing,
    unreplayed: runs.filter((run) => run.to === null),
  }
}
