// Posts the verdict as a check run on the head commit: one per commit and event, updated by later runs.
import { createHash } from 'node:crypto'
import { RequestError } from '@octokit/request-error'
import type { Log, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Annotation, RenderedCheck } from '../../model/rendered.ts'
import type { Result } from '../../model/result.ts'
import { withinBytes } from './budget.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { isLater, readTurn, turnOf, writeTurn } from './sequence.ts'
import { mayHaveHappened } from './trouble.ts'

/** GitHub's limits (github-facts.md 1.2). */
const PER_REQUEST = 50
const TEXT_BYTES = 65_535
/** Beyond it the diff is unreadable and each fifty cost a request; the check's text has the rest. */
const MOST_ANNOTATIONS = 250
const ATTEMPTS = 3

export interface CheckOptions {
  client: Client
  context: RunContext
  log: Pick<Log, 'info'>
  render: (result: Result, ledger: LedgerNote) => RenderedCheck
  /** Pause before a lost answer is looked for. */
  pauseMs?: number
}

interface Posted {
  id: number
  /** Only the verdict got through. */
  bare?: boolean
  externalId: string
  annotations: number
}

type Body = ReturnType<CheckPublisher['bodyOf']>

export class CheckPublisher implements Publisher {
  readonly id = 'check'

  constructor(private readonly options: CheckOptions) {}

  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    const { context, log, render } = this.options
    const sha = context.subject.commit
    if (sha === null) return log.info('no check is posted: the commit is not known')
    const check = render(result, ledger)
    const annotations = check.annotations.slice(0, MOST_ANNOTATIONS)
    const found = await this.find(check.name, sha)
    const turn = turnOf(context.subject)
    const before = found === null ? null : readTurn(found.externalId.split(' ')[1])
    if (before !== null && isLater(before, turn)) return log.info('no check is posted: a newer run has already posted its own')

    // Annotations only ever append. The same ones are there already; other ones need a check run of their own.
    const digest = digestOf(annotations)
    const same = found?.externalId.endsWith(` ${digest}`) ?? false
    const usable = found !== null && (same || found.annotations === 0) ? found : null
    const pending = same ? [] : annotations
    const complete = `${this.slot()} ${writeTurn(turn)} ${digest}`
    const partial = `${this.slot()} ${writeTurn(turn)} partial`

    const first = pending.slice(0, PER_REQUEST)
    const externalId = pending.length > PER_REQUEST ? partial : complete
    const body = this.bodyOf(check, first, externalId)
    const posted = usable === null ? await this.create(check.name, sha, body) : await this.update(usable, body)
    if (posted.bare) return log.info('GitHub refused the whole check: it shows the verdict alone, the report folder has the rest')
    for (let from = PER_REQUEST; from < pending.length; from += PER_REQUEST) {
      const last = from + PER_REQUEST >= pending.length
      const rest = this.bodyOf(check, pending.slice(from, from + PER_REQUEST), last ? complete : partial)
      await this.append({ ...posted, annotations: posted.annotations + from }, rest)
    }
  }

  /** What this check is about, so that a push and a pull request on the same commit do not fight over one. */
  private slot(): string {
    const { event, pullRequest } = this.options.context.subject
    return `certify:${event}${pullRequest === null ? '' : `#${pullRequest}`}`
  }

  /** The newest of ours. Its id is all that is trusted of it, and its turn. */
  private async find(name: string, sha: string): Promise<Posted | null> {
    const { client, context } = this.options
    const { data } = await client.rest.checks.listForRef({
      owner: context.owner,
      repo: context.repo,
      ref: sha,
      check_name: name,
      filter: 'all',
      per_page: 100,
    })
    const ours = data.check_runs
      .filter((run) => run.name === name && (run.external_id ?? '').startsWith(`${this.slot()} `))
      .sort((a, b) => b.id - a.id)
      .at(0)
    return ours === undefined
      ? null
      : { id: ours.id, externalId: ours.external_id ?? '', annotations: ours.output.annotations_count }
  }

  private bodyOf(check: RenderedCheck, annotations: Annotation[], externalId: string) {
    const { owner, repo } = this.options.context
    return {
      owner,
      repo,
      external_id: externalId,
      status: 'completed' as const,
      conclusion: check.conclusion,
      output: {
        title: check.title,
        summary: withinBytes(check.summary, TEXT_BYTES),
        ...(check.text === null ? {} : { text: withinBytes(check.text, TEXT_BYTES) }),
        ...(annotations.length === 0 ? {} : { annotations: annotations.map(asGitHub) }),
      },
    }
  }

  /** A create whose answer was lost is looked for before it is tried again: never two. */
  private async create(name: string, sha: string, body: Body): Promise<Posted> {
    const { client, pauseMs = 1000 } = this.options
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { data } = await client.rest.checks.create({ ...body, name, head_sha: sha, request: { retries: 0 } })
        return { id: data.id, externalId: body.external_id, annotations: 0 }
      } catch (error) {
        if (isTooMuch(error) && !isBare(body)) return { ...(await this.create(name, sha, bareOf(body))), bare: true }
        if (!mayHaveHappened(error) || attempt === ATTEMPTS) throw error
        await pause(pauseMs * attempt)
        const found = await this.find(name, sha)
        if (found?.externalId === body.external_id) return { ...found, annotations: 0 }
      }
    }
  }

  private async update(found: Posted, body: Body): Promise<Posted> {
    // Without a text of its own, an update would leave the earlier run's standing.
    const whole = { ...body, output: { ...body.output, text: body.output.text ?? '' } }
    try {
      await this.append(found, whole)
      return found
    } catch (error) {
      if (!isTooMuch(error)) throw error
      await this.append(found, bareOf(body))
      return { ...found, bare: true }
    }
  }

  /** An update may be repeated, but its annotations would be there twice: after a lost answer they are counted first. */
  private async append(posted: Posted, body: Body): Promise<void> {
    const { client, context, pauseMs = 1000 } = this.options
    const adds = body.output.annotations?.length ?? 0
    const request = adds > 0 ? { retries: 0 } : {}
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.rest.checks.update({ ...body, check_run_id: posted.id, request })
        return
      } catch (error) {
        if (adds === 0 || !mayHaveHappened(error) || attempt === ATTEMPTS) throw error
        await pause(pauseMs * attempt)
        const { data } = await client.rest.checks.get({ owner: context.owner, repo: context.repo, check_run_id: posted.id })
        if (data.output.annotations_count >= posted.annotations + adds) return
      }
    }
  }
}

function isTooMuch(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422
}

/** The verdict alone: what is left when GitHub refuses the rest. */
function bareOf(body: Body): Body {
  const { title, summary } = body.output
  return {
    ...body,
    external_id: body.external_id.replace(/ \S+$/, ' bare'),
    output: { title, summary: withinBytes(summary, 8000) },
  }
}

function isBare(body: Body): boolean {
  return body.external_id.endsWith(' bare')
}

function asGitHub({ path, startLine, endLine, level, message, title }: Annotation) {
  const from = Math.max(1, startLine)
  return {
    path,
    start_line: from,
    end_line: Math.max(from, endLine),
    annotation_level: level,
    message: withinBytes(message, 64_000),
    ...(title === null ? {} : { title: title.slice(0, 255) }),
  }
}

function digestOf(annotations: Annotation[]): string {
  const list = annotations.map((a) => [a.path, a.startLine, a.endLine, a.level, a.message, a.title])
  return createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 16)
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
