// Keeps writers of one folder from working in vain. Only that: what makes them safe is that a record's name is given once.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { FileSystem } from './regular.ts'
import { codeOf } from './trouble.ts'

/** Nobody holds it for so long; who does has ended without giving it back. */
const STALE_MS = 5000

export class Lock {
  private readonly file: string
  private readonly token = randomUUID()
  /** The lock of somebody else as it was first seen. Its age is told by our own clock: another machine's may be wrong. */
  private seen: { id: string; at: number } | null = null

  constructor(
    private readonly io: FileSystem,
    root: string,
    private readonly staleMs = STALE_MS,
  ) {
    this.file = join(root, '.lock')
  }

  /** False: somebody else is writing. Throws where no file can be made. */
  take(): boolean {
    try {
      this.io.writeFileSync(this.file, this.token, { flag: 'wx' })
      this.seen = null
      return true
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    if (!this.stale()) return false
    this.remove()
    this.seen = null
    return false // Whoever comes first takes it.
  }

  give(): void {
    try {
      if (this.io.readFileSync(this.file, 'utf8') === this.token) this.remove()
    } catch {
      // It was taken for a stale one.
    }
  }

  private stale(): boolean {
    const now = performance.now()
    let id: string
    try {
      const { ino, mtimeMs } = this.io.lstatSync(this.file)
      id = `${ino} ${mtimeMs}`
    } catch {
      return false
    }
    if (this.seen?.id !== id) this.seen = { id, at: now }
    return now - this.seen.at >= this.staleMs
  }

  private remove(): void {
    this.io.rmSync(this.file, { force: true })
  }
}
