// Posts the verdict as one comment on the pull request, and keeps it up to date. Ours by marker and by author.
import type { Log, Publisher } from '../../app/ports.ts'
import type { LedgerNote } from '../../model/ledger.ts'
import type { Result } from '../../model/result.ts'
import { withinCharacters } from './budget.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { isLater, readTurn, turnOf, writeTurn } from './sequence.ts'
import { mayHaveHappened } from './trouble.ts'

/** Characters; GitHub answers 422 above it (github-facts.md 1.4). */
const MOST = 65_536
const MAX_PAGES = 30
const ATTEMPTS = 3
/** Who GITHUB_TOKEN writes as. */
const ACTIONS_BOT = 'github-actions[bot]'

export type CommentMode = 'always' | 'changes' | 'failures' | 'never'

export interface CommentOptions {
  client: Client
  context: RunContext
  log: Pick<Log, 'info'>
  /** Tells several uses in one repository apart. */
  name: string
  mode: CommentMode
  /** The marker must stand in the text, on a line of its own. */
  render: (result: Result, ledger: LedgerNote, marker: string) => string
  pauseMs?: number
}

interface Found {
  id: number
  body: string
}

export class CommentPublisher implements Publisher {
  readonly id = 'comment'
  private readonly mark: string

  constructor(private readonly options: CommentOptions) {
    // Percent-encoded, and without dashes: a name cannot end the HTML comment it stands in.
    this.mark = `<!-- certify comment ${encodeURIComponent(options.name).replace(/-/g, '%2D')} run `
  }

  /**
   * `changes` writes where the text differs from what stands there, `failures` begins only with a verdict that has not
   * passed, `always` writes every time. All edit the one comment in place.
   */
  async publish(result: Result, ledger: LedgerNote): Promise<void> {
    const { context, log, mode, render } = this.options
    const issue = context.subject.pullRequest
    if (mode === 'never' || issue === null) return
    const turn = turnOf(context.subject)
    const marker = `${this.mark}${writeTurn(turn)} -->`
    const rendered = render(result, ledger, marker)
    const body = withinCharacters(rendered.includes(marker) ? rendered : `${marker}\n${rendered}`, MOST)

    const found = await this.find(issue)
    if (found === null) {
      if (mode === 'failures' && result.decision.verdict === 'passed') return
      return this.create(issue, body)
    }
    const before = readTurn(found.body.slice(found.body.indexOf(this.mark) + this.mark.length).split(' ')[0])
    if (before !== null && isLater(before, turn))
      return log.info('the comment is left as it is: a newer run has already written it')
    if (mode !== 'always' && this.withoutTurn(found.body) === this.withoutTurn(body)) return
    await this.edit(found, body)
  }

  private async edit(found: Found, body: string): Promise<void> {
    const { client, context } = this.options
    await client.rest.issues.updateComment({ owner: context.owner, repo: context.repo, comment_id: found.id, body })
  }

  /** Not repeated by the client: after a lost answer the comment is looked for first, so that there are never two. */
  private async create(issue: number, body: string): Promise<void> {
    const { client, context, pauseMs = 1000 } = this.options
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.rest.issues.createComment({
          owner: context.owner,
          repo: context.repo,
          issue_number: issue,
          body,
          request: { retries: 0 },
        })
        return
      } catch (error) {
        if (!mayHaveHappened(error) || attempt === ATTEMPTS) throw error
        await new Promise((done) => setTimeout(done, pauseMs * attempt))
        const found = await this.find(issue)
        if (found !== null) return this.edit(found, body)
      }
    }
  }

  /** The oldest comment with our marker whose author we are. Anyone can write our marker; that makes nothing ours. */
  private async find(issue: number): Promise<Found | null> {
    const { client, context } = this.options
    const request = { owner: context.owner, repo: context.repo, issue_number: issue, per_page: 100 }
    const others: (Found & { login: string })[] = []
    let pages = 0
    for await (const { data } of client.paginate.iterator(client.rest.issues.listComments, request)) {
      for (const { id, body, user } of data) {
        if (!body?.includes(this.mark)) continue
        if (user?.login === ACTIONS_BOT && user.type === 'Bot') return { id, body }
        others.push({ id, body, login: user?.login ?? '' })
      }
      pages += 1
      if (pages === MAX_PAGES) break
    }
    if (others.length === 0) return null
    // Only with somebody else's marker about does it matter who an own app or user token writes as.
    const me = await this.viewer()
    return others.find((other) => other.login === me) ?? null
  }

  private async viewer(): Promise<string | null> {
    try {
      const { viewer } = await this.options.client.graphql<{ viewer: { login: string } }>('{ viewer { login } }')
      return viewer.login
    } catch {
      return null // Then no comment is taken for ours, and a new one is written.
    }
  }

  private withoutTurn(body: string): string {
    return body.replace(new RegExp(`${this.mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[0-9.]{1,25} -->`), '').trim()
  }
}
