// Posts the verdict as one comment on the pull request, and keeps it up to date. Ours by marker and by author.
import { RequestError } from '@octokit/request-error'
import type { Log, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Result } from '../../model/result.ts'
import { isActionsBot, viewer } from './author.ts'
import { withinCharacters } from './budget.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { ONCE, persist } from './persist.ts'
import { isLater, readTurn, type Turn, turnOf, writeTurn } from './sequence.ts'

/** Characters; GitHub answers 422 above it (github-facts.md 1.4). */
const MOST = 65_536
/** Within any way of counting the same limit: four bytes a character. */
const SHORT = MOST / 4
const MAX_PAGES = 30
/** Longer than a run takes from looking at the pull request to commenting on it. */
const BEFORE_MS = 30 * 60_000
/** Who GITHUB_TOKEN writes as. */

export type CommentMode = 'always' | 'changes' | 'failures' | 'never'

export interface CommentOptions {
  client: Client
  context: RunContext
  log: Pick<Log, 'info' | 'progress'>
  /** Tells several uses in one repository apart. */
  name: string
  mode: CommentMode
  /** The marker must be the text's first line. */
  render: (result: Result, ledger: LedgerNote, marker: string, most: number) => string
  /** How many comments the pull request had when it was looked at; null: not known. */
  comments?: () => number | null
  pauseMs?: number
}

interface Comment {
  id: number
  body: string
  turn: Turn | null
}

/** What this run has to say. `short`: where GitHub does not take the whole. */
interface Said {
  body: string
  short: () => string
  turn: Turn
}

export class CommentPublisher implements Publisher {
  readonly id = 'comment'
  private readonly mark: string

  constructor(private readonly options: CommentOptions) {
    // Percent-encoded, and without dashes: a name cannot end the HTML comment it stands in.
    this.mark = `<!-- certify comment ${encodeURIComponent(options.name).replace(/-/g, '%2D')} run `
  }

  /**
   * `changes` writes where something differs from what stands there, `failures` begins only with a verdict that has not
   * passed, `always` writes every time. All edit the one comment in place, which notifies nobody.
   */
  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    const { context, mode, log, comments, pauseMs = 1000 } = this.options
    const issue = context.subject.pullRequest
    if (mode === 'never' || issue === null) return
    const said = this.said(result, ledger)
    const silent = mode === 'failures' && result.decision.verdict === 'passed'
    // Where there is no comment at all, none of ours is looked for; what came in between shows afterwards.
    let known = comments?.() === 0 ? [] : null
    await persist(
      async () => {
        const ours = known ?? (await this.ours(issue))
        known = null
        if (ours.length > 0) return this.settle(ours, said)
        if (silent) return
        const created = await this.create(issue, said)
        // Another first run may have done the same at the same time.
        const all = await this.ours(issue, created).catch(() => [])
        if (all.length > 1) await this.settle(all, said)
      },
      { log, pauseMs },
    )
  }

  private said(result: Result, ledger: LedgerNote): Said {
    const turn = turnOf(this.options.context)
    const marker = `${this.mark}${writeTurn(turn)} -->`
    const bodyWithin = (most: number): string => {
      const rendered = this.options.render(result, ledger, marker, most)
      return withinCharacters(rendered.startsWith(marker) ? rendered : `${marker}\n${rendered}`, most)
    }
    const body = bodyWithin(MOST)
    return { body, short: () => bodyWithin(Math.min(SHORT, Math.ceil(body.length / 2))), turn }
  }

  /** One stays, the oldest, and it says what the latest run said; those beside it, of runs that began at once, go. */
  private async settle(ours: readonly Comment[], said: Said): Promise<void> {
    const { log, mode } = this.options
    const [stays, ...doubles] = ours
    if (stays === undefined) return
    const newer = ours.filter(({ turn }) => turn !== null && isLater(turn, said.turn))
    const latest = newer.reduce<Comment | null>((a, b) => (a === null || isLater(b.turn!, a.turn!) ? b : a), null)
    if (latest !== null) log.info('the comment is left as it is: a newer run has already written it')
    const body = latest?.body ?? said.body
    // The same words of a later run are written too, without a notice to anybody: else one between the two could come after both.
    if (stays.body !== body || (mode === 'always' && latest === null))
      await this.edit(stays.id, latest === null ? said : { ...said, body, short: () => body })
    for (const { id } of doubles) await this.remove(id)
  }

  /** By GitHub's clock, a little before. */
  private async create(issue: number, said: Said): Promise<string> {
    const { client, context } = this.options
    const of = { owner: context.owner, repo: context.repo, issue_number: issue, request: ONCE }
    const { data } = await orShort(said, (body) => client.rest.issues.createComment({ ...of, body }))
    return new Date(Date.parse(data.created_at) - BEFORE_MS).toISOString()
  }

  private async edit(id: number, said: Said): Promise<void> {
    const { client, context } = this.options
    const of = { owner: context.owner, repo: context.repo, comment_id: id, request: ONCE }
    try {
      await orShort(said, (body) => client.rest.issues.updateComment({ ...of, body }))
    } catch (error) {
      // Somebody deleted it in between: looked at again, it is created anew.
      throw error instanceof RequestError && error.status === 404 ? new Error('the comment is gone') : error
    }
  }

  private async remove(id: number): Promise<void> {
    const { client, context } = this.options
    try {
      await client.rest.issues.deleteComment({ owner: context.owner, repo: context.repo, comment_id: id, request: ONCE })
    } catch (error) {
      // The other run has removed it already.
      if (!(error instanceof RequestError) || error.status !== 404) throw error
    }
  }

  /** Comments with our marker whose author we are, oldest first. Anyone can write our marker; that makes nothing ours. */
  private async ours(issue: number, since?: string): Promise<Comment[]> {
    const { client, context } = this.options
    const of = { owner: context.owner, repo: context.repo, issue_number: issue, per_page: 100 }
    const request = since === undefined ? of : { ...of, since }
    const others: (Comment & { login: string })[] = []
    let pages = 0
    for await (const { data } of client.paginate.iterator(client.rest.issues.listComments, request)) {
      const marked = data.filter(({ body }) => body?.startsWith(this.mark))
      const own = marked.filter(({ user }) => isActionsBot(user))
      if (own.length > 0) return own.map((one) => this.commentOf(one)).sort((a, b) => a.id - b.id)
      others.push(...marked.map((one) => ({ ...this.commentOf(one), login: one.user?.login ?? '' })))
      pages += 1
      if (pages === MAX_PAGES) break
    }
    if (others.length === 0) return []
    // Only with somebody else's marker about does it matter who an own app or user token writes as.
    // Where that is not known no comment is taken for ours, and a new one is written.
    const me = await viewer(client)
    return others.filter((other) => other.login === me).sort((a, b) => a.id - b.id)
  }

  private commentOf({ id, body = '' }: { id: number; body?: string | undefined }): Comment {
    return { id, body, turn: readTurn(body.slice(this.mark.length).split(' ')[0]) }
  }
}

/** "Body is too long", in whatever way it was counted: then less of it, and the rest is in the report folder. */
async function orShort<T>({ body, short }: Said, send: (body: string) => Promise<T>): Promise<T> {
  try {
    return await send(body)
  } catch (error) {
    const brief = error instanceof RequestError && error.status === 422 ? short() : body
    if (brief.length >= body.length) throw error
    return send(brief)
  }
}
