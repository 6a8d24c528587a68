// A ledger in a folder: the laptop's default. Writers agree on who comes next by creating the next record's file.
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join, resolve } from 'node:path'
import type { LedgerStore, LedgerWrite } from '../../app/ports.ts'
import { GENESIS, HEAD_PATH, type Tip } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { Staged } from './durable.ts'
import { following, lastNamed } from './following.ts'
import { Lock } from './lock.ts'
import { type FileSystem, readFile, readRegular, walkRegular } from './regular.ts'
import { codeOf, failure, unreadableFolder, unwritableFolder } from './trouble.ts'

/** Written before the first record, so that records without a head.json always mean that it was taken away. */
const EMPTY = `{"hash":"${GENESIS}","seq":0,"v":1}`

export interface FolderOptions {
  /** Tests let it fail. */
  io?: FileSystem
  /** When a lock that nobody gives back is taken away. */
  staleMs?: number
}

export class FolderLedger implements LedgerStore {
  readonly place: string
  private readonly root: string
  private readonly io: FileSystem
  private readonly lock: Lock

  /** `shownAs`: the folder as the user named it. Nothing is created before something is written. */
  constructor(folder: string, shownAs: string, options: FolderOptions = {}) {
    this.place = shownAs
    this.root = resolve(folder)
    this.io = options.io ?? fs
    this.lock = new Lock(this.io, this.root, options.staleMs)
  }

  async tip(): Promise<Tip | null> {
    if (!this.isThere()) return null
    let head = this.file(HEAD_PATH)
    if (head === null) {
      if (!this.hasRecords()) return null
      // A first writer may have written both since.
      head = this.file(HEAD_PATH)
      if (head === null) throw this.headless()
    }
    const ahead = await following(head, async (paths) => paths.map((path) => this.file(path)))
    const version = createHash('sha256').update(head)
    for (const bytes of ahead) version.update(bytes)
    return { version: version.digest('hex'), head, ahead }
  }

  /** Files never change but head.json: what is read is at that state or later. */
  async read(_version: string, paths: readonly string[]): Promise<(Uint8Array | null)[]> {
    return paths.map((path) => this.file(path))
  }

  async all(_version: string): Promise<Map<string, Uint8Array>> {
    let path = ''
    try {
      const files = new Map<string, Uint8Array>()
      // Somebody may be writing: the head before the records that it names, these before their objects (`walkRegular`).
      const head = this.file(HEAD_PATH)
      for (path of walkRegular(this.io, this.root))
        files.set(path, path === HEAD_PATH && head !== null ? head : readFile(this.io, join(this.root, path)))
      return files
    } catch (error) {
      throw unreadableFolder(join(this.place, path), error)
    }
  }

  async swap(version: string | null, files: LedgerWrite): Promise<'written' | 'lost' | 'uncertain'> {
    let held = false
    try {
      this.io.mkdirSync(this.root, { recursive: true })
      held = this.lock.take()
      if (!held || ((await this.tip())?.version ?? null) !== version) return 'lost'
      return this.write(version === null, files)
    } catch (error) {
      throw error instanceof CertifyError ? error : unwritableFolder(this.place, error)
    } finally {
      if (held) this.lock.give()
    }
  }

  private write(first: boolean, files: LedgerWrite): 'written' | 'lost' | 'uncertain' {
    const staged = new Staged(this.io, this.root)
    let written = 0
    try {
      // All are on the disk before the first gets its name: a full disk leaves nothing behind.
      const aside = (text: string): string => staged.write(text)
      const objects = [...files.objects].map(([path, text]) => ({ path, text, file: aside(text) }))
      const records = [...files.records].map(([path, text]) => ({ path, text, file: aside(text) }))
      const extras = [...files.extras].map(([path, text]) => ({ path, file: aside(text) }))
      const head = aside(files.head)
      if (first) staged.name(aside(EMPTY), HEAD_PATH, EMPTY)
      for (const { file, path, text } of objects) staged.name(file, path, text)
      for (const { file, path, text } of records) {
        // A later one of ours can be taken only by one who built on the earlier ones: those stand.
        if (!staged.name(file, path, text)) return written === 0 ? 'lost' : 'uncertain'
        written += 1
      }
      // A writer that was overtaken must not turn the head back.
      if ((lastNamed(this.file(HEAD_PATH) ?? Buffer.of()) ?? -1) <= (lastNamed(Buffer.from(files.head)) ?? 0))
        staged.replace(head, HEAD_PATH)
      for (const { file, path } of extras) staged.replace(file, path)
      return 'written'
    } catch (error) {
      if (written === 0) throw error
      return 'uncertain'
    } finally {
      staged.dispose()
    }
  }

  private isThere(): boolean {
    try {
      if (!this.io.statSync(this.root).isDirectory()) throw failure('ENOTDIR')
      return true
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false
      throw unreadableFolder(this.place, error)
    }
  }

  private file(path: string): Uint8Array | null {
    try {
      return readRegular(this.io, this.root, path)
    } catch (error) {
      throw unreadableFolder(join(this.place, path), error)
    }
  }

  private hasRecords(): boolean {
    try {
      const stat = this.io.lstatSync(join(this.root, 'records'))
      if (!stat.isDirectory()) throw failure(stat.isSymbolicLink() ? 'ELOOP' : 'ENOTDIR')
      return walkRegular(this.io, join(this.root, 'records')).length > 0
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false
      throw unreadableFolder(join(this.place, 'records'), error)
    }
  }

  private headless(): CertifyError {
    return new CertifyError('ledger_unreadable', `${this.place} has records but no ${HEAD_PATH}: where they end is not known`, {
      hint: `put ${HEAD_PATH} back from a copy; if there is none, keep this folder as it is and begin a new ledger in another`,
    })
  }
}
