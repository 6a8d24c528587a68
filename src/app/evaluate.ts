// The main job, in the order of the story: gather, decide, publish. A publisher can fail; it never changes the verdict.
import { conclude } from '../certificate/conclude.ts'
import { decide } from '../certificate/decide.ts'
import { digestOf } from '../certificate/digest.ts'
import { requirementJudge } from '../gates/checks.ts'
import { evaluateGates } from '../gates/evaluate.ts'
import { evaluateLevels } from '../levels/evaluate.ts'
import { measure } from '../metrics/measure.ts'
import type { Config } from '../model/config.ts'
import type { Gathered } from '../model/evidence.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { Result } from '../model/result.ts'
import { escapeTerminal } from '../reporting/escape/terminal.ts'
import { buildResult, evidenceList } from '../reporting/model.ts'
import { admit } from '../validation/admissibility.ts'
import { deliverableFiles } from './deliverables.ts'
import { gather } from './gather.ts'
import type { Invocation } from './invocation.ts'
import { compareHead, type DecidedPolicy, decidePolicy } from './policy.ts'
import type { Ports } from './ports.ts'
import { VERSION } from './version.ts'

/** Evaluates everything and returns the result; nothing is published yet. Every failure to judge is a result too: verdict `error`. */
export async function evaluate(invocation: Invocation, ports: Ports): Promise<Result> {
  let policy: DecidedPolicy
  try {
    policy = await decidePolicy(invocation, ports)
  } catch (error) {
    return couldNotJudge(invocation, ports, null, asProblems(error, ports))
  }
  const { resolved } = policy
  if (resolved.config === null) return couldNotJudge(invocation, ports, policy, resolved.problems)
  try {
    return await within(resolved.config.timeoutSeconds, judge(resolved.config, policy, invocation, ports))
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

async function judge(config: Config, policy: DecidedPolicy, invocation: Invocation, ports: Ports): Promise<Result> {
  const now = ports.clock.now()
  const changedInHead = await compareHead(policy, invocation, ports)
  const gathered = await gather(config, ports, policy.branch)
  const { commit, tested, run } = ports.subject
  const admission = admit({ gathered, config, commit, tested, now, inAction: ports.inAction, run })
  const producers = await ports.change.producers()
  const metrics = measure({ config, ...admission, producers, now })
  const world = {
    config,
    metrics,
    ...admission,
    producers,
    change: await ports.change.state(),
    files: deliverableFiles(config, ports, now),
    now,
  }
  const levels = evaluateLevels({ config, metrics, now, judge: requirementJudge(world), onDefaultBranch: onDefaultBranch(ports) })
  const gates = evaluateGates({ ...world, levels })
  // The input `level` is part of the config by now, as far as it may be (decisions 10 and 16).
  const target = config.target[ports.subject.event]
  const decision = decide({ config, target, levels, gates, errors: [] })
  return buildResult({
    version: VERSION,
    name: invocation.name,
    now,
    clock: ports.clock.kind,
    subject: ports.subject,
    resolved: policy.resolved,
    changedInHead,
    gathered: { ...gathered, rejected: admission.rejected, unmet: admission.unmet },
    admitted: admission.admitted,
    refused: admission.refused,
    metrics,
    levels,
    gates,
    decision,
    notices: [...policy.resolved.notices, ...gathered.notices],
    digest: digestOf(evidenceList([...admission.admitted, ...admission.refused.map((r) => r.evidence)])),
  })
}

function onDefaultBranch({ branch, subject }: Ports): boolean {
  return branch.isDefault && subject.event !== 'pull_request'
}

/** A run that could not be judged: everything is said, nothing passes. */
function couldNotJudge(invocation: Invocation, ports: Ports, policy: DecidedPolicy | null, problems: readonly Problem[]): Result {
  const nothing: Gathered = { evidence: [], rejected: [], unmet: [], notices: [] }
  const configProblem = policy !== null && policy.resolved.config === null
  const reasons: Reason[] = configProblem
    ? [reason('config_invalid', { path: policy.resolved.source, problems: problems.length })]
    : problems.map((p) => reason('could_not_judge', { message: p.message, hint: p.hint ?? null }))
  return buildResult({
    version: VERSION,
    name: invocation.name,
    now: ports.clock.now(),
    clock: ports.clock.kind,
    subject: ports.subject,
    resolved: policy?.resolved ?? {
      config: null,
      problems: [],
      notices: [],
      loosened: [],
      ignored: [],
      digest: null,
      source: invocation.config.path,
    },
    changedInHead: null,
    gathered: nothing,
    admitted: [],
    refused: [],
    metrics: [],
    levels: [],
    gates: [],
    decision: {
      verdict: 'error',
      level: 0,
      target: 1,
      proceed: false,
      pendingFor: null,
      warnings: 0,
      failedCriteria: [],
      shortfall: [],
      reasons,
    },
    notices: [...(policy?.resolved.notices ?? []), ...problems],
    digest: digestOf([]),
  })
}

function asProblems(error: unknown, ports: Ports): Problem[] {
  if (error instanceof CertifyError) {
    if (error.problems.length > 0) return [...error.problems]
    return [{ code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }]
  }
  ports.log.error(escapeTerminal(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  return [
    { code: 'internal', message: 'certify itself failed; the log has the details', hint: 'report it with the log: it is a bug' },
  ]
}

/** Bounds the asynchronous parts; reading itself is bounded by size limits (decision 24). */
async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CertifyError('timed_out', `judging took longer than ${seconds} s`, {
          hint: 'raise `timeout` in the config, or look for what hangs above',
        }),
      )
    }, seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The step's exit code and the check's conclusion for a result. */
export function concludeResult(result: Result, invocation: Invocation) {
  return conclude(result.decision, invocation.failOn, result.config.mode)
}
