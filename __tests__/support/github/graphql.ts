// GraphQL as the stand-in plays it: queries are validated against GitHub's own schema (npm @octokit/graphql-schema), then executed.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, type DocumentNode, executeSync, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import type { TreeEntry } from './git-objects.ts'
import type { Pull, State } from './state.ts'

/** Longer texts are cut. */
const MAX_TEXT = 512_000

let schema: GraphQLSchema | null = null
const checked = new Map<string, { document: DocumentNode; problems: string[] }>()

/** `problems`: what GitHub's schema does not allow, in words. */
export function answerGraphql(
  query: string,
  variables: Record<string, unknown>,
  state: State,
): { body: unknown; problems: string[] } {
  schema ??= buildSchema(
    readFileSync(fileURLToPath(new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url)), 'utf8'),
    { assumeValid: true, assumeValidSDL: true },
  )
  let known = checked.get(query)
  if (known === undefined) {
    try {
      const document = parse(query)
      known = { document, problems: validate(schema, document).map(({ message }) => message) }
    } catch (error) {
      return { body: { errors: [{ message: String(error) }] }, problems: [String(error)] }
    }
    checked.set(query, known)
  }
  const { document, problems } = known
  if (problems.length > 0) return { body: { errors: problems.map((message) => ({ message })) }, problems }
  const { data, errors } = executeSync({ schema, document, variableValues: variables, rootValue: rootOf(state) })
  if (errors === undefined) return { body: { data }, problems: [] }
  // GitHub puts its kind of error beside the message; any other is a mistake in the question.
  const shown = errors.map(({ message, path, extensions }) => ({ type: extensions.type, path, message }))
  return { body: { data, errors: shown }, problems: shown.filter(({ type }) => type === undefined).map((one) => one.message) }
}

function rootOf(state: State) {
  return {
    viewer: { login: state.viewer.login },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (`${owner}/${name}` !== state.fullName)
        throw refused('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
      return {
        object: (named: { oid?: string; expression?: string }) => objectOf(state, named.oid ?? named.expression ?? ''),
        pullRequest: ({ number }: { number: number }) => {
          mayRead(state, 'pull_requests')
          const pull = state.pulls.get(number)
          if (pull === undefined) throw refused('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
          return shownPull(state, pull)
        },
      }
    },
  }
}

function mayRead(state: State, key: string): void {
  if (state.private && !['read', 'write'].includes(state.permissions[key] ?? 'none'))
    throw refused('FORBIDDEN', 'Resource not accessible by integration')
}

/** GraphQL leaves the `[bot]` away. */
function actorOf(state: State, login: string | null) {
  if (login === null) return null
  const { id, type } = state.account(login)
  return { __typename: type, login: login.replace(/\[bot\]$/, ''), databaseId: id }
}

function authorsOf(state: State, logins: readonly string[]) {
  const nodes = logins.map((login) => ({ user: { login, databaseId: state.account(login).id } }))
  return { totalCount: nodes.length, nodes }
}

function shownPull(state: State, pull: Pull) {
  return {
    number: pull.number,
    author: () => actorOf(state, pull.author),
    mergedBy: () => actorOf(state, pull.mergedBy),
    commits: ({ first = 100, after }: { first?: number; after?: string }) => {
      const from = after === undefined || after === null ? 0 : Number(after)
      const nodes = pull.commits.slice(from, from + first).map(({ sha, authors }) => ({
        commit: { oid: sha, authors: authorsOf(state, authors) },
      }))
      const end = from + nodes.length
      return {
        totalCount: pull.commits.length,
        pageInfo: { hasNextPage: end < pull.commits.length, endCursor: String(end) },
        nodes,
      }
    },
  }
}

function objectOf(state: State, expression: string): unknown {
  mayRead(state, 'contents')
  const entry = state.git.find(expression)
  if (entry !== null) return shown(state, entry)
  return state.knowsCommit(expression) ? shownCommit(state, expression, null) : null
}

function shownCommit(state: State, sha: string, tree: string | null) {
  return {
    __typename: 'Commit',
    oid: sha,
    tree: () => ({ __typename: 'Tree', oid: tree }),
    authors: () => authorsOf(state, state.commits.get(sha) ?? []),
    associatedPullRequests: () => {
      mayRead(state, 'pull_requests')
      const nodes = state.pullsOf(sha).map((pull) => shownPull(state, pull))
      return { totalCount: nodes.length, nodes }
    },
  }
}

function shown(state: State, { type, sha }: TreeEntry): unknown {
  if (type === 'commit') return shownCommit(state, sha, state.git.treeOf(sha))
  if (type === 'tree') return { __typename: 'Tree', oid: sha }
  const bytes = Buffer.from(state.git.blobs.get(sha)!)
  const isBinary = bytes.includes(0)
  const isTruncated = bytes.length > MAX_TEXT
  const text = isBinary ? null : bytes.subarray(0, MAX_TEXT).toString('utf8')
  return { __typename: 'Blob', oid: sha, byteSize: bytes.length, isBinary, isTruncated, text }
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
