// The main job, in the order of the story: gather, decide, publish. A publisher can fail; it never changes the verdict.
import { conclude } from '../certificate/conclude.ts'
import { digestOf } from '../certificate/digest.ts'
import { baselinesOf } from '../history/baseline.ts'
import type { LedgerConfig, ResolvedPolicy } from '../model/config.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { Result } from '../model/result.ts'
import { escapeTerminal } from '../reporting/escape/terminal.ts'
import { admit } from '../validation/admissibility.ts'
import { certificateOf } from './certificate/of-branch.ts'
import { changedLines } from './changed-lines.ts'
import { deliverableFiles } from './deliverables.ts'
import type { Invocation } from './invocation.ts'
import { issuesFor } from './issues.ts'
import { type Judgeable, judge } from './judge.ts'
import { type Recorded, recordOf, unjudgedRecord } from './ledger/evaluation.ts'
import { NO_LEDGER } from './ledger/history.ts'
import { aboutRun, historyFor } from './ledger/history-for.ts'
import { compareHead, type DecidedPolicy, decidePolicy } from './policy.ts'
import type { Ports } from './ports.ts'
import { unjudgedResult } from './unjudged.ts'
import { VERSION } from './version.ts'
import { within } from './within.ts'

/** A judged commit, and its record: nothing is written anywhere yet. */
export interface Evaluated {
  result: Result
  recorded: Recorded
  /** null: no policy could be read, which would say whether there is a ledger. */
  ledger: LedgerConfig | null
}

/** All report formats are a great part of the program: they load while the policy's text is on its way. */
const loadGathering = () => import('./gather.ts')

/** Evaluates everything; nothing is published yet. Every failure to judge is a result too: verdict `error`. */
export async function evaluate(invocation: Invocation, ports: Ports): Promise<Evaluated> {
  void loadGathering()
  let policy: DecidedPolicy
  try {
    policy = await decidePolicy(invocation, ports)
  } catch (error) {
    return couldNotJudge(invocation, ports, null, asProblems(error, ports))
  }
  const { resolved } = policy
  if (ports.elsewhere?.head === true) return couldNotJudge(invocation, ports, policy, [HEAD_WITH_RIGHTS])
  if (resolved.config === null) return couldNotJudge(invocation, ports, policy, resolved.problems)
  const { config, problems: _, ...rest } = resolved
  try {
    return await within(config.timeoutSeconds, evaluateBy({ ...rest, config }, policy, invocation, ports))
  } catch (error) {
    return couldNotJudge(invocation, ports, policy, asProblems(error, ports))
  } finally {
    disposeOf(ports)
  }
}

/** What was downloaded goes; that it does not is no part of the verdict. */
function disposeOf({ artifacts, log }: Ports): void {
  try {
    artifacts?.dispose()
  } catch (error) {
    log.warn(escapeTerminal(`downloaded artifacts were not removed: ${error instanceof Error ? error.message : String(error)}`))
  }
}

async function evaluateBy(
  resolved: ResolvedPolicy,
  policy: DecidedPolicy,
  invocation: Invocation,
  ports: Ports,
): Promise<Evaluated> {
  const { config } = resolved
  const now = ports.clock.now()
  const { commit, tested } = ports.subject
  // Artifacts of a run that is on another commit say nothing of this one, unless they name it.
  const run = ports.elsewhere === undefined ? ports.subject.run : null
  // What does not rest on one another is asked together, and awaited in the story's order.
  const remembering = ahead(historyFor(config, invocation.name, ports))
  const producing = ahead(ports.change.producers())
  const asking = ahead(ports.change.state())
  const looking = ahead(issuesFor(config, ports))
  const reading = ahead(
    onTheirWay()
      .then(loadGathering)
      .then(({ gather }) => gather(config, ports, policy.branch)),
  )
  const admitting = ahead(
    reading.then((gathered) => admit({ gathered, config, commit, tested, now, inAction: ports.inAction, run })),
  )
  const differing = ahead(admitting.then(({ admitted }) => changedLines(config, admitted, ports, policy.branch)))
  // Its own failure is told where it is awaited; what the head's policy says is told before.
  const comparing = ahead(differing.catch(() => null).then((diff) => compareHead(policy, diff, invocation, ports)))
  const changedInHead = await comparing
  const gathered = await reading
  const past = await remembering
  const admission = await admitting
  const diff = await differing
  const input: Judgeable = {
    ...admission,
    version: VERSION,
    name: invocation.name,
    now,
    clock: ports.clock.kind,
    subject: ports.subject,
    policy: resolved,
    changedInHead,
    evidence: gathered.evidence,
    notices: [...unreadWorkspace(ports), ...gathered.notices],
    producers: await producing,
    change: await asking,
    files: deliverableFiles(config, ports, now, gathered.evidence),
    ...(await looking),
    onDefaultBranch: onDefaultBranch(ports),
    baselines: baselinesOf(config, past.history),
    history: past.history,
    diff,
    repository: diff === null ? null : ports.git.tracked(),
    approvals: [],
    main: aboutRun(past, ports).main,
    comparison: null,
    certificate: certificateOf(past, { branch: ports.branch.name, commit, now }),
  }
  const judged = judge(input)
  return { result: judged.result, recorded: recordOf(input, judged, aboutRun(past, ports)), ledger: config.ledger }
}

