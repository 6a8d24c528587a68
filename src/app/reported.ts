// The trusted half for a run that could not write (decision 29): its verdict, derived again from what it left by the policy of now.
import { baselinesOf } from '../history/baseline.ts'
import type { ResolvedPolicy } from '../model/config.ts'
import { CertifyError } from '../model/problem.ts'
import { reason } from '../model/reason.ts'
import type { Result } from '../model/result.ts'
import { renderTerminal } from '../reporting/renderers/terminal.ts'
import { stated } from '../reporting/stated.ts'
import { certificateOf } from './certificate/of-branch.ts'
import { asProblems, concludeResult, couldNotJudge } from './evaluate.ts'
import type { Ended, Invocation } from './invocation.ts'
import { historyFor } from './ledger/history-for.ts'
import { pendingDigest } from './ledger/pending.ts'
import { judgeRecorded } from './ledger/replay-record.ts'
import { openReport, type Report } from './open-report.ts'
import { compareHead, type DecidedPolicy, decidePolicy } from './policy.ts'
import type { Ports, Reported } from './ports.ts'
import { publish } from './publish.ts'
import { VERSION } from './version.ts'
import { within } from './within.ts'

/** Nothing is recorded and nothing is certified. What is refused is a result too: verdict `error`, with a sentence. */
export async function report(invocation: Invocation, reported: Reported, ports: Ports): Promise<Ended> {
  if (reported.silent !== null) return { exit: 0, output: `nothing is reported: ${reported.silent}\n`, result: null }
  const result = await derive({ ...invocation, artifacts: [] }, reported, ports)
  await publish(result, { state: 'off' }, ports)
  const output = renderTerminal(result, { color: invocation.colour, width: invocation.width, report: invocation.reportDir })
  return { exit: concludeResult(result, invocation).exit, output, result }
}

async function derive(invocation: Invocation, reported: Reported, ports: Ports): Promise<Result> {
  let policy: DecidedPolicy | null = null
  try {
    policy = await decidePolicy(invocation, ports)
    const { config, problems, ...rest } = policy.resolved
    if (config === null) return couldNotJudge(invocation, ports, policy, problems).result
    const bytes = await reported.file()
    const of = { subject: ports.subject, name: invocation.name, version: VERSION, policy: { ...rest, config } }
    const opened = openReport(bytes, of)
    return await within(config.timeoutSeconds, judgeNow(opened, bytes, of.policy, policy, reported, invocation, ports))
  } catch (error) {
    return couldNotJudge(invocation, ports, policy, asProblems(error, ports)).result
  }
}

/** Facts are the run's own word. Everything else is asked anew: subject, policy, clock, history, the change and the jobs. */
async function judgeNow(
  { data, facts }: Report,
  bytes: Uint8Array,
  policy: ResolvedPolicy,
  decided: DecidedPolicy,
  reported: Reported,
  invocation: Invocation,
  ports: Ports,
): Promise<Result> {
  const past = await historyFor(policy.config, invocation.name, ports)
  const { history } = past
  const now = ports.clock.now()
  const { result } = judgeRecorded(data, facts, policy, {
    version: VERSION,
    name: invocation.name,
    now,
    clock: ports.clock.kind,
    subject: ports.subject,
    changedInHead: await compareHead(decided, null, invocation, ports),
    producers: await ports.change.producers(),
    change: await ports.change.state(),
    onDefaultBranch: false,
    history,
    baselines: baselinesOf(policy.config, history),
    approvals: [],
    main: false,
    comparison: null,
    // Whoever reported may have written one of their own.
    certificate: certificateOf(past, { branch: ports.branch.name, commit: ports.subject.commit, now }),
  })
  if (result.decision.verdict === 'error')
    throw new CertifyError('report_unjudged', 'what the run reports cannot be judged', {
      problems: result.decision.reasons.map(({ code, text }) => ({ code, message: text })),
    })
  return unverified(result, reported.from, pendingDigest(bytes))
}

/** A consistent forgery looks just like this: so nothing in it is passed, reached or open. */
function unverified(result: Result, from: string, digest: string): Result {
  const { verdict, level } = result.decision
  const { run, attempt } = result.subject
  const why = stated(reason('reported_not_verified', { verdict, level, run: run ?? 0 }))
  return {
    ...result,
    gates: result.gates.map((gate) => ({
      ...gate,
      proceed: false,
      state: gate.state === 'open' || gate.state === 'approved' ? 'evidence_pending' : gate.state,
    })),
    decision: {
      ...result.decision,
      verdict: 'pending',
      // What is lacking is somebody's word: a maintainer's, or the merge queue's.
      pendingFor: 'approval',
      level: 0,
      proceed: false,
      reasons: [why, ...result.decision.reasons.filter(({ code }) => code !== 'level_reached')],
    },
    reported: { run: run ?? 0, attempt: attempt ?? 1, from, verdict, level, digest },
  }
}
