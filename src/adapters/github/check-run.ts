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
import { ONCE, persist } from './persist.ts'
import { isLater, readTurn, type Turn, turnOf, writeTurn } from './sequence.ts'

/** GitHub's limits (github-facts.md 1.2). */
const PER_REQUEST = 50
const TEXT_BYTES = 65_535
/** Beyond it the diff is unreadable and each fifty cost a request; the check's text has the rest. */
const MOST_ANNOTATIONS = 250

export interface CheckOptions {
  client: Client
  context: RunContext
  log: Pick<Log, 'info' | 'progress'>
  render: (result: Result, ledger: LedgerNote) => RenderedCheck
  /** Pause before a lost answer is looked for. */
  pauseMs?: number
}

interface Posted {
  id: number
  externalId: string
  annotations: number
}

type Body = ReturnType<CheckPublisher['bodyOf']>

export class CheckPublisher implements Publisher {
  readonly id = 'check'

  constructor(private readonly options: CheckOptions) {}

  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    const { context, log, render, pauseMs = 1000 } = this.options
    const sha = context.subject.commit
    if (sha === null) return log.info('no check is posted: the commit is not known')
    const check = render(result, ledger)
    const turn = turnOf(context)
    await persist(() => this.post(check, sha, turn), { log, pauseMs })
  }

  /** Looks, and writes what is missing: done again after a lost answer, it goes on where the requests before it came to. */
  private async post(check: RenderedCheck, sha: string, turn: Turn): Promise<void> {
    const { log } = this.options
    const annotations = check.annotations.slice(0, MOST_ANNOTATIONS)
    const found = await this.find(check.name, sha)
    const before = found === null ? null : readTurn(found.externalId.split(' ')[1])
    // On this very commit: what was measured stands before what is only reported, whichever came first.
    if (before !== null && (isLater(before, turn) || (turn.reported && !before.reported)))
      return log.info(
        turn.reported && !before.reported
          ? 'no check is posted: this commit has one that was measured'
          : 'no check is posted: a newer run has already posted its own',
      )

    // Annotations only ever append. The same ones are there already; other ones need a check run of their own.
    const digest = digestOf(annotations)
    const mark = found?.externalId.split(' ')[2]
    const there = mark === digest ? annotations.length : mark === `part.${digest}` ? found!.annotations : 0
    const usable = found !== null && (there > 0 || found.annotations === 0) ? found : null
    const stamp = (to: number): string => `${this.slot()} ${writeTurn(turn)} ${to < annotations.length ? 'part.' : ''}${digest}`

    let to = Math.min(there + PER_REQUEST, annotations.length)
    const first = this.bodyOf(check, annotations.slice(there, to), stamp(to))
    const id = usable === null ? await this.create(check.name, sha, first) : await this.update(usable.id, first)
    if (id === null) return log.info('GitHub refused the whole check: it shows the verdict alone, the report folder has the rest')
    for (let from = to; from < annotations.length; from = to) {
      to = Math.min(from + PER_REQUEST, annotations.length)
      await this.send(id, this.bodyOf(check, annotations.slice(from, to), stamp(to)))
    }
  }

  /** What this check is about, so that a push and a pull request on the same commit do not fight over one. */
  private slot(): string {
    const { event, pullRequest } = this.options.context.subject
    return `certify:${event}${pullRequest === null ? '' : `#${pullRequest}`}`
  }

  /** The one of the latest turn among ours. Its id is all that is trusted of it, and its turn. */
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
      .map((run) => ({ id: run.id, externalId: run.external_id ?? '', annotations: run.output.annotations_count }))
      .sort((a, b) => b.id - a.id)
    return ours.reduce<Posted | null>((best, one) => (best === null || laterIn(one, best) ? one : best), null)
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

  /** null: only the verdict got through. */
  private async create(name: string, sha: string, body: Body): Promise<number | null> {
    const { client } = this.options
    const send = (all: Body) => client.rest.checks.create({ ...all, name, head_sha: sha, request: ONCE })
    try {
      return (await send(body)).data.id
    } catch (error) {
      if (!isTooMuch(error)) throw error
      await send(bareOf(body))
      return null
    }
  }

  private async update(id: number, body: Body): Promise<number | null> {
    // Without a text of its own, an update would leave the earlier run's standing.
    const whole = { ...body, output: { ...body.output, text: body.output.text ?? '' } }
    try {
      await this.send(id, whole)
      return id
    } catch (error) {
      if (!isTooMuch(error)) throw error
      await this.send(id, bareOf(body))
      return null
    }
  }

  private async send(id: number, body: Body): Promise<void> {
    await this.options.client.rest.checks.update({ ...body, check_run_id: id, request: ONCE })
  }
}

function laterIn(a: Posted, b: Posted): boolean {
  const [one, other] = [a, b].map(({ externalId }) => readTurn(externalId.split(' ')[1]))
  return one != null && (other == null || isLater(one, other))
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
