// Where a ledger can be kept, as the contract's tests need it: opened by many, tampered with, cut off.
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { type Client, createClient } from '../../../src/adapters/github/client.ts'
import { BranchLedger } from '../../../src/adapters/github/ledger-branch.ts'
import { FolderLedger } from '../../../src/adapters/store/folder.ts'
import type { FileSystem } from '../../../src/adapters/store/regular.ts'
import type { LedgerStore } from '../../../src/app/ports.ts'
import { temporaryFolder } from '../clone.ts'
import { GitHub, type GitHubOptions } from '../github/server.ts'
import { MemoryLedger } from './memory.ts'

export interface Place {
  /** As one writer sees it; each call is another writer. */
  open(): Promise<LedgerStore>
  files(): Map<string, Uint8Array>
  /** By hand, past the store; null takes the file away. */
  put(path: string, content: string | Uint8Array | null): void
  /** The next write is done, but its writer does not hear so. */
  loseNextAnswer(): void
  /** From now on it cannot be read. */
  hide(): void
  stop(): Promise<void>
}

export const BRANCH = 'certify-ledger'

export function memoryPlace(): Place {
  const ledger = new MemoryLedger()
  return {
    open: async () => ledger,
    files: () => new Map(ledger.files),
    put: (path, content) =>
      void (content === null ? ledger.files.delete(path) : ledger.files.set(path, Buffer.from(content as string))),
    loseNextAnswer: () => void ledger.next.push('deaf'),
    hide: () => {
      ledger.readable = false
    },
    stop: async () => {},
  }
}

export interface FolderPlace extends Place {
  root: string
  io: FileSystem
}

export function folderPlace(): FolderPlace {
  const root = join(temporaryFolder(), 'ledger')
  const io = { ...fs }
  return {
    root,
    io,
    open: async () => new FolderLedger(root, '.certify/ledger', { io }),
    files: () => readAll(root),
    put: (path, content) => putFile(root, path, content),
    // The record is in its place when the head cannot be written any more.
    loseNextAnswer: () => {
      io.renameSync = () => {
        io.renameSync = fs.renameSync
        throw Object.assign(new Error('EIO'), { code: 'EIO' })
      }
    },
    hide: () => {
      fs.rmSync(root, { recursive: true, force: true })
      fs.writeFileSync(root, 'no folder')
    },
    stop: async () => fs.rmSync(dirname(root), { recursive: true, force: true }),
  }
}

export interface BranchPlace extends Place {
  github: GitHub
}

export async function branchPlace(options: GitHubOptions = {}): Promise<BranchPlace> {
  const github = await GitHub.start({ permissions: { contents: 'write' }, ...options })
  return {
    github,
    open: async () => branchLedger(await clientOf(github)),
    files: () => github.state.git.files(BRANCH),
    put: (path, content) => void github.state.git.push(BRANCH, { [path]: content }),
    loseNextAnswer: () => github.faults.order(/^(PATCH|POST) .*\/git\/refs/, 'reset-after'),
    hide: () => {
      github.state.permissions = {}
    },
    stop: async () => {
      await github.stop()
      if (github.violations.length > 0) throw new Error(github.violations.join('\n'))
    },
  }
}

export function clientOf(github: GitHub, timeoutMs = 20_000): Promise<Client> {
  const env = { GITHUB_API_URL: github.url }
  return createClient({ token: github.token, env, log: { progress: () => {} }, pauseMs: 1, timeoutMs })
}

export function branchLedger(client: Client): BranchLedger {
  return new BranchLedger(client, { owner: 'acme', repo: 'shop', branch: BRANCH })
}

export function putFile(root: string, path: string, content: string | Uint8Array | null): void {
  const file = join(root, path)
  fs.rmSync(file, { force: true })
  if (content === null) return
  fs.mkdirSync(dirname(file), { recursive: true })
  fs.writeFileSync(file, content)
}

function readAll(root: string): Map<string, Uint8Array> {
  const entries = fs.existsSync(root) ? fs.readdirSync(root, { recursive: true, withFileTypes: true }) : []
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((file) => [file.slice(root.length + 1), fs.readFileSync(file)]))
}
