// Facts about the change that only GitHub knows: draft, conflict, and how the jobs before this one ended.
import type { Ancestry, Change, Git, Log } from '../../app/ports.ts'
import type { Diff, DiffReader } from '../../model/diff.ts'
import type { ChangeState, ProducerState } from '../../model/judgement.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { diffOf } from './diff.ts'
import { troubleOf } from './trouble.ts'

const MAX_PAGES = 10
/** Two requests' worth: runs that are compared with are recent ones. */
const MAX_COMMITS = 200

export class ApiChange implements Change {
  private asked: Promise<ChangeState> | null = null
  private jobs: Promise<ProducerState[]> | null = null
  /** The pull request's base, as it was told with its state. */
  private base: string | null = null
  private counted: number | null = null

  constructor(
    private readonly client: Client,
    private readonly context: RunContext,
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly log: Pick<Log, 'warn' | 'info'>,
    private readonly local: { git: Pick<Git, 'head' | 'parents' | 'mergeBase' | 'diff'>; read: DiffReader },
  ) {}

  state(): Promise<ChangeState> {
    this.asked ??= this.askState()
    return this.asked
  }

  /** How many comments the pull request had when its state was asked; null: it was not. */
  comments(): number | null {
    return this.counted
  }

  /** From `CERTIFY_NEEDS`, which names exactly the jobs needed; else all of the run's other jobs that have ended (decision 26). */
  producers(): Promise<ProducerState[]> {
    const needs = this.env.CERTIFY_NEEDS
    this.jobs ??= needs ? Promise.resolve(needs).then(parseNeeds) : this.askJobs()
    return this.jobs
  }

  /** By the API: a runner's clone mostly has no history. A pull request's own commits lie before its head too, and are no run's. */
  async ancestors(): Promise<Ancestry> {
    const { owner, repo, subject } = this.context
    if (subject.commit === null) return { commits: null, problem: null }
    const commits = new Set<string>()
    try {
      const request = { owner, repo, sha: subject.commit, per_page: 100 }
      for await (const { data } of this.client.paginate.iterator(this.client.rest.repos.listCommits, request)) {
        for (const { sha } of data) commits.add(sha)
        if (commits.size >= MAX_COMMITS)
          return { commits, problem: `of this commit's history only the last ${commits.size} commits were looked at` }
      }
      return { commits, problem: null }
    } catch (error) {
      const why = troubleOf(error, 'contents: read').text
      return { commits: null, problem: `which earlier runs lie before this commit is not known: ${why}` }
    }
  }

  diff(): Promise<Diff | null> {
    const { client, context } = this
    const baseOf = async (): Promise<string | null> => {
      await this.state()
      return this.base
    }
    return diffOf({ client, context, baseOf, ...this.local })
  }

  private async askState(): Promise<ChangeState> {
    const { owner, repo, subject } = this.context
    // A commit on a branch is neither a draft nor in conflict with anything.
    if (subject.pullRequest === null) return { draft: false, conflict: false, changed: null }
    try {
      const { data } = await this.client.rest.pulls.get({ owner, repo, pull_number: subject.pullRequest })
      this.base = data.base.sha
      this.counted = data.comments ?? null
      return { draft: data.draft ?? null, conflict: data.mergeable === null ? null : !data.mergeable, changed: null }
    } catch (error) {
      this.log.warn(
        `whether pull request ${subject.pullRequest} is ready is not known: ${troubleOf(error, 'pull-requests: read').text}`,
      )
      return { draft: null, conflict: null, changed: null }
    }
  }

  private async askJobs(): Promise<ProducerState[]> {
    const { owner, repo, subject } = this.context
    if (subject.run === null) return []
    const found: ProducerState[] = []
    try {
      const request = { owner, repo, run_id: subject.run, attempt_number: subject.attempt ?? 1, per_page: 100 }
      let pages = 0
      for await (const { data } of this.client.paginate.iterator(
        this.client.rest.actions.listJobsForWorkflowRunAttempt,
        request,
      )) {
        for (const job of data)
          if (job.conclusion !== null) found.push({ job: job.name, result: resultOf(job.conclusion), needed: false })
        pages += 1
        if (pages === MAX_PAGES) break
      }
      return found
    } catch (error) {
      this.log.info(`how the other jobs of this run ended is not known: ${troubleOf(error, 'actions: read').text}`)
      return []
    }
  }
}

/** `${{ toJSON(needs) }}`: `{ "test": { "result": "success", "outputs": {} } }`. Throws CertifyError where it is not that. */
export function parseNeeds(text: string): ProducerState[] {
  const wrong = new CertifyError('needs_invalid', 'CERTIFY_NEEDS is not what `toJSON(needs)` gives', {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user has to write.
    hint: 'write `CERTIFY_NEEDS: ${{ toJSON(needs) }}` under `env:`',
  })
  let needs: unknown
  try {
    needs = JSON.parse(text)
  } catch {
    throw wrong
  }
  if (typeof needs !== 'object' || needs === null || Array.isArray(needs)) throw wrong
  return Object.entries(needs).map(([job, value]) => {
    const result: unknown = (value as { result?: unknown } | null)?.result
    if (typeof result !== 'string') throw wrong
    return { job, result: resultOf(result), needed: true }
  })
}

/** Whatever is not plainly a success, a cancellation or a skip counts as a failure. */
function resultOf(conclusion: string): ProducerState['result'] {
  return conclusion === 'success' || conclusion === 'cancelled' || conclusion === 'skipped'
    ? conclusion
    : conclusion === 'neutral'
      ? 'success'
      : 'failure'
}
