// The ports of the Action: the runner's folder and files, GitHub's API with the step's token.

import { WorkflowArtifacts } from '../adapters/github/artifacts.ts'
import { ApiChange } from '../adapters/github/change.ts'
import { createClient } from '../adapters/github/client.ts'
import { loadContext } from '../adapters/github/context.ts'
import { ActionsLog } from '../adapters/github/log.ts'
import { SummaryPublisher, writeOutputs } from '../adapters/github/outputs.ts'
import { ApiPolicy } from '../adapters/github/policy.ts'
import { githubPublishers } from '../adapters/github/publishers.ts'
import type { ReportedRun, ReportedRunOptions } from '../adapters/github/reported-run.ts'
import { clockFrom } from '../adapters/node/clock.ts'
import { Workspace } from '../adapters/node/files.ts'
import { LocalGit } from '../adapters/node/git.ts'
import { ReportFiles } from '../adapters/node/report-files.ts'
import { DIFF_READER } from '../app/diff-reader.ts'
import { concludeResult } from '../app/evaluate.ts'
import { ARTIFACT_LIMITS } from '../app/limits.ts'
import type { Ports } from '../app/ports.ts'
import { annotationsOf, checkOf, commentOf, outputsOf, reportRenderings, summaryOf } from '../app/show.ts'
import { gateFolder } from '../model/gate-record.ts'
import { CertifyError } from '../model/problem.ts'
import { actionLedger } from './action-ledger.ts'
import { elsewhereOf, unread } from './elsewhere.ts'
import type { ActionInputs } from './inputs.ts'

export async function actionPorts({ invocation, comment, token, runId }: ActionInputs): Promise<Ports> {
  const env = process.env
  const log = new ActionsLog()
  const own = await loadContext(env)
  const client = await createClient({ token, env, log })
  const reported = await reportedBy({ invocation, token, runId }, { client, context: own, env, log })
  const context = reported?.context ?? own
  const root = env.GITHUB_WORKSPACE || process.cwd()
  const git = new LocalGit(root, { anyOwner: true })
  if (invocation.command === 'evaluate') void git.ahead(context.baseSha)
  const workspace = new Workspace({ root, tracked: () => git.tracked() })
  const elsewhere = invocation.command === 'evaluate' ? elsewhereOf(context, git) : null
  const files = elsewhere === null ? workspace : unread(workspace)
  // A gate's own report must not cover the evaluation's.
  const folder = invocation.command === 'gate' ? gateFolder(invocation.gate ?? 0) : invocation.reportDir
  const asksPeople = ['gate', 'issue', 'verify', 'recertify'].includes(invocation.command)
  const runUrl = `${context.serverUrl}/${context.owner}/${context.repo}/actions/runs/${context.subject.run}`
  const conclusion = (result: Parameters<typeof concludeResult>[0]) => concludeResult(result, invocation).conclusion
  const change = new ApiChange(client, context, env, log, { git, read: DIFF_READER })
  const artifacts = token === null ? null : new WorkflowArtifacts({ client, context, token, env, limits: ARTIFACT_LIMITS, log })
  const ports: Ports = {
    clock: clockFrom(env.SOURCE_DATE_EPOCH, invocation.dryRun),
    log,
    files,
    git,
    artifacts,
    artifactRun: runId,
    policy: new ApiPolicy(client, context, log),
    change,
    subject: context.subject,
    branch: branchOf(context),
    defaultBranch: context.defaultBranch,
    publishers: [
      new ReportFiles(files, folder, reportRenderings()),
      { id: 'the outputs', publish: async (result, note) => writeOutputs(outputsOf(result, note, folder)) },
      new SummaryPublisher({
        file: env.GITHUB_STEP_SUMMARY,
        log,
        render: (result, ledger, room) => summaryOf(result, { runUrl, ledger }, room),
      }),
      ...(invocation.dryRun
        ? []
        : githubPublishers({
            client,
            context,
            log,
            name: invocation.name,
            comment,
            comments: () => change.comments(),
            renderCheck: (result, ledger) => checkOf(result, conclusion(result), { runUrl, ledger }),
            renderComment: (result, ledger, marker, most) => commentOf(result, marker, { runUrl, ledger }, most),
            annotate: (result) => log.commands(annotationsOf(result)),
          })),
    ],
    reviews: asksPeople ? new (await import('../adapters/github/reviews.ts')).ApiReviews(client, context) : null,
    ledger: actionLedger({ client, context, artifacts, dryRun: invocation.dryRun, env, log }),
    ...(reported === null ? {} : { reported }),
    ...(elsewhere === null ? {} : { elsewhere }),
    env,
    inAction: true,
    issues: async () => new (await import('../adapters/github/issues.ts')).ApiIssues(client, context),
    setup: async () => (await import('./setup.ts')).setupPort(ports, token),
    tellRevoked: async (told) =>
      (await import('../adapters/github/revoked-check.ts')).tellRevoked(told, { client, context, log }),
    attestor: async () => (await import('./signatures.ts')).actionAttestor({ client, context: own, env, log }),
    signatures: async () => (await import('./signatures.ts')).actionSignatures(ports, invocation),
  }
  return ports
}

/** After a run on a pull request: what that one left is reported. With `run-id`, its artifacts are evidence and this run judges. */
async function reportedBy(
  { invocation, token, runId }: Pick<ActionInputs, 'invocation' | 'token' | 'runId'>,
  rim: Pick<ReportedRunOptions, 'client' | 'context' | 'env' | 'log'>,
): Promise<ReportedRun | null> {
  const { triggered } = rim.context
  if (invocation.command !== 'evaluate' || triggered === null || runId !== null) return null
  if (token === null)
    throw new CertifyError('no_token', 'there is no token to look up the run with', { hint: 'leave the input token alone' })
  const { reportedRun } = await import('../adapters/github/reported-run.ts')
  return reportedRun({ ...rim, triggered, token, artifact: invocation.artifacts[0] ?? 'certify-report' })
}

/** A pull request's base or a merge queue's, else the branch that was pushed to. */
function branchOf(context: Awaited<ReturnType<typeof loadContext>>): Ports['branch'] {
  const { ref, event } = context.subject
  const name =
    event === 'pull_request' || event === 'merge_group' ? context.baseRef : (/^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1] ?? null)
  return { name, isDefault: name !== null && name === context.defaultBranch }
}
