// A ledger branch in the local clone, read through the git program: thousands of records in seconds, without network. Read-only.
import { execFileSync } from 'node:child_process'
import type { LedgerStore } from '../../app/ports.ts'
import { HEAD_PATH, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { ALWAYS } from '../node/git.ts'
import { type Blob, parseBatch, parseTree } from './cat-file.ts'
import { following } from './following.ts'

/** Blobs asked for at a time: their bytes come as one piece. */
const BATCH = 1000
const MAX_OUTPUT = 1024 * 1024 * 1024

export class GitLedger implements LedgerStore {
  readonly place: string
  private commit: string | null = null

  /** `branch`: `certify-ledger`, `origin/certify-ledger`, or a full ref. Of a plain name, origin's is taken where there are both. */
  constructor(
    private readonly root: string,
    private readonly branch: string,
  ) {
    this.place = `branch ${branch} of this clone`
  }

  /** Never null: a branch that this clone does not have may well exist. */
  async tip(): Promise<Tip> {
    const version = this.resolved()
    const [head] = await this.read(version, [HEAD_PATH])
    if (head === null || head === undefined) {
      throw new CertifyError('ledger_unreadable', `${this.place} has no ${HEAD_PATH}: it is no ledger, or a damaged one`, {
        hint: 'name the branch that the ledger is kept on',
      })
    }
    return { version, head, ahead: await following(head, (paths) => this.read(version, paths)) }
  }

  async read(version: string, paths: readonly string[]): Promise<(Uint8Array | null)[]> {
    if (paths.some((path) => /[\0\n]/.test(path)))
      throw this.unreadable('a path with a line break in it names no file of a ledger')
    return this.blobs(paths.map((path) => `${version}:${path}`)).map((blob, at) => {
      if (blob !== null && blob.type !== 'blob') throw this.unreadable(`${paths[at]} is not a file`)
      return blob?.bytes ?? null
    })
  }

  async all(version: string): Promise<Map<string, Uint8Array>> {
    const entries = parseTree(this.git(['ls-tree', '-r', '-z', '--full-tree', version]))
    const files = new Map<string, Uint8Array>()
    for (let at = 0; at < entries.length; at += BATCH) {
      const part = entries.slice(at, at + BATCH)
      const blobs = this.blobs(part.map(({ oid }) => oid))
      for (const [index, { path, isFile }] of part.entries()) {
        const blob = blobs[index]
        if (!isFile) throw this.unreadable(`${path} is not a file`)
        if (!blob) throw this.unreadable(`${path} is not in this clone`)
        files.set(path, blob.bytes)
      }
    }
    return files
  }

  async swap(): Promise<never> {
    throw new CertifyError('ledger_unwritable', `${this.place} is only read: a commit made here would not be the ledger's`, {
      hint: 'record from a workflow, or name a folder with --ledger',
    })
  }

  private resolved(): string {
    if (this.commit !== null) return this.commit
    if (!/^\w[\w./+-]*$/.test(this.branch) || this.branch.includes('..')) throw this.unreadable('that is no name of a branch')
    this.git(['rev-parse', '--git-dir'])
    const { branch } = this
    const names = [`refs/remotes/origin/${branch}`, `refs/remotes/${branch}`, `refs/heads/${branch}`]
    for (const name of branch.startsWith('refs/') ? [branch] : names) {
      try {
        this.commit = this.run(['rev-parse', '--verify', '-q', `${name}^{commit}`])
          .toString()
          .trim()
        return this.commit
      } catch {
        // The next name, then.
      }
    }
    throw this.unreadable('this clone does not have it')
  }

  private blobs(names: readonly string[]): (Blob | null)[] {
    if (names.length === 0) return []
    const output = this.git(['cat-file', '--batch'], `${names.join('\n')}\n`)
    try {
      return parseBatch(output, names.length)
    } catch (error) {
      throw this.unreadable('git does not read it here', error)
    }
  }

  private git(args: string[], input = ''): Buffer {
    try {
      return this.run(args, input)
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      throw this.unreadable(missing ? 'there is no git program' : 'git does not read it here', error)
    }
  }

  private run(args: string[], input = ''): Buffer {
    return execFileSync('git', ['--no-replace-objects', ...ALWAYS, ...args], {
      cwd: this.root,
      input,
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: MAX_OUTPUT,
      timeout: 120_000,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    })
  }

  private unreadable(why: string, cause?: unknown): CertifyError {
    const name = this.branch.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, '')
    return new CertifyError('ledger_unreadable', `${this.place} cannot be read: ${why}`, {
      hint: `fetch it into a clone of the repository: git fetch origin +refs/heads/${name}:refs/remotes/origin/${name}`,
      cause,
    })
  }
}
