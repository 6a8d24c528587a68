// The trusted half for runs that cannot write (decision 29): which run ended, for which pull request, and the bytes it left.
import type { Log, Reported } from '../../app/ports.ts'
import { CertifyError } from '../../model/problem.ts'
import type { ArchiveLimits } from './archive.ts'
import { WorkflowArtifacts } from './artifacts.ts'
import type { Client } from './client.ts'
import type { RunContext, Triggered } from './context.ts'
import { troubleOf } from './trouble.ts'

const MiB = 1024 * 1024
/** Only one file is read, of somebody who may be anybody. */
const LIMITS: ArchiveLimits = { fileBytes: 64 * MiB, totalBytes: 512 * MiB, entries: 1000, ratio: 100 }
const DEPENDABOT = 'dependabot[bot]'

export interface ReportedRunOptions {
  client: Client
  context: RunContext
  triggered: Triggered
  token: string
  env: Readonly<Record<string, string | undefined>>
  log: Pick<Log, 'progress'>
  /** Name of the artifact with the report folder. */
  artifact: string
}

export interface ReportedRun extends Reported {
  /** As the run's own would be, from what GitHub says of it. */
  context: RunContext
}

type Run = Awaited<ReturnType<Client['rest']['actions']['getWorkflowRun']>>['data']
type Pull = Awaited<ReturnType<Client['rest']['pulls']['list']>>['data'][number]

/** Everything but the file itself is from GitHub. Throws CertifyError where it cannot be asked, or does not say what the event said. */
export async function reportedRun(options: ReportedRunOptions): Promise<ReportedRun> {
  const { context, triggered } = options
  const run = await lookUp(options)
  const from = run.head_repository?.full_name ?? ''
  const silent = (why: string): ReportedRun => ({ context, from, silent: why, file: nothing })
  if (run.run_attempt !== triggered.attempt)
    return silent(`run ${run.id} was started again: its attempt ${run.run_attempt} reports`)
  if (run.head_repository == null) return silent(`the repository that run ${run.id} was for is gone`)
  if (run.head_repository.id === run.repository.id && run.actor?.login !== DEPENDABOT)
    return silent(`run ${run.id} is not a fork's and posts its own verdict; to judge its artifacts here, give run-id`)
  const pulls = await openPulls(options, run)
  const [pull, ...others] = pulls
  const commit = run.head_sha.slice(0, 12)
  if (pull === undefined) return silent(`no open pull request has ${commit} of ${from} as its head`)
  if (others.length > 0)
    return silent(`${pulls.length} open pull requests have ${commit} of ${from} as their head, so none is spoken to`)
  return { context: contextFor(context, run, pull), from, silent: null, file: () => fileOf(options, run.id) }
}

async function lookUp({ client, context, triggered }: ReportedRunOptions): Promise<Run> {
  const { owner, repo, repositoryId, subject } = context
  let run: Run
  try {
    run = (await client.rest.actions.getWorkflowRun({ owner, repo, run_id: triggered.run })).data
  } catch (error) {
    throw unknown(`run ${triggered.run} cannot be looked up: ${troubleOf(error, 'actions: read').text}`, error)
  }
  const same = run.repository.id === repositoryId && run.event === 'pull_request' && run.head_sha.toLowerCase() === subject.commit
  if (!same) throw unknown(`GitHub says of run ${triggered.run} something else than the event that started this one`)
  return run
}

/** By the head's repository and commit: `workflow_run.pull_requests` is empty for forks, and the artifact is not asked. */
async function openPulls({ client, context }: ReportedRunOptions, run: Run): Promise<Pull[]> {
  const { owner, repo } = context
  const head = `${run.head_repository.owner.login}:${run.head_branch}`
  try {
    const { data } = await client.rest.pulls.list({ owner, repo, state: 'open', head, per_page: 100 })
    return data.filter(
      (pull) =>
        pull.head.repo?.id === run.head_repository.id &&
        pull.head.sha === run.head_sha &&
        pull.base.repo.id === run.repository.id,
    )
  } catch (error) {
    throw unknown(`the pull request of run ${run.id} cannot be looked up: ${troubleOf(error, 'pull-requests: read').text}`, error)
  }
}

function contextFor(context: RunContext, run: Run, pull: Pull): RunContext {
  return {
    ...context,
    subject: {
      ...context.subject,
      tested: null,
      ref: `refs/pull/${pull.number}/head`,
      event: 'pull_request',
      pullRequest: pull.number,
      run: run.id,
      attempt: run.run_attempt ?? 1,
    },
    baseRef: pull.base.ref,
    reporting: true,
  }
}

async function fileOf({ client, context, token, env, log, artifact }: ReportedRunOptions, run: number) {
  const artifacts = new WorkflowArtifacts({ client, context, token, env, limits: LIMITS, log })
  try {
    return await artifacts.oneFile(artifact, ['evaluation.json', '*/evaluation.json'], run)
  } finally {
    artifacts.dispose()
  }
}

const nothing: Reported['file'] = () => Promise.reject(new CertifyError('report_missing', 'nothing is reported'))

function unknown(message: string, cause?: unknown): CertifyError {
  return new CertifyError('run_unknown', message, {
    hint: 'nothing is reported of a run that is not known; run this one again',
    cause,
  })
}
