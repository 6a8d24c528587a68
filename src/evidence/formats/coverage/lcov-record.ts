// One record of an LCOV tracefile beside its lines: what it states of itself, its branches and its functions.
import type { Ratio } from '../../../model/evidence.ts'
import { ratio } from '../../coverage/settle.ts'

/** Keys of stated totals: found and hit lines, branches, functions. */
export const STATED: ReadonlySet<string> = new Set(['LF', 'LH', 'BRF', 'BRH', 'FNF', 'FNH'])

export class LcovRecord {
  private readonly stated = new Map<string, number>()
  private functionsFound = 0
  private functionsHit = 0
  /** By line. */
  readonly branches = new Map<number, Ratio>()

  constructor(private readonly reportPath: string) {}

  state(key: string, count: number): void {
    this.stated.set(key, count)
  }

  branch(line: number, taken: boolean): void {
    const seen = this.branches.get(line)
    const entry = seen ?? { covered: 0, total: 0 }
    entry.total++
    if (taken) entry.covered++
    if (!seen) this.branches.set(line, entry)
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
