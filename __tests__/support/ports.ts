// Every port in memory: a folder of strings, a clock that stands still, a log that remembers.
import picomatch from 'picomatch'
import { type Invocation, STANDARD } from '../../src/app/invocation.ts'
import type { Files, FoundFile, Ledger, LedgerStore, Ports } from '../../src/app/ports.ts'
import type { ChangeState, ProducerState } from '../../src/model/judgement.ts'

export const NOW = new Date('2026-11-22T12:00:00Z')
export const COMMIT = 'a'.repeat(40)

export class MemoryFiles implements Files {
  readonly written = new Map<string, string>()

  constructor(
    readonly content: Map<string, string | Uint8Array>,
    private readonly tracked: ReadonlySet<string> = new Set(),
  ) {}

  find(globs: string[], limit: number) {
    const matches = globs.map((glob) => picomatch(glob, { dot: true }))
    const paths = [...this.content.keys()].filter((path) => matches.some((m) => m(path))).sort()
    return { files: paths.slice(0, limit).map((path) => this.file(path)), unusable: [] }
  }

  readText(path: string): string | null {
    const content = this.content.get(path)
    return content === undefined ? null : typeof content === 'string' ? content : new TextDecoder().decode(content)
  }

  textOf(path: string): string | null {
    return this.readText(path)
  }

  writeNew(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
    for (const [path, bytes] of files) this.written.set(`${folder}/${path}`, new TextDecoder().decode(bytes))
  }

  exists(path: string): boolean {
    return this.content.has(path)
  }

  open(path: string): FoundFile | null {
    return this.content.has(path) ? this.file(path) : null
  }

  write(path: string, content: string): void {
    this.written.set(path, content)
  }

  private file(path: string): FoundFile {
    const content = this.content.get(path)!
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    return {
      path,
      origin: { type: 'workspace' },
      size: bytes.length,
      modifiedAt: NOW.toISOString(),
      tracked: this.tracked.has(path),
      chunks: () => (bytes.length === 0 ? [] : [bytes]),
    }
  }
}

export interface World extends Ports {
  files: MemoryFiles
  logged: string[]
}

/** A ledger in that store, which the run may add to; null: none is kept. Ids count up, time does not pass. */
export function ledgerOf(store: LedgerStore | null, change: Partial<Ledger> = {}): Ledger {
  let ids = 0
  return {
    open: async () => store,
    mode: () => 'append',
    unverified: false,
    actor: null,
    newId: () => (++ids).toString(16).padStart(32, '0'),
    append: { sleep: async () => {}, random: () => 0, elapsed: () => 0 },
    leftovers: async () => [],
    leaveBehind: async () => 'certify-ledger-left',
    ...change,
  }
}

/** A laptop with these files; a policy among them decides. */
export function world(files: Record<string, string | Uint8Array>, change: Partial<Ports> & { tracked?: string[] } = {}): World {
  const memory = new MemoryFiles(new Map(Object.entries(files)), new Set(change.tracked))
  const logged: string[] = []
  const line = (text: string): void => void logged.push(text)
  const state: ChangeState = { draft: false, conflict: false, changed: [] }
  const producers: ProducerState[] = []
  return {
    clock: { kind: 'fixed', now: () => NOW },
    log: { info: line, warn: line, error: line, progress: line, mask: () => {} },
    git: {
      head: () => COMMIT,
      branch: () => 'main',
      repository: () => 'acme/shop',
      changed: () => [],
      tracked: () => new Set([...(change.tracked ?? []), 'README.md']),
      changedAt: () => NOW.toISOString(),
      hasBranch: () => false,
      ancestors: () => ({ commits: null, problem: null }),
      show: () => null,
      defaultBranch: () => 'main',
      parents: () => [],
      mergeBase: () => null,
      diff: () => null,
    },
    artifacts: null,
    artifactRun: null,
    policy: {
      trusted: async (path) => ({ text: memory.readText(path), source: path }),
      head: async () => null,
      remote: async () => {
        throw new Error('nothing is fetched in this test')
      },
    },
    change: {
      state: async () => state,
      producers: async () => producers,
      ancestors: async () => ({ commits: null, problem: null }),
      diff: async () => null,
    },
    subject: {
      repository: 'acme/shop',
      commit: COMMIT,
      tested: null,
      ref: 'main',
      event: 'local',
      pullRequest: null,
      run: null,
      attempt: null,
    },
    branch: { name: 'main', isDefault: true },
    publishers: [],
    ledger: ledgerOf(null),
    reviews: null,
    setup: async () => null,
    attestor: async () => null,
    signatures: async () => ({
      check: async () => ({ state: 'unchecked', message: 'there is no root to trust' }),
    }),
    env: {},
    inAction: false,
    ...change,
    files: memory,
    logged,
  }
}

export function invocation(change: Partial<Invocation> = {}): Invocation {
  return { ...STANDARD, command: 'evaluate', colour: false, width: 100, ...change }
}
