// The people that GitHub names for commits and pull requests: authors, co-authors, mergers. Fifty commits to a request.
import type { Client } from './client.ts'

export interface Hand {
  /** null: GitHub knows the login alone. */
  id: number | null
  login: string
}

export interface CommitHands {
  sha: string
  authors: Hand[]
  /** Numbers of the pull requests it came with. */
  pulls: number[]
  /** GitHub named fewer than there are. */
  incomplete: boolean
}

export interface PullHands {
  number: number
  author: Hand | null
  mergedBy: Hand | null
  /** Authors of its commits. */
  authors: Hand[]
  incomplete: boolean
}

interface Place {
  owner: string
  repo: string
}

interface Account {
  login: string
  databaseId?: number | null
}

interface Authors {
  totalCount: number
  nodes: ({ user: Account | null } | null)[]
}

interface AnsweredCommit {
  oid: string
  authors?: Authors
  associatedPullRequests?: { totalCount: number; nodes: ({ number: number } | null)[] }
}

interface Commits {
  pageInfo: { hasNextPage: boolean; endCursor: string }
  nodes: ({ commit: { authors: Authors } } | null)[]
}

interface AnsweredPull {
  number: number
  author: Account | null
  mergedBy: Account | null
  commits: Commits
}

type Answer<T> = { repository: Record<string, T | null> | null }

const COMMITS_AT_ONCE = 50
const PULLS_AT_ONCE = 10
/** Further hundreds of commits of one pull request. */
const MAX_PAGES = 10

const AUTHORS = 'authors(first: 20) { totalCount nodes { user { login databaseId } } }'
const COMMITS = `pageInfo { hasNextPage endCursor } nodes { commit { ${AUTHORS} } }`
const COMMIT = `fragment commit on GitObject { oid ... on Commit { ${AUTHORS} associatedPullRequests(first: 20) { totalCount nodes { number } } } }`
const PULL = `fragment actor on Actor { login ... on User { databaseId } ... on Bot { databaseId } }
fragment pull on PullRequest { number author { ...actor } mergedBy { ...actor } commits(first: 100) { ${COMMITS} } }`

/** In the order asked for; null: GitHub shows no such commit. Throws as the client does. */
export async function handsOfCommits(client: Client, place: Place, shas: readonly string[]): Promise<(CommitHands | null)[]> {
  const found: (CommitHands | null)[] = []
  for (let from = 0; from < shas.length; from += COMMITS_AT_ONCE) {
    const part = shas.slice(from, from + COMMITS_AT_ONCE)
    const answer = await ask<AnsweredCommit>(
      client,
      place,
      part,
      'GitObjectID!',
      (at) => `object(oid: $v${at}) { ...commit }`,
      COMMIT,
    )
    for (const at of part.keys()) found.push(commitHands(answer.repository?.[`f${at}`] ?? null))
  }
  return found
}

/** Throws as the client does; GitHub answers with an error where there is no such pull request. */
export async function handsOfPulls(client: Client, place: Place, numbers: readonly number[]): Promise<PullHands[]> {
  const found: PullHands[] = []
  for (let from = 0; from < numbers.length; from += PULLS_AT_ONCE) {
    const part = numbers.slice(from, from + PULLS_AT_ONCE)
    const answer = await ask<AnsweredPull>(client, place, part, 'Int!', (at) => `pullRequest(number: $v${at}) { ...pull }`, PULL)
    for (const at of part.keys()) {
      const pull = answer.repository?.[`f${at}`]
      if (!pull) throw new Error(`GitHub shows no pull request ${part[at]}`)
      found.push(await pullHands(client, place, pull))
    }
  }
  return found
}

function ask<T>(
  client: Client,
  place: Place,
  values: readonly (string | number)[],
  type: string,
  field: (at: number) => string,
  fragments: string,
): Promise<Answer<T>> {
  const names = values.map((_, at) => `, $v${at}: ${type}`).join('')
  const fields = values.map((_, at) => `f${at}: ${field(at)}`).join('\n')
  const query = `query($owner: String!, $repo: String!${names}) { repository(owner: $owner, name: $repo) { ${fields} } }\n${fragments}`
  const { owner, repo } = place
  return client.graphql<Answer<T>>(query, { owner, repo, ...Object.fromEntries(values.map((value, at) => [`v${at}`, value])) })
}

function commitHands(found: AnsweredCommit | null): CommitHands | null {
  const pulls = found?.associatedPullRequests
  if (!found?.authors || !pulls) return null
  const numbers = pulls.nodes.flatMap((pull) => (pull === null ? [] : [pull.number]))
  const incomplete = pulls.totalCount > numbers.length || cut(found.authors)
  return { sha: found.oid, authors: named(found.authors), pulls: numbers, incomplete }
}

async function pullHands(client: Client, { owner, repo }: Place, pull: AnsweredPull): Promise<PullHands> {
  const { number, author, mergedBy } = pull
  const pages = [pull.commits]
  for (let last = pull.commits; last.pageInfo.hasNextPage && pages.length < MAX_PAGES; pages.push(last)) {
    const more = await client.graphql<{ repository: { pullRequest: { commits: Commits } } }>(
      `query($owner: String!, $repo: String!, $number: Int!, $after: String!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) { commits(first: 100, after: $after) { ${COMMITS} } } } }`,
      { owner, repo, number, after: last.pageInfo.endCursor },
    )
    last = more.repository.pullRequest.commits
  }
  const authors = pages.flatMap(({ nodes }) => nodes.flatMap((node) => (node === null ? [] : [node.commit.authors])))
  return {
    number,
    author: handOf(author),
    mergedBy: handOf(mergedBy),
    authors: authors.flatMap(named),
    incomplete: pages.at(-1)!.pageInfo.hasNextPage || authors.some(cut),
  }
}

/** Authors whose address belongs to no account are not among them: nobody could approve as they. */
function named({ nodes }: Authors): Hand[] {
  return nodes.flatMap((node) => handOf(node?.user ?? null) ?? [])
}

function cut({ totalCount, nodes }: Authors): boolean {
  return totalCount > nodes.length
}

function handOf(account: Account | null): Hand | null {
  return account === null ? null : { id: account.databaseId ?? null, login: account.login }
}
