// What one LCOV record states and counts of its functions, lines and branches.
import type { Ratio } from '../../../model/evidence.ts'
import { ratio } from '../../coverage/settle.ts'

/** Keys of stated totals: found and hit lines, branches, functions. */
const KEYS = ['LF', 'LH', 'BRF', 'BRH', 'FNF', 'FNH'] as const
type StatedKey = (typeof KEYS)[number]

const [NEWLINE, COMMA, COLON, A] = [10, 44, 58, 65]

/** By the bytes of the key, one after another. */
const BY_BYTES: ReadonlyMap<number, StatedKey> = new Map(KEYS.map((key) => [codeOf(key), key]))
const [FN, FNDA] = [codeOf('FN'), codeOf('FNDA')]

function codeOf(key: string): number {
  return [...key].reduce((code, character) => (code << 8) | character.charCodeAt(0), 0)
}

export function isStated(key: string): key is StatedKey {
  return (KEYS as readonly string[]).includes(key)
}

export class LcovRecord {
  private readonly stated: Partial<Record<StatedKey, number>> = {}
  private functionsFound = 0
  private functionsHit = 0

  constructor(private readonly reportPath: string) {}

  state(key: StatedKey, count: number): void {
    this.stated[key] = count
  }

  /** A stated total or a function as all tools write it, without a text made of it: where the next line starts. 0: it is none. */
  passAt(bytes: Uint8Array, start: number): number {
    let at = start
    let code = 0
    for (; bytes[at]! >= A && at < start + 4; at++) code = (code << 8) | bytes[at]!
    if (bytes[at] !== COLON) return 0
    const from = ++at
    if (code === FN) {
      this.foundFunction()
      return bytes.indexOf(NEWLINE, at) + 1
    }
    const key = BY_BYTES.get(code)
    if (key === undefined && code !== FNDA) return 0
    let count = 0
    for (; bytes[at]! >= 48 && bytes[at]! <= 57; at++) count = count * 10 + bytes[at]! - 48
    if (at === from || at > from + 15 || bytes[at] !== (key === undefined ? COMMA : NEWLINE)) return 0
    if (key === undefined) {
      this.ranFunction(count)
      return bytes.indexOf(NEWLINE, at) + 1
    }
    this.stated[key] = count
    return at + 1
  }

  /** FN: a function is there; FNDA: how often it ran. */
  foundFunction(): void {
    this.functionsFound++
  }

  ranFunction(times: number): void {
    if (times > 0) this.functionsHit++
  }

  statedLines(line: number): Ratio | null {
    return this.pair('LF', 'LH', 'lines', line)
  }

  statedBranches(line: number): Ratio | null {
    return this.pair('BRF', 'BRH', 'branches', line)
  }

  functions(line: number): Ratio | null {
    const counted = { covered: Math.min(this.functionsHit, this.functionsFound), total: this.functionsFound }
    return this.pair('FNF', 'FNH', 'functions', line) ?? (counted.total > 0 ? counted : null)
  }

  /** Throws `impossible_total`, placed at the record's end. */
  private pair(found: StatedKey, hit: StatedKey, what: string, line: number): Ratio | null {
    const [total, covered] = [this.stated[found], this.stated[hit]]
    return total === undefined || covered === undefined ? null : ratio(covered, total, what, this.reportPath, line)
  }
}
