// One record of an LCOV tracefile beside its lines: what it states of itself, its branches and its functions.
import type { Ratio } from '../../../model/evidence.ts'
import { ratio } from '../../coverage/settle.ts'

/** Keys of stated totals: found and hit lines, branches, functions. */
export const STATED: ReadonlySet<string> = new Set(['LF', 'LH', 'BRF', 'BRH', 'FNF', 'FNH'])

interface LineBranches extends Ratio {
  /** Key of the one listed first. */
  first: number
}

/** The branches of one record as they came, in one buffer for all records. */
export class BranchLog {
  length = 0
  private rows = new Uint32Array(3 * 256)

  push(line: number, key: number, taken: boolean): void {
    const at = 3 * this.length++
    if (at === this.rows.length) {
      const more = new Uint32Array(2 * at)
      more.set(this.rows)
      this.rows = more
    }
    this.rows[at] = line
    this.rows[at + 1] = key
    this.rows[at + 2] = taken ? 1 : 0
  }

  /** By line; the same branch counts once, and is taken where it ever was. */
  distinct(): Map<number, Ratio> {
    const byLine = new Map<number, Map<number, boolean>>()
    for (let at = 0; at < 3 * this.length; at += 3) {
      const [line, key, taken] = [this.rows[at]!, this.rows[at + 1]!, this.rows[at + 2] === 1]
      const branches = byLine.get(line) ?? new Map<number, boolean>()
      byLine.set(line, branches.set(key, taken || branches.get(key) === true))
    }
    return new Map([...byLine].map(([line, branches]) => [line, ratioOf(branches)]))
  }
}

function ratioOf(branches: ReadonlyMap<number, boolean>): Ratio {
  return { covered: [...branches.values()].filter((taken) => taken).length, total: branches.size }
}

export class LcovRecord {
  private readonly stated = new Map<string, number>()
  private functionsFound = 0
  private functionsHit = 0
  /** By line, as listed. */
  readonly listed = new Map<number, LineBranches>()
  private readonly branches: BranchLog
  private repeated = false

  constructor(
    private readonly reportPath: string,
    log: BranchLog,
  ) {
    this.branches = log
    log.length = 0
  }

  state(key: string, count: number): void {
    this.stated.set(key, count)
  }

  /** `key` stands for block and branch. */
  branch(line: number, key: number, taken: boolean): void {
    this.branches.push(line, key, taken)
    const seen = this.listed.get(line)
    if (!seen) this.listed.set(line, { covered: taken ? 1 : 0, total: 1, first: key })
    else {
      if (seen.first === key) this.repeated = true
      seen.total++
      if (taken) seen.covered++
    }
  }

  /** By line, each branch once: geninfo lists those of a template for each of its instances, the first one first. */
  distinct(): ReadonlyMap<number, Ratio> {
    return this.repeated ? this.branches.distinct() : this.listed
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
  private pair(found: string, hit: string, what: string, line: number): Ratio | null {
    const [total, covered] = [this.stated.get(found), this.stated.get(hit)]
    return total === undefined || covered === undefined ? null : ratio(covered, total, what, this.reportPath, line)
  }
}