/** Reading keeps the process busy: what was asked is sent off before, and answers that have come in are taken. */
function onTheirWay(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)))
}

/** For work that is awaited later, or never where something before it fails: its own failure is told by whoever awaits it, if anybody. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {})
  return work
}

/** Code that anybody may have written must not run where a token can write: so nothing is judged there that would ask for it. */
const HEAD_WITH_RIGHTS: Problem = {
  code: 'head_checked_out',
  message: 'the head of the pull request is checked out under pull_request_target, where its code has the rights of the base',
  hint: 'run certify on pull_request, and for forks add the trusted half (examples/fork-pair); check out nothing of the pull request here',
}

function unreadWorkspace({ elsewhere, subject }: Ports): Problem[] {
  if (elsewhere === undefined) return []
  const [at, of] = [elsewhere.commit, subject.commit].map((one) => one?.slice(0, 12) ?? 'an unknown commit')
  return [
    {
      code: 'workspace_elsewhere',
      message: `the workspace is of ${at} and not of ${of}, which is judged: nothing in it was read`,
      hint: 'run certify in the workflow that tests the commit; or after a push, check out github.event.workflow_run.head_sha',
    },
  ]
}

function onDefaultBranch({ branch, subject }: Ports): boolean {
  return branch.isDefault && subject.event !== 'pull_request' && subject.event !== 'merge_group'
}

/** A run that could not be judged: everything is said, nothing passes. */
export function couldNotJudge(
  invocation: Invocation,
  ports: Ports,
  policy: DecidedPolicy | null,
  problems: readonly Problem[],
): Evaluated {
  const configProblem = policy !== null && policy.resolved.config === null
  const reasons: Reason[] = configProblem
    ? [reason('config_invalid', { path: policy.resolved.source, problems: problems.length })]
    : problems.map((p) => reason('could_not_judge', { message: p.message, hint: p.hint ?? null }))
  const result = unjudgedResult({
    version: VERSION,
    name: invocation.name,
    now: ports.clock.now(),
    clock: ports.clock.kind,
    subject: ports.subject,
    resolved: policy?.resolved ?? null,
    path: invocation.config.path,
    reasons,
    notices: [...(policy?.resolved.notices ?? []), ...problems],
    digest: digestOf([]),
  })
  const ledger = policy?.resolved.config?.ledger ?? null
  return { result, recorded: unjudgedRecord(result, aboutRun(NO_LEDGER, ports)), ledger }
}

export function asProblems(error: unknown, ports: Ports): Problem[] {
  if (error instanceof CertifyError) {
    if (error.problems.length > 0) return [...error.problems]
    return [{ code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }]
  }
  ports.log.error(escapeTerminal(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  return [
    { code: 'internal', message: 'certify itself failed; the log has the details', hint: 'report it with the log: it is a bug' },
  ]
}

/** The step's exit code and the check's conclusion for a result. */
export function concludeResult(result: Result, invocation: Invocation) {
  // What nobody measured asks for somebody to act, also where nothing is enforced.
  return conclude(result.decision, invocation.failOn, result.reported === undefined ? result.config.mode : 'enforce')
}
