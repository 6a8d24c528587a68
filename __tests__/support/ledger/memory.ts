// A ledger in memory, as honest as the real ones, which does what a test tells it.
import { lastNamed } from '../../../src/adapters/store/following.ts'
import type { LedgerStore, LedgerWrite } from '../../../src/app/ports.ts'
import { HEAD_PATH, recordPath, type Tip } from '../../../src/model/ledger.ts'
import { CertifyError } from '../../../src/model/problem.ts'

export type Outcome = 'written' | 'lost' | 'uncertain'

export class MemoryLedger implements LedgerStore {
  readonly place = 'memory'
  readonly files = new Map<string, Uint8Array>()
  /** What the next swaps do instead: `deaf` writes and says uncertain, `mute` says so without writing. */
  readonly next: ('lost' | 'deaf' | 'mute')[] = []
  /** Called before each swap: somebody else's chance. */
  before: () => void | Promise<void> = () => {}
  readable = true
  swaps = 0

  async tip(): Promise<Tip | null> {
    this.look()
    const head = this.files.get(HEAD_PATH)
    if (head === undefined) return null
    const ahead: Uint8Array[] = []
    for (let seq = (lastNamed(head) ?? Number.NaN) + 1; this.files.has(recordPath(seq)); seq++)
      ahead.push(this.files.get(recordPath(seq))!)
    return { version: this.version()!, head, ahead }
  }

  async read(_version: string, paths: readonly string[]): Promise<(Uint8Array | null)[]> {
    this.look()
    return paths.map((path) => this.files.get(path) ?? null)
  }

  async all(): Promise<Map<string, Uint8Array>> {
    this.look()
    return new Map(this.files)
  }

  async swap(version: string | null, write: LedgerWrite): Promise<Outcome> {
    this.swaps += 1
    await this.before()
    const next = this.next.shift()
    if (next === 'lost') return 'lost'
    if (next === 'mute') return 'uncertain'
    if (version !== this.version() || [...write.records.keys()].some((path) => this.files.has(path))) return 'lost'
    for (const [path, text] of [...write.objects, ...write.records, ...write.extras, [HEAD_PATH, write.head] as const])
      this.files.set(path, Buffer.from(text))
    return next === 'deaf' ? 'uncertain' : 'written'
  }

  private version(): string | null {
    const head = this.files.get(HEAD_PATH)
    return head === undefined ? null : `${Buffer.from(head)} ${this.files.size}`
  }

  private look(): void {
    if (!this.readable) throw new CertifyError('ledger_unreadable', 'memory cannot be read', { hint: 'look again' })
  }
}
