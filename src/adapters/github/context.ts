// Which commit, pull request and run this is about, from the runner's environment and the event that started it.
import type { Subject } from '../../app/ports.ts'
import type { EventName } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What of the toolkit's context is read. */
export interface ToolkitContext {
  payload: { [key: string]: unknown }
  eventName: string
  sha: string
  ref: string
  actor: string
  runId: number
  runAttempt: number
  serverUrl: string
}

export interface RunContext {
  subject: Subject
  owner: string
  repo: string
  repositoryId: number | null
  defaultBranch: string | null
  /** The event as GitHub calls it, and the commit that it started the run on: mostly the one that the run is about. */
  trigger: string
  runCommit: string | null
  /** Branch that a pull request, or a merge queue's candidate, wants to get into. */
  baseRef: string | null
  /** That branch's commit when the event happened. */
  baseSha: string | null
  /** Path of the workflow file that runs, for example `.github/workflows/ci.yml`. */
  workflowPath: string | null
  serverUrl: string
  /** `fork`: the token cannot write, nothing is tried. `dependabot`: it can only where the workflow says so. */
  readOnly: 'fork' | 'dependabot' | null
  /** The run on a pull request whose end started this one. */
  triggered: Triggered | null
  /** The subject is another run's, which could not say it itself (decision 29). */
  reporting: boolean
}

export interface Triggered {
  run: number
  attempt: number
}

/** Reads the context by the toolkit. Throws CertifyError where the event file is not JSON or no repository is named. */
export async function loadContext(env: Env): Promise<RunContext> {
  let context: ToolkitContext
  try {
    context = (await import('./toolkit-context.ts')).context
  } catch (error) {
    throw new CertifyError('event_unreadable', 'the event that started this run cannot be read', {
      hint: 'GITHUB_EVENT_PATH must name a JSON file, as the runner writes it',
      cause: error,
    })
  }
  return contextOf(context, env)
}

/** The same from a context at hand. Every field of the payload is checked: what is missing or odd is null. */
export function contextOf(context: ToolkitContext, env: Env): RunContext {
  const { payload } = context
  const repository = object(payload.repository)
  const fullName = env.GITHUB_REPOSITORY || text(repository.full_name) || ''
  const [owner, repo] = fullName.split('/')
  if (!owner || !repo)
    throw new CertifyError('no_repository', 'no repository is named', { hint: 'GITHUB_REPOSITORY must be owner/name' })
  const pull = object(payload.pull_request)
  return {
    subject: subjectOf(context, fullName),
    owner,
    repo,
    repositoryId: number(repository.id) ?? number(Number(env.GITHUB_REPOSITORY_ID)),
    defaultBranch: text(repository.default_branch),
    trigger: context.eventName,
    runCommit: commit(context.sha),
    baseRef: baseRefOf(payload) ?? (env.GITHUB_BASE_REF || null),
    baseSha: commit(object(pull.base).sha) ?? commit(object(payload.merge_group).base_sha),
    workflowPath: /^[^/]+\/[^/]+\/(.+)@[^@]+$/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? null,
    serverUrl: context.serverUrl,
    readOnly: readOnly(context),
    triggered: triggered(context),
    reporting: false,
  }
}

function subjectOf(context: ToolkitContext, repository: string): Subject {
  const { payload, eventName } = context
  const pull = object(payload.pull_request)
  const head = headOf(context)
  const sha = commit(context.sha)
  return {
    repository,
    commit: head,
    // The target event checks the base branch out unless told otherwise: what was tested is then for git to say.
    tested: eventName === 'pull_request' && sha !== head ? sha : null,
    ref: refOf(context),
    event: eventOf(eventName, payload),
    pullRequest: number(pull.number) ?? number(object(array(object(payload.workflow_run).pull_requests)[0]).number),
    run: number(context.runId),
    attempt: number(context.runAttempt),
  }
}

function baseRefOf(payload: ToolkitContext['payload']): string | null {
  const queued = text(object(payload.merge_group).base_ref)
  const [pull] = array(object(payload.workflow_run).pull_requests)
  return (
    text(object(object(payload.pull_request).base).ref) ??
    queued?.replace(/^refs\/heads\//, '') ??
    text(object(object(pull).base).ref)
  )
}

/** A workflow_run runs on the default branch, whatever branch it is about. */
function refOf({ payload, eventName, ref }: ToolkitContext): string | null {
  const branch = eventName === 'workflow_run' ? text(object(payload.workflow_run).head_branch) : null
  return eventName === 'workflow_run' ? branch && `refs/heads/${branch}` : ref || null
}

/** GITHUB_SHA is a pull request's merge commit and a workflow_run's default branch; the event knows the head. */
function headOf({ payload, eventName, sha }: ToolkitContext): string | null {
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target':
      return commit(object(object(payload.pull_request).head).sha)
    case 'merge_group':
      return commit(object(payload.merge_group).head_sha) ?? commit(sha)
    case 'workflow_run':
      return commit(object(payload.workflow_run).head_sha)
    default:
      return commit(sha)
  }
}

/** Manual and scheduled runs judge a branch like a push does; a workflow_run is about what started it. */
function eventOf(eventName: string, payload: ToolkitContext['payload']): EventName {
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target':
      return 'pull_request'
    case 'merge_group':
    case 'release':
      return eventName
    case 'workflow_run': {
      const started = text(object(payload.workflow_run).event) ?? ''
      return started === 'workflow_run' ? 'push' : eventOf(started, {})
    }
    default:
      return 'push'
  }
}

/** A pull request's run alone: what it left may be anybody's word (decision 29). */
function triggered({ payload, eventName }: ToolkitContext): Triggered | null {
  const started = object(payload.workflow_run)
  const run = number(started.id)
  if (eventName !== 'workflow_run' || started.event !== 'pull_request' || run === null) return null
  return { run, attempt: number(started.run_attempt) ?? 1 }
}

function readOnly({ payload, eventName, actor }: ToolkitContext): RunContext['readOnly'] {
  if (eventName === 'pull_request') {
    const pull = object(payload.pull_request)
    const head = number(object(object(pull.head).repo).id)
    // A deleted fork has no repository any more; it was not ours.
    if (head === null || head !== number(object(object(pull.base).repo).id)) return 'fork'
  }
  return actor === 'dependabot[bot]' ? 'dependabot' : null
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

function commit(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(value) ? value.toLowerCase() : null
}
