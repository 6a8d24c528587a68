// Lines and branches of all files of one coverage report, in a few growing typed arrays: flat in memory however large it is.
import type { Ratio } from '../../model/evidence.ts'
import type { BranchHits, Column, LineHits } from '../../model/hits.ts'
import { refusal } from '../problems.ts'
import { Rows } from './rows.ts'

/** Source files of one report: ten times the largest monorepo seen. */
const MAX_FILES = 500_000
const MAX_UINT32 = 0xffffffff

export interface CountedFile {
  path: string
  lines: LineHits | null
  branches: BranchHits | null
  /** Distinct lines; null where the report lists none for the file. */
  lineRatio: Ratio | null
  branchRatio: Ratio | null
}

/**
 * Collects line by line. Several runs for one path (records of several tests, classes of one file) become one file:
 * hits of the same line are added up, branches of the same line are the best that a run saw.
 */
export class CoverageStore {
  private readonly indices = new Map<string, number>()
  private readonly paths: string[] = []
  private readonly lineRows = new Rows(2)
  private readonly branchRows = new Rows(3)

  constructor(private readonly reportPath: string) {}

  /** From here on lines and branches belong to `path`, as the report writes it (backslashes become slashes). */
  begin(path: string): number {
    const name = path.includes('\\') ? path.replaceAll('\\', '/') : path
    let index = this.indices.get(name)
    if (index === undefined) {
      index = this.paths.length
      if (index >= MAX_FILES) throw refusal('too_many', `names more than ${MAX_FILES} source files`, { path: this.reportPath })
      this.indices.set(name, index)
      this.paths.push(name)
    }
    this.lineRows.beginRun(index)
    this.branchRows.beginRun(index)
    return index
  }

  line(line: number, hits: number): void {
    this.lineRows.push(line, Math.min(hits, MAX_UINT32), 0)
  }

  branch(line: number, covered: number, total: number): void {
    this.branchRows.push(line, Math.min(covered, MAX_UINT32), Math.min(total, MAX_UINT32))
  }

  /** Every file in the order first named. */
  finish(): CountedFile[] {
    const lines = this.lineRows.byOwner(this.paths.length, (into, from) => {
      into[0]! = Math.min(MAX_UINT32, into[0]! + from[0]!)
    })
    const branches = this.branchRows.byOwner(this.paths.length, (into, from) => {
      into[0] = Math.max(into[0]!, from[0]!)
      into[1] = Math.max(into[1]!, from[1]!)
    })
    return this.paths.map((path, index) => {
      const hit = lines[index]
      const branch = branches[index]
      return {
        path,
        lines: hit ? { lines: hit[0]!, hits: hit[1]! } : null,
        branches: branch ? { lines: branch[0]!, covered: branch[1]!, total: branch[2]! } : null,
        lineRatio: hit ? { covered: countPositive(hit[1]!), total: hit[1]!.length } : null,
        branchRatio: branch ? { covered: sum(branch[1]!), total: sum(branch[2]!) } : null,
      }
    })
  }
}

function countPositive(values: Column): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (values[i]! > 0) count++
  return count
}

function sum(values: Column): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}
