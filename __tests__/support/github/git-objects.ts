// Git objects with their real ids, and the refs that name them: what the Git Data API is about.
import { createHash } from 'node:crypto'

export interface TreeEntry {
  mode: string
  type: 'blob' | 'tree' | 'commit'
  sha: string
}

export interface Commit {
  tree: string
  parents: string[]
  message: string
}

type Change = { path: string; mode: string; sha: string }

const BOT = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>'

export class GitObjects {
  readonly blobs = new Map<string, Uint8Array>()
  readonly trees = new Map<string, Map<string, TreeEntry>>()
  readonly commits = new Map<string, Commit>()
  /** By full name. None at all: the repository is empty. */
  readonly refs = new Map<string, string>()
  private clock = 1_790_000_000

  blob(content: string | Uint8Array): string {
    const bytes = Buffer.from(content)
    const sha = idOf('blob', bytes)
    this.blobs.set(sha, bytes)
    return sha
  }

  tree(entries: Map<string, TreeEntry>): string {
    // Git sorts folders as if their names ended in a slash.
    const key = (name: string, { type }: TreeEntry): Buffer => Buffer.from(type === 'tree' ? `${name}/` : name)
    const sorted = [...entries].sort(([a, x], [b, y]) => Buffer.compare(key(a, x), key(b, y)))
    const bytes = Buffer.concat(
      sorted.flatMap(([name, { mode, sha }]) => [Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')]),
    )
    const sha = idOf('tree', bytes)
    this.trees.set(sha, new Map(sorted))
    return sha
  }

  commit(commit: Commit): string {
    this.clock += 1
    const { tree, parents, message } = commit
    const head = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`)]
    const by = ['author', 'committer'].map((who) => `${who} ${BOT} ${this.clock} +0000`)
    const sha = idOf('commit', Buffer.from(`${[...head, ...by].join('\n')}\n\n${message}`))
    this.commits.set(sha, commit)
    return sha
  }

  /** The tree that `base` becomes with these files in it. */
  change(base: string | null, changes: readonly Change[]): string {
    const entries = new Map(base === null ? [] : this.trees.get(base))
    const below = new Map<string, Change[]>()
    for (const change of changes) {
      const [name = '', ...rest] = change.path.split('/')
      if (rest.length === 0) entries.set(name, { mode: change.mode, type: 'blob', sha: change.sha })
      else if (below.get(name)?.push({ ...change, path: rest.join('/') }) === undefined)
        below.set(name, [{ ...change, path: rest.join('/') }])
    }
    for (const [name, inner] of below) {
      const entry = entries.get(name)
      entries.set(name, { mode: '040000', type: 'tree', sha: this.change(entry?.type === 'tree' ? entry.sha : null, inner) })
    }
    return this.tree(entries)
  }

  /** What a revision expression names, `<commit or tree>:<path>` or an id; null: nothing. */
  find(expression: string): TreeEntry | null {
    const [revision = '', path] = expression.split(/:(.*)/s)
    const type = this.commits.has(revision) ? 'commit' : this.trees.has(revision) ? 'tree' : 'blob'
    if (type === 'blob' && !this.blobs.has(revision)) return null
    let entry: TreeEntry = { mode: '', type, sha: revision }
    if (path === undefined) return entry
    entry = { mode: '040000', type: 'tree', sha: this.treeOf(revision) ?? '' }
    for (const name of path.split('/').filter((part) => part !== '')) {
      const next: TreeEntry | undefined = entry.type === 'tree' ? this.trees.get(entry.sha)?.get(name) : undefined
      if (next === undefined) return null
      entry = next
    }
    return entry
  }

  treeOf(sha: string): string | null {
    return this.commits.get(sha)?.tree ?? (this.trees.has(sha) ? sha : null)
  }

  /** Every entry below, folders before what is in them. */
  list(tree: string, recursive: boolean, prefix = ''): (TreeEntry & { path: string })[] {
    return [...(this.trees.get(tree) ?? [])].flatMap(([name, entry]) => {
      const own = { ...entry, path: prefix + name }
      return recursive && entry.type === 'tree' ? [own, ...this.list(entry.sha, true, `${prefix}${name}/`)] : [own]
    })
  }

  /** True where `sha` is `ancestor` or comes after it. */
  follows(sha: string, ancestor: string): boolean {
    const seen = new Set<string>()
    const queue = [sha]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next === ancestor) return true
      if (seen.has(next)) continue
      seen.add(next)
      queue.push(...(this.commits.get(next)?.parents ?? []))
    }
    return false
  }

  /** Commits files onto a branch, as a push would; `null` takes a file away. */
  push(branch: string, files: Record<string, string | Uint8Array | null>): string {
    const ref = `refs/heads/${branch}`
    const parent = this.refs.get(ref)
    const kept = parent === undefined ? [] : this.list(this.treeOf(parent)!, true).filter(({ type }) => type !== 'tree')
    const changes = [
      ...kept.filter(({ path }) => files[path] !== null),
      ...Object.entries(files).flatMap(([path, content]) =>
        content === null ? [] : [{ path, mode: '100644', sha: this.blob(content) }],
      ),
    ]
    const sha = this.commit({
      tree: this.change(null, changes),
      parents: parent === undefined ? [] : [parent],
      message: 'push',
    })
    this.refs.set(ref, sha)
    return sha
  }

  /** Every file of a branch by its path. */
  files(branch: string): Map<string, Uint8Array> {
    const tree = this.treeOf(this.refs.get(`refs/heads/${branch}`) ?? '')
    const entries = tree === null ? [] : this.list(tree, true).filter(({ type }) => type === 'blob')
    return new Map(entries.map(({ path, sha }) => [path, this.blobs.get(sha)!]))
  }

  /** A branch's commits, newest first, along first parents; fails where one has two. */
  log(branch: string): Commit[] {
    const commits: Commit[] = []
    for (let sha = this.refs.get(`refs/heads/${branch}`); sha !== undefined; ) {
      const commit = this.commits.get(sha)!
      if (commit.parents.length > 1) throw new Error('not linear')
      commits.push(commit)
      sha = commit.parents[0]
    }
    return commits
  }
}

function idOf(type: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')
}
