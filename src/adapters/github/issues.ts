// Issues and their sub-issues as GitHub tells of them. What is no issue, is gone, or may not be seen is no answer.
import type { Issues } from '../../app/ports.ts'
import type { IssueAnswer, SubIssuesAnswer } from '../../model/issue.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

/** An issue has at most a hundred sub-issues. */
const PER_PAGE = 100
const MAX_PAGES = 5

type Unknown = Extract<IssueAnswer, { state: 'unknown' }>
/** As far as it is read. */
interface Told {
  number: number
  state: string
  repository_url?: string
  pull_request?: unknown
  sub_issues_summary?: { total: number } | null
}

export class ApiIssues implements Issues {
  private readonly asked = new Map<number, Promise<Told | Unknown>>()

  constructor(
    private readonly client: Client,
    private readonly context: Pick<RunContext, 'owner' | 'repo'>,
  ) {}

  async issue(number: number): Promise<IssueAnswer> {
    const told = await this.told(number)
    if ('why' in told) return told
    return told.state === 'open' || told.state === 'closed'
      ? { state: told.state }
      : unknown(`issue #${number} is in no state known here`)
  }

  /** More than are listed, by GitHub's own count, are some that the token may not see. */
  async subIssues(number: number): Promise<SubIssuesAnswer> {
    const told = await this.told(number)
    if ('why' in told) return told
    const { owner, repo } = this.context
    const listed: Told[] = []
    try {
      const request = { owner, repo, issue_number: number, per_page: PER_PAGE }
      let pages = 0
      for await (const { data } of this.client.paginate.iterator(this.client.rest.issues.listSubIssues, request)) {
        listed.push(...data)
        pages += 1
        if (pages > MAX_PAGES) return unknown(`issue #${number} has more sub-issues than are looked at`)
      }
    } catch (error) {
      return unknown(`the sub-issues of #${number} cannot be read: ${troubleOf(error, 'issues: read').text}`)
    }
    const total = told.sub_issues_summary?.total ?? listed.length
    if (total > listed.length) return unknown(`of the ${total} sub-issues of #${number} only ${listed.length} can be read`)
    return {
      state: 'listed',
      open: listed.filter((one) => one.state !== 'closed').map((one) => one.number),
      total: listed.length,
    }
  }

  private told(number: number): Promise<Told | Unknown> {
    const known = this.asked.get(number) ?? this.ask(number)
    this.asked.set(number, known)
    return known
  }

  private async ask(number: number): Promise<Told | Unknown> {
    const { owner, repo } = this.context
    try {
      const { data } = await this.client.rest.issues.get({ owner, repo, issue_number: number })
      if (data.pull_request) return unknown(`#${number} is a pull request, not an issue`)
      // An issue that was moved away is answered for from where it is now.
      const here = new RegExp(`/repos/${escaped(owner)}/${escaped(repo)}$`, 'i').test(data.repository_url)
      return here && data.number === number ? data : unknown(`issue #${number} was moved to another repository`)
    } catch (error) {
      return unknown(`issue #${number} cannot be read: ${troubleOf(error, 'issues: read').text}`)
    }
  }
}

function unknown(why: string): Unknown {
  return { state: 'unknown', why, asked: true }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&')
}
