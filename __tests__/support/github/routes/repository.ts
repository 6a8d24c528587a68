// The repository, its files at a ref, and its pull requests.
import { createHash } from 'node:crypto'
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import type { Pull } from '../state.ts'

function shown(pull: Pull, { state }: Asked) {
  const { author, mergedBy, mergeCommit, commits: _, ...rest } = pull
  const merged = {
    state: mergedBy === null ? 'open' : 'closed',
    merged: mergedBy !== null,
    merged_by: mergedBy === null ? null : state.account(mergedBy),
    merge_commit_sha: mergeCommit,
    user: state.account(author),
    comments: state.comments.filter((one) => one.issue === pull.number).length,
  }
  return { id: pull.number + 9000, ...merged, ...rest }
}

export const repository: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}': ({ state }) => ({
    status: 200,
    body: {
      id: state.repositoryId,
      name: state.repo,
      full_name: state.fullName,
      private: state.private,
      visibility: state.visibility ?? (state.private ? 'private' : 'public'),
      owner: { login: state.owner, id: 11, type: state.ownerType },
      default_branch: state.defaultBranch,
    },
  }),
  'GET /repos/{owner}/{repo}/contents/{path}': ({ state, params, query, accept }) => {
    const ref = query.get('ref') ?? state.defaultBranch
    const tree = state.trees.get(ref)
    if (!tree) return notFound(`No commit found for the ref ${ref}`)
    const path = params.path ?? ''
    const content = tree.get(path)
    if (content === undefined) {
      const below = [...tree.keys()].filter((p) => p.startsWith(`${path}/`))
      if (below.length === 0) return notFound()
      return { status: 200, body: below.map((p) => ({ type: 'file', path: p, name: p.split('/').at(-1) })) }
    }
    const bytes = Buffer.from(content)
    if (accept.includes('raw'))
      return { status: 200, body: bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } }
    const large = bytes.length > 1024 * 1024
    return {
      status: 200,
      body: {
        type: 'file',
        encoding: large ? 'none' : 'base64',
        size: bytes.length,
        name: path.split('/').at(-1),
        path,
        sha: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
        content: large ? '' : bytes.toString('base64').replace(/.{60}/g, '$&\n'),
      },
    }
  },
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': ({ state, params }) => {
    const sha = params.commit_sha ?? ''
    const parent = state.parents.get(sha)
    const parents = state.merges.get(sha) ?? (parent === undefined ? [] : [parent])
    if (parents.length === 0 && !state.knowsCommit(sha)) return notFound()
    return { status: 200, body: { sha, parents: parents.map((one) => ({ sha: one })) } }
  },
  'GET /repos/{owner}/{repo}/commits': (asked) => {
    const { state, query } = asked
    const history: { sha: string }[] = []
    for (let sha: string | undefined = query.get('sha') ?? ''; sha; sha = state.parents.get(sha)) history.push({ sha })
    const paged = page(history, asked, `/repos/${state.fullName}/commits`)
    return { status: 200, body: paged.items, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': (asked) => {
    const pull = asked.state.pulls.get(Number(asked.params.pull_number))
    return pull ? { status: 200, body: shown(pull, asked) } : notFound()
  },
  'GET /repos/{owner}/{repo}/pulls': (asked) => {
    const { state, query } = asked
    const head = query.get('head')
    const all = [...state.pulls.values()].filter((pull) => {
      const [owner] = (pull.head.repo?.full_name ?? '').split('/')
      return pull.mergedBy === null && (head === null || head === `${owner}:${pull.head.ref}`)
    })
    const paged = page(all, asked, `/repos/${state.fullName}/pulls`)
    // A list says less of each than the pull request itself.
    const body = paged.items.map((pull) => {
      const { merged: _, comments: __, mergeable: ___, ...rest } = shown(pull, asked)
      return rest
    })
    return { status: 200, body, headers: paged.headers }
  },
}
