// Who pushed what to the branch, by the repository's activity.
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import type { Hand } from './hands.ts'
import { troubleOf } from './trouble.ts'

const MAX_PAGES = 5

export interface Push {
  before: string
  after: string
  actor: Hand
}

export class Pushes {
  private readonly byAfter = new Map<string, Push>()

  constructor(
    found: readonly Push[],
    /** Why some may be missing; null: none are. */
    readonly problem: string | null,
  ) {
    for (const push of found) if (!this.byAfter.has(push.after)) this.byAfter.set(push.after, push)
  }

  /** What the branch was before that commit became its tip; null: not known, or there was no branch. */
  before(tip: string): string | null {
    const before = this.byAfter.get(tip)?.before ?? null
    return before === null || /^0+$/.test(before) ? null : before
  }

  of(commits: ReadonlySet<string>): Push[] {
    return [...this.byAfter.values()].filter((push) => commits.has(push.after))
  }

  /** True where the pushes lead from the head back out of these commits without a gap: then all of them are known. */
  reach(head: string, commits: ReadonlySet<string>): boolean {
    const seen = new Set<string>()
    let at = head
    while (commits.has(at) && !seen.has(at)) {
      seen.add(at)
      const push = this.byAfter.get(at)
      if (push === undefined) return false
      at = push.before
    }
    return !seen.has(at)
  }
}

/** Of the branch this is about. That it cannot be read is for the caller to weigh: mostly pull requests tell enough. */
export async function pushesOf(client: Client, { owner, repo, subject, defaultBranch }: RunContext): Promise<Pushes> {
  const branch = /^refs\/heads\/(.+)$/.exec(subject.ref ?? '')?.[1] ?? defaultBranch
  if (branch === null) return new Pushes([], 'its branch is not known')
  const found: Push[] = []
  try {
    const request = { owner, repo, ref: `refs/heads/${branch}`, per_page: 100 }
    let pages = 0
    for await (const { data } of client.paginate.iterator(client.rest.repos.listActivities, request)) {
      for (const { before, after, actor } of data)
        if (actor) found.push({ before, after, actor: { id: actor.id, login: actor.login } })
      pages += 1
      if (pages === MAX_PAGES) return new Pushes(found, `only the last ${found.length} pushes were looked at`)
    }
    return new Pushes(found, null)
  } catch (error) {
    return new Pushes(found, troubleOf(error, 'contents: read').text)
  }
}
