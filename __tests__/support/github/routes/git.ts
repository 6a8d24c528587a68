// The Git Data API: refs that move forward only, commits, trees built on trees, blobs. Texts as GitHub answers them.
import type { Answer, Asked, Handler } from '../answer.ts'
import { notFound } from '../answer.ts'

const HEAD = 'a'.repeat(40)

const invalid = (message: string): Answer => ({
  status: 422,
  body: { message, documentation_url: 'https://docs.github.com/rest/git', status: '422' },
})

/** Nothing of this API works before the first push. */
function inRepository(handler: Handler): Handler {
  return (asked) =>
    asked.state.git.refs.size > 0
      ? handler(asked)
      : {
          status: 409,
          body: { message: 'Git Repository is empty.', documentation_url: 'https://docs.github.com/rest/git', status: '409' },
        }
}

function shownRef(asked: Asked, ref: string, sha = asked.state.git.refs.get(ref)!) {
  const url = `${asked.origin}/repos/${asked.state.fullName}/git`
  return {
    ref,
    node_id: Buffer.from(ref).toString('base64'),
    url: `${url}/${ref}`,
    object: { sha, type: 'commit', url: `${url}/commits/${sha}` },
  }
}

/** The source's branches are where their last push left them, the default one at HEAD before any; the rest are git's own. */
const getRef: Handler = (asked) => {
  const { state } = asked
  const ref = `refs/${asked.params.ref}`
  const pushed = state.pushes.filter((push) => push.ref === ref).at(-1)?.after
  const sha = pushed ?? (ref === `refs/heads/${state.defaultBranch}` ? HEAD : state.git.refs.get(ref))
  return sha === undefined ? notFound() : { status: 200, body: shownRef(asked, ref, sha) }
}

const matchingRefs: Handler = (asked) => {
  const refs = [...asked.state.git.refs.keys()].filter((ref) => ref.startsWith(`refs/${asked.params.ref}`)).sort()
  return { status: 200, body: refs.map((ref) => shownRef(asked, ref)) }
}

const createRef: Handler = (asked) => {
  const { git, rules } = asked.state
  const ref = String(asked.body.ref)
  const sha = String(asked.body.sha)
  if (!/^refs\/[^/]+\/.+/.test(ref)) return invalid('Reference name must start with "refs/" and have at least two slashes')
  if (!git.commits.has(sha)) return invalid('Object does not exist')
  if (git.refs.has(ref)) return invalid('Reference already exists')
  const refused = rules.get(ref)
  if (refused !== undefined) return invalid(refused)
  git.refs.set(ref, sha)
  return { status: 201, body: shownRef(asked, ref) }
}

const updateRef: Handler = (asked) => {
  const { git, rules } = asked.state
  const ref = `refs/${asked.params.ref}`
  const sha = String(asked.body.sha)
  const before = git.refs.get(ref)
  if (before === undefined) return invalid('Reference does not exist')
  if (!git.commits.has(sha)) return invalid('Object does not exist')
  if (asked.body.force !== true && !git.follows(sha, before)) return invalid('Update is not a fast forward')
  const refused = rules.get(ref)
  if (refused !== undefined) return invalid(refused)
  git.refs.set(ref, sha)
  return { status: 200, body: shownRef(asked, ref) }
}

interface NewEntry {
  path: string
  mode: string
  content?: string
  sha?: string
}

const createTree: Handler = (asked) => {
  const { git } = asked.state
  const base = asked.body.base_tree === undefined ? null : git.treeOf(String(asked.body.base_tree))
  if (base === null && asked.body.base_tree !== undefined) return invalid('base_tree is not a valid tree oid')
  const entries = asked.body.tree as unknown as NewEntry[]
  for (const { path, content, sha } of entries) {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git'))
      return invalid('tree.path contains a malformed path component')
    if ((content === undefined) === (sha === undefined)) return invalid('Must supply either tree.sha or tree.content')
    if (sha !== undefined && !git.blobs.has(sha)) return invalid(`tree.sha ${sha} is not a valid blob`)
  }
  const changes = entries.map(({ path, mode, content, sha }) => ({ path, mode, sha: sha ?? git.blob(content!) }))
  return { status: 201, body: shownTree(asked, git.change(base, changes), false) }
}

const getTree: Handler = (asked) => {
  const tree = asked.state.git.treeOf(asked.params.tree_sha ?? '')
  return tree === null ? notFound() : { status: 200, body: shownTree(asked, tree, asked.query.get('recursive') !== null) }
}

function shownTree(asked: Asked, sha: string, recursive: boolean) {
  const { git, fullName, treeLimit } = asked.state
  const url = `${asked.origin}/repos/${fullName}/git`
  const entries = git.list(sha, recursive)
  return {
    sha,
    url: `${url}/trees/${sha}`,
    truncated: entries.length > treeLimit,
    tree: entries.slice(0, treeLimit).map((entry) => ({
      ...entry,
      url: `${url}/${entry.type}s/${entry.sha}`,
      ...(entry.type === 'blob' ? { size: git.blobs.get(entry.sha)!.length } : {}),
    })),
  }
}

const createCommit: Handler = (asked) => {
  const { git } = asked.state
  const { tree, message } = asked.body
  const parents = (asked.body.parents ?? []) as string[]
  if (!git.trees.has(String(tree))) return invalid('Tree SHA does not exist')
  if (!parents.every((parent) => git.commits.has(parent))) return invalid('Parent SHA does not exist or is not a commit object')
  const sha = git.commit({ tree: String(tree), parents, message: String(message) })
  return { status: 201, body: { sha, message, tree: { sha: tree }, parents: parents.map((parent) => ({ sha: parent })) } }
}

const getBlob: Handler = (asked) => {
  const bytes = asked.state.git.blobs.get(asked.params.file_sha ?? '')
  if (bytes === undefined) return notFound()
  const content = Buffer.from(bytes).toString('base64').replace(/.{60}/g, '$&\n')
  return { status: 200, body: { sha: asked.params.file_sha, size: bytes.length, encoding: 'base64', content } }
}

const ROUTES: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/git/ref/{ref}': getRef,
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}': matchingRefs,
  'POST /repos/{owner}/{repo}/git/refs': createRef,
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': updateRef,
  'POST /repos/{owner}/{repo}/git/trees': createTree,
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': getTree,
  'POST /repos/{owner}/{repo}/git/commits': createCommit,
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': getBlob,
}

export const git: Record<string, Handler> = Object.fromEntries(
  Object.entries(ROUTES).map(([route, handler]) => [route, inRepository(handler)]),
)
