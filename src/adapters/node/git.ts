// The local clone, asked through the git program. Where there is no repository, or git refuses, every answer is null.
import { execFile, execFileSync } from 'node:child_process'
import type { Ancestry, Git } from '../../app/ports.ts'
import { CertifyError } from '../../model/problem.ts'

/** Nothing is locked, no program of the repository's runs, and a path is a path, not a pattern. */
export const ALWAYS = [
  '--no-optional-locks',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
]
/** Enough for any run that is still worth a comparison. */
const MAX_COMMITS = 20_000
const MAX_OUTPUT = 256 * 1024 * 1024
/** scheme://host/owner/name or user@host:owner/name. A folder of this machine has no owner. */
const HOSTED = /^(?:(?:https?|ssh|git):\/\/[^/\s]+\/|[\w.-]+@[\w.-]+:)([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/

/** Whatever the user's own settings are, the diff is one that we can read; no program of the repository's makes it. */
const DIFF = [
  '-c',
  'core.quotePath=true',
  '-c',
  'diff.suppressBlankEmpty=false',
  'diff',
  '--unified=0',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--find-renames',
  '--relative',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules',
  '--src-prefix=a/',
  '--dst-prefix=b/',
]

const LIST = ['ls-files', '-z', '--recurse-submodules']
const OBJECTS = ['cat-file', '--batch']

export interface GitOptions {
  /** Asks even where the clone belongs to another user, as in a container job: else every committed file would look produced. */
  anyOwner?: boolean
}

export class LocalGit implements Git {
  private readonly root: string
  private readonly given: readonly string[]
  private readonly remembered = new Map<string, unknown>()

  constructor(root: string, { anyOwner = false }: GitOptions = {}) {
    this.root = root
    this.given = anyOwner ? [...ALWAYS, '-c', 'safe.directory=*'] : ALWAYS
  }

  /**
   * Asks beside other work what an evaluation will want to know, and whether `base` (a full hash) is in the clone at all. Whoever wants
   * an answer before it is there asks for it as always. Resolves when both programs have ended, however they did.
   */
  async ahead(base: string | null): Promise<void> {
    const listing = this.early('tracked', LIST, null, listed)
    const looking = this.early('checked out', OBJECTS, `HEAD\n${base === null ? '' : `${base}\n`}`, (text) => {
      if (base !== null && text.endsWith(`\n${base} missing\n`)) this.remembered.set(`base ${base}`, null)
      return commitIn(text)
    })
    await Promise.all([listing, looking])
  }

  head(): string | null {
    return this.checkedOut()?.commit ?? null
  }

  branch(): string | null {
    return this.once('branch', () => this.ask(['symbolic-ref', '--short', '-q', 'HEAD'])?.trim() || null)
  }

  repository(): string | null {
    return this.once('repository', () => {
      const url = this.ask(['config', '--get', 'remote.origin.url'])?.trim()
      return (url && HOSTED.exec(url)?.[1]) || null
    })
  }

  changed(): string[] | null {
    return this.once('changed', () => {
      const status = this.ask(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no', '--', '.'])
      if (!status) return status === null ? null : []
      // Git writes these from the top of the clone, wherever it is asked.
      const above = this.ask(['rev-parse', '--show-prefix'])?.replace(/\n$/, '').length ?? 0
      return pathsIn(status).map((entry) => entry.slice(3 + above))
    })
  }

  tracked(): ReadonlySet<string> | null {
    return this.once('tracked', () => {
      const list = this.ask(LIST)
      return list === null ? null : listed(list)
    })
  }

  changedAt(path: string): string | null {
    if (this.isShallow()) return null
    const at = this.ask(['log', '-1', '--format=%cI', '--', path])?.trim()
    return at ? new Date(at).toISOString() : null
  }

  hasBranch(name: string): boolean {
    if (!/^[\w][\w./-]{0,200}$/.test(name)) return false
    return ['refs/heads/', 'refs/remotes/origin/', 'refs/remotes/'].some(
      (place) => this.ask(['rev-parse', '--verify', '-q', `${place}${name}^{commit}`]) !== null,
    )
  }

  ancestors(): Ancestry {
    return this.once('ancestors', () => {
      const list = this.ask(['rev-list', `--max-count=${MAX_COMMITS}`, 'HEAD'])
      if (list === null) return { commits: null, problem: null }
      const commits = new Set(list.split('\n').filter((line) => line !== ''))
      const shallow = this.isShallow()
      const cut = shallow
        ? 'the clone is shallow'
        : commits.size === MAX_COMMITS
          ? `only ${MAX_COMMITS} commits were looked at`
          : null
      const problem =
        cut === null
          ? null
          : `${cut}, so which earlier runs lie before this commit is not known${shallow ? ': fetch with fetch-depth: 0' : ''}`
      return { commits, problem }
    })
  }

  show(ref: string, path: string): string | null {
    if (this.ask(['rev-parse', '--verify', '-q', `${ref}^{commit}`]) === null) {
      throw new CertifyError('ref_unreadable', `the ref ${ref} is not in this clone`, {
        hint: 'fetch it: actions/checkout with fetch-depth: 0',
      })
    }
    return this.ask(['cat-file', 'blob', `${ref}:./${path}`])
  }

  defaultBranch(): string | null {
    return this.once('default', () => this.ask(['symbolic-ref', '--short', '-q', 'refs/remotes/origin/HEAD'])?.trim() || null)
  }

  parents(): string[] {
    return this.checkedOut()?.parents ?? []
  }

  mergeBase(ref: string): string | null {
    if (this.remembered.has(`base ${ref}`)) return null
    const base = this.ask(['merge-base', '--end-of-options', ref, 'HEAD'])?.trim() || null
    // Asked only where there is an answer to doubt: mostly a shallow clone has none.
    return base === null || this.isShallow() ? null : base
  }

  diff(base: string, to: 'commit' | 'work_tree'): string | null {
    return this.ask([...DIFF, '--end-of-options', base, ...(to === 'commit' ? ['HEAD'] : []), '--'])
  }

  /** In one call; the parents as the commit names them itself. */
  private checkedOut(): Commit | null {
    return this.once('checked out', () => commitIn(this.ask(OBJECTS, 'HEAD\n') ?? ''))
  }

  private isShallow(): boolean {
    return this.once('shallow', () => this.ask(['rev-parse', '--is-shallow-repository'])?.trim()) === 'true'
  }

  private once<T>(key: string, work: () => T): T {
    if (!this.remembered.has(key)) this.remembered.set(key, work())
    return this.remembered.get(key) as T
  }

  /** What fails is not remembered: it is asked again, and told then. */
  private early<T>(key: string, args: string[], input: string | null, read: (text: string) => T): Promise<void> {
    return new Promise<void>((ended) => {
      const child = execFile('git', [...this.given, ...args], this.options(), (error, text) => {
        if (error === null && !this.remembered.has(key)) this.remembered.set(key, read(text))
        ended()
      })
      child.stdin?.on('error', () => {})
      child.stdin?.end(input ?? '')
    }).catch(() => {})
  }

  private ask(args: string[], input?: string): string | null {
    try {
      return execFileSync('git', [...this.given, ...args], {
        ...this.options(),
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
        ...(input === undefined ? {} : { input }),
      })
    } catch {
      return null
    }
  }

  private options() {
    return {
      cwd: this.root,
      encoding: 'utf8' as const,
      maxBuffer: MAX_OUTPUT,
      timeout: 60_000,
      // What a partial clone lacks is not fetched in secret.
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    }
  }
}

interface Commit {
  commit: string
  parents: string[]
}

/** Of the first object that `cat-file --batch` shows. */
function commitIn(text: string): Commit | null {
  const [first = '', commit, size] = /^([0-9a-f]{40,64}) commit (\d+)\n/.exec(text) ?? []
  if (commit === undefined) return null
  // As many bytes as git says: what it shows of the next object is no part of this one.
  const own = Buffer.from(text)
    .subarray(first.length, first.length + Number(size))
    .toString()
  const header = own.split('\n\n', 1)[0]!.split('\n')
  return { commit, parents: header.flatMap((line) => /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1] ?? []) }
}

function listed(text: string): ReadonlySet<string> {
  return new Set(pathsIn(text))
}

function pathsIn(text: string): string[] {
  return text.split('\0').filter((path) => path !== '')
}
