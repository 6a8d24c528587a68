// A ledger on a branch of the repository, by GitHub's API. Six requests to append, however long the ledger is.
import type { LedgerStore, LedgerWrite } from '../../app/ports.ts'
import { HEAD_PATH, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { following } from '../store/following.ts'
import type { Client } from './client.ts'
import { type Repository, readFiles } from './ledger-read.ts'
import { isEmptyRepository, unreadableBranch } from './ledger-trouble.ts'
import { type Branch, buildCommit, moveBranch } from './ledger-write.ts'

/** What has been read at one commit. */
interface Seen {
  commit: string
  tree: string
  files: Map<string, Uint8Array | null>
}

export class BranchLedger implements LedgerStore {
  readonly place: string
  private readonly target: Branch
  /** Of the newest tip alone: whoever appends reads its last record and writes onto its tree. */
  private seen: Seen | null = null

  constructor(
    private readonly client: Client,
    { owner, repo, branch }: Repository & { branch: string },
  ) {
    this.place = `branch ${branch} of ${owner}/${repo}`
    this.target = { owner, repo, branch, place: this.place }
  }

  async tip(also: readonly string[] = []): Promise<Tip | null> {
    const commit = await this.commit()
    if (commit === null) return null
    if (this.seen?.commit !== commit) this.seen = { commit, tree: '', files: new Map() }
    const [head] = await this.read(commit, [HEAD_PATH, ...also])
    if (head === null || head === undefined) {
      throw new CertifyError('ledger_unreadable', `${this.place} has no ${HEAD_PATH}: it is no ledger, or a damaged one`, {
        hint: `name a branch that nothing else is kept on, or put ${HEAD_PATH} back from an earlier commit of it`,
      })
    }
    return { version: commit, head, ahead: await following(head, (paths) => this.read(commit, paths)) }
  }

  async read(version: string, paths: readonly string[]): Promise<(Uint8Array | null)[]> {
    const known = this.seen?.commit === version ? this.seen : null
    const asked = paths.filter((path) => !known?.files.has(path))
    const read = asked.length === 0 ? [] : await this.fetch(version, asked)
    const files = new Map(asked.map((path, at) => [path, read[at] ?? null]))
    // Only an end's few files are kept; a whole ledger that is read through is not.
    if (known !== null && known.files.size < 32) for (const [path, bytes] of files) known.files.set(path, bytes)
    return paths.map((path) => files.get(path) ?? known?.files.get(path) ?? null)
  }

  async all(version: string): Promise<Map<string, Uint8Array>> {
    const { owner, repo, branch } = this.target
    try {
      const { data } = await this.client.rest.git.getTree({ owner, repo, tree_sha: version, recursive: '1' })
      if (data.truncated) {
        throw new CertifyError('ledger_unreadable', `${this.place} has too many files for GitHub to list`, {
          hint: `read it in a clone: git fetch origin +refs/heads/${branch}:refs/remotes/origin/${branch}, then --ledger origin/${branch}`,
        })
      }
      const files = data.tree.filter(({ type }) => type !== 'tree')
      const blobs = files.map(({ sha }) => ({ oid: sha }))
      return new Map((await this.fetch(version, blobs)).map((bytes, at) => [files[at]!.path, present(bytes, files[at]!.path)]))
    } catch (error) {
      throw unreadableBranch(this.place, error)
    }
  }

  async swap(version: string | null, files: LedgerWrite): Promise<'written' | 'lost' | 'uncertain'> {
    let onto: { commit: string; tree: string } | null = null
    if (version !== null) {
      // A commit would replace a record that is there already; the end as it was read tells mostly without asking.
      const there = await this.read(version, [...files.records.keys()])
      if (there.some((bytes) => bytes !== null)) return 'lost'
      onto = { commit: version, tree: await this.treeOf(version) }
    }
    const commit = await buildCommit(this.client, this.target, onto, files)
    return commit === null ? 'lost' : moveBranch(this.client, this.target, version === null, commit)
  }

  /** Where the branch is; null: it is known that there is none. */
  /** "Not found" of a single ref is said of what may not be seen as well. A list that can be read and does not have it is proof. */
  private async commit(): Promise<string | null> {
    const { owner, repo, branch } = this.target
    try {
      const { data } = await this.client.rest.git.listMatchingRefs({ owner, repo, ref: `heads/${branch}` })
      const found = data.find(({ ref }) => ref === `refs/heads/${branch}`)
      return found?.object.sha ?? null
    } catch (error) {
      if (isEmptyRepository(error)) return null
      throw unreadableBranch(this.place, error)
    }
  }

  private async fetch(commit: string, wanted: readonly (string | { oid: string })[]): Promise<(Uint8Array | null)[]> {
    const { owner, repo } = this.target
    try {
      const { tree, files } = await readFiles(this.client, { owner, repo }, commit, wanted)
      if (this.seen?.commit === commit) this.seen.tree = tree
      return files
    } catch (error) {
      throw unreadableBranch(this.place, error)
    }
  }

  private async treeOf(commit: string): Promise<string> {
    if (this.seen?.commit === commit && this.seen.tree !== '') return this.seen.tree
    const { owner, repo } = this.target
    try {
      return (await readFiles(this.client, { owner, repo }, commit, [])).tree
    } catch (error) {
      throw unreadableBranch(this.place, error)
    }
  }
}

function present(bytes: Uint8Array | null, path: string): Uint8Array {
  if (bytes !== null) return bytes
  throw new CertifyError('ledger_unreadable', `the ledger branch cannot be read: GitHub lists ${path} and does not show it`, {
    hint: 'run it again',
  })
}
