// `certify simulate --config NEW`: the last recorded runs under another policy: which verdicts would differ, and why.
import { sha256 } from '../certificate/ledger/seal.ts'
import { extendsOf, resolveConfig } from '../config/resolve.ts'
import { baselinesOf } from '../history/baseline.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import { type EvaluationData, RECERTIFIED } from '../model/evaluation.ts'
import { type LedgerRecord, objectPath } from '../model/ledger.ts'
import type { Verdict } from '../model/outcome.ts'
import { CertifyError } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import type { SimulatedRun, Simulation } from '../model/simulation.ts'
import { renderSimulation } from '../reporting/renderers/simulation.ts'
import type { Ended, Invocation } from './invocation.ts'
import { broken } from './ledger/append.ts'
import { evaluationProblem, isEvaluation } from './ledger/evaluation-shape.ts'
import { HistoryBefore } from './ledger/history-before.ts'
import { guarded, judgeRecorded } from './ledger/replay-record.ts'
import { obstacles } from './ledger/replayable.ts'
import { backwards, endOf, type OpenLedger, openLedger } from './ledger/store-of.ts'
import type { Ports } from './ports.ts'
import { withVex } from './vex.ts'

export const SIMULATED = 50

export async function simulate(invocation: Invocation, ports: Ports): Promise<Ended> {
  const candidate = await policyOf(invocation, ports)
  const ledger = await openLedger(ports)
  const known: Known = { candidate, ledger, policies: new Map(), past: new HistoryBefore(ledger) }
  const records = await evaluations(ledger, invocation.last ?? SIMULATED)
  const runs: SimulatedRun[] = []
  for (const record of records) runs.push(await simulateOne(record, known))
  const shown = tally(runs, invocation.config.path, ledger.store.place)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    // What would differ is an answer; that no run could be judged is none.
    exit: shown.runs > shown.notReplayable ? 0 : 1,
    output: invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderSimulation(shown, look),
    result: null,
  }
}

interface Known {
  candidate: Candidate
  ledger: OpenLedger
  /** Recorded ones, by their hash. */
  policies: Map<string, ResolvedPolicy>
  past: HistoryBefore
}

type Candidate = (event: EvaluationData['subject']['event']) => Promise<ResolvedPolicy>

/** The new policy as it would be for each kind of event. Throws with all its problems where it has any. */
async function policyOf(invocation: Invocation, ports: Ports): Promise<Candidate> {
  const { path } = invocation.config
  const { text } = await ports.policy.trusted(path)
  if (text === null)
    throw new CertifyError('config_missing', `${path} does not exist`, { hint: 'name the new policy: --config FILE' })
  const reference = extendsOf(text)
  const base = reference === null ? null : await ports.policy.remote(reference)
  return async (event) => {
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
    const { config: whole, ...others } = await withVex({ ...rest, config }, ports.policy)
    return { ...others, config: whole }
  }
}

/** The last evaluations, newest first. */
async function evaluations(ledger: OpenLedger, most: number): Promise<LedgerRecord<EvaluationData>[]> {
  const head = await endOf(ledger)
  const found: LedgerRecord<EvaluationData>[] = []
  for await (const record of backwards(ledger, head.seq)) {
    // What was judged again of a certified commit is no run that anything could have stopped.
    if (isEvaluation(record) && record.data.branch !== RECERTIFIED) found.push(sound(record, ledger))
    if (found.length === most) break
  }
  return found
}

function sound(record: LedgerRecord<EvaluationData>, { store }: OpenLedger): LedgerRecord<EvaluationData> {
  const problem = evaluationProblem(record)
  if (problem !== null) throw broken(store, `record ${record.header.seq} ${problem}`)
  return record
}

async function simulateOne(record: LedgerRecord<EvaluationData>, known: Known): Promise<SimulatedRun> {
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
  const { facts, policy } = data
  if (facts === null || policy === null) return { ...run, reasons: ['it could not be judged when it was made'] }
  const old = await recordedPolicy(policy.object, known)
  const candidate = await known.candidate(data.subject.event)
  try {
    const why = guarded(() => obstacles(old.config, candidate.config, facts))
    if (why.length > 0) return { ...run, reasons: why }
    const history = await known.past.of(
      record,
      guarded(() => ({ ...facts.history })),
    )
    const baselines = guarded(() => baselinesOf(candidate.config, history))
    const { result } = judgeRecorded(data, facts, candidate, { baselines, history })
    const { verdict, level } = result.decision
    return { ...run, to: { verdict, level }, reasons: reasonsOf(result, data) }
  } catch (error) {
    if (!(error instanceof CertifyError) || error.code !== 'record_malformed') throw error
    return { ...run, reasons: [error.message] }
  }
}

/** What holds it back that did not before. */
function reasonsOf(result: Result, data: EvaluationData): string[] {
  const fresh = result.decision.failedCriteria.filter((id) => !data.outcome.failedCriteria.includes(id))
  const reasons = fresh.flatMap((id) =>
    result.levels.flatMap((one) =>
      one.criteria.filter((each) => each.id === id).map((each) => `${id}: ${each.reasons[0]?.text ?? each.outcome}`),
    ),
  )
  return reasons.length > 0 ? reasons : gateReasons(result, data)
}

/** Where no criterion explains a difference, gates do, or a target that was set anew. */
function gateReasons(result: Result, { outcome }: EvaluationData): string[] {
  const moved = result.gates.filter((gate) => outcome.gates[String(gate.id)] !== gate.state)
  const target =
    result.decision.target === outcome.target
      ? []
      : [`the target is level ${result.decision.target} instead of ${outcome.target}`]
  return [...target, ...moved.map((gate) => `gate ${gate.id} ${gate.reasons[0]?.text ?? gate.state}`)].slice(0, 3)
}

async function recordedPolicy(object: string, { ledger, policies }: Known): Promise<ResolvedPolicy> {
  const before = policies.get(object)
  if (before !== undefined) return before
  const [bytes] = await ledger.store.read(ledger.tip.version, [objectPath(object)])
  if (bytes === null || bytes === undefined || sha256(bytes) !== object)
    throw new CertifyError(
      'policy_missing',
      `${objectPath(object)} is ${bytes == null ? 'missing' : 'not as it was written'} in ${ledger.store.place}`,
      { hint: 'certify ledger verify names the first record that misses it' },
    )
  const policy = guarded(() => JSON.parse(new TextDecoder().decode(bytes)) as ResolvedPolicy)
  policies.set(object, policy)
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
