// LCOV tracefiles (.info): records of DA, BRDA, FN lines between SF and end_of_record. Read byte by byte: they get large.
import type { CoverageFacts, FileCoverage, Ratio } from '../../../model/evidence.ts'
import { differs, settle, sumOf, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, ReadResult } from '../../format.ts'
import { quote, refusal } from '../../problems.ts'
import { lineBlocks, textAt } from '../../scan/lines.ts'
import { BranchLog } from './lcov-branches.ts'
import { isStated, LcovRecord } from './lcov-record.ts'

const START = /^(?:\s|#[^\n]*\n)*(?:TN:|SF:)/
const NEWLINE = 10
const CR = 13
const COMMA = 44
const COLON = 58
const D = 68
const A = 65
const B = 66
const [DASH, N, T] = [45, 78, 84]

/**
 * - Read: `SF`, `DA`, `BRDA` (with lcov 2's `e` blocks and expressions), `FN`/`FNDA`, `FNL`/`FNA`, `LF`/`LH`, `BRF`/`BRH`,
 *   `FNF`/`FNH`. Comments and unknown keys are passed over. Line facts: hits per line, branches per line.
 * - Several records for one file (one per test name) become one file: hits are added up, a line counts once.
 * - The same branch of a line twice in one record (geninfo, for the instances of a template) counts once.
 * - A record with totals only (`LF`/`LH`, no `DA`) counts as it states. `BRDA` with `-` is a branch not taken.
 * - Refused: a record without `end_of_record` (the file is cut off), a `DA` that is negative or no number, any line that
 *   is no LCOV, more covered than found.
 * - Says nothing of commit, time or tool.
 */
export const lcov: Format<'coverage'> = {
  id: 'lcov',
  kind: 'coverage',
  title: 'LCOV tracefile',
  producers: [
    'lcov',
    'geninfo',
    'Istanbul (nyc, c8, jest, vitest)',
    'coverage.py',
    'cargo llvm-cov',
    'grcov',
    'simplecov-lcov',
    'Flutter',
  ],
  discovers: ['**/lcov.info', '**/*.lcov', '**/*.lcov.info'],
  recognises: (head) => START.test(head.text),
  read(source) {
    return new Reader(source).read()
  },
}

class Reader {
  private readonly store: CoverageStore
  /** The record being read; null: between two. */
  private record: LcovRecord | null = null
  private readonly branches = new BranchLog()
  private line = 1
  private index = 0
  /** Per file, summed over its records. */
  private readonly declaredLines: (Ratio | null)[] = []
  private readonly declaredBranches: (Ratio | null)[] = []
  private readonly functions: (Ratio | null)[] = []
  /** Counted record by record, as the tools that state totals do. */
  private rawLines: Ratio = { covered: 0, total: 0 }
  private rawBranches: Ratio = { covered: 0, total: 0 }

  constructor(private readonly source: ByteSource) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    for (const block of lineBlocks(this.source)) {
      const { bytes, end } = block
      for (let at = 0; at < end; this.line++) {
        if (bytes[at] === D && bytes[at + 1] === A && bytes[at + 2] === COLON) at = this.data(bytes, at, end)
        else if (bytes[at] === B && bytes[at + 3] === A && bytes[at + 4] === COLON) at = this.branch(bytes, at + 5)
        else at = this.record?.passAt(bytes, at) || this.other(bytes, at)
      }
    }
    if (this.record) {
      throw refusal('truncated', 'ends in the middle of a record: its last end_of_record is missing', this.place(this.line - 1))
    }
    return this.result()
  }

  /** Lines DA:line,hits[,checksum], all that follow each other. Returns where the next line starts. */
  private data(bytes: Uint8Array, start: number, end: number): number {
    const { store, rawLines } = this
    let at = start
    for (;;) {
      const from = at + 3
      let line = 0
      let hits = 0
      at = from
      for (let d = bytes[at]! - 48; d >= 0 && d <= 9; d = bytes[++at]! - 48) line = line * 10 + d
      const comma = at
      if (bytes[at] === COMMA) at++
      for (let d = bytes[at]! - 48; d >= 0 && d <= 9; d = bytes[++at]! - 48) hits = hits * 10 + d
      const c = bytes[at]!
      const whole = comma > from && at > comma + 1 && bytes[comma] === COMMA && line <= 0xffffffff
      if (!whole || !(c === NEWLINE || c === CR || c === COMMA)) throw this.malformed(bytes, from - 3)
      if (!this.record) throw this.outside()
      store.line(line, hits)
      rawLines.total++
      if (hits > 0) rawLines.covered++
      while (bytes[at] !== NEWLINE) at++
      at++
      if (at >= end || bytes[at] !== D || bytes[at + 1] !== A || bytes[at + 2] !== COLON) return at
      this.line++
    }
  }

  private other(bytes: Uint8Array, start: number): number {
    const end = bytes.indexOf(NEWLINE, start)
    if (bytes[start] === T && bytes[start + 1] === N && bytes[start + 2] === COLON) return end + 1
    const text = textAt(bytes, start, end)
    const colon = text.indexOf(':')
    const rest = text.slice(colon + 1)
    const key = colon === -1 ? text.trim() : text.slice(0, colon)
    const { record } = this
    if (key === 'SF') this.begin(rest)
    else if (key === 'end_of_record') this.endRecord(this.inside())
    else if (isStated(key)) this.inside().state(key, this.count(rest))
    else if (key === 'FN' || key === 'FNL') record?.foundFunction()
    else if (key === 'FNDA') record?.ranFunction(this.count(rest.split(',', 1)[0]!))
    else if (key === 'FNA') record?.ranFunction(this.count(rest.split(',', 2)[1] ?? ''))
    // TN, VER, MC/DC and comments carry nothing that is measured; anything else is not LCOV at all.
    else if (!/^(?:$|#|[A-Z][A-Z0-9_]{0,9}:)/.test(text.trim())) throw this.malformed(bytes, start)
    return end + 1
  }

  private begin(path: string): void {
    if (this.record) throw refusal('truncated', 'a record begins before the one above it has ended', this.place())
    if (path.trim() === '' || path.includes('\0')) throw refusal('line_malformed', 'names no source file', this.place())
    this.record = new LcovRecord(this.source.path)
    this.branches.reset()
    this.index = this.store.begin(path)
  }

  private inside(): LcovRecord {
    if (!this.record) throw this.outside()
    return this.record
  }

  /** BRDA:line,[e]block,branch,taken: the branch may be an expression with commas (lcov 2); taken `-`: never reached. */
  private branch(bytes: Uint8Array, start: number): number {
    this.inside()
    let at = start
    let line = 0
    for (let d = bytes[at]! - 48; d >= 0 && d <= 9; d = bytes[++at]! - 48) line = line * 10 + d
    const comma = at
    let last = at
    let hash = 0
    let key = 0
    for (; bytes[at] !== NEWLINE; at++) {
      if (bytes[at] === COMMA) {
        last = at
        key = hash & 0x3fffffff
      }
      hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    }
    if (comma === start || bytes[comma] !== COMMA || last === comma || line > 0xffffffff) throw this.malformed(bytes, start - 5)
    const end = bytes[at - 1] === CR ? at - 1 : at
    let times = 0
    if (bytes[last + 1] !== DASH) {
      let i = last + 1
      for (; i < end && bytes[i]! >= 48 && bytes[i]! <= 57; i++) times = times * 10 + bytes[i]! - 48
      if (i === last + 1 || i < end)
        throw refusal('bad_number', `${quote(textAt(bytes, last + 1, end))} is not a count`, this.place())
    }
    this.branches.push(line, key, times > 0)
    return at + 1
  }

  private readonly takeBranches = (line: number, covered: number, total: number): void => this.store.branch(line, covered, total)

  private endRecord(record: LcovRecord): void {
    const { branches } = this
    if (branches.total > 0) branches.eachLine(this.takeBranches)
    this.rawBranches.covered += branches.covered
    this.rawBranches.total += branches.total
    this.add(this.declaredLines, record.statedLines(this.line))
    this.add(this.declaredBranches, record.statedBranches(this.line))
    this.add(this.functions, record.functions(this.line))
    this.record = null
  }

  private add(list: (Ratio | null)[], one: Ratio | null): void {
    const before = list[this.index] ?? null
    list[this.index] = before === null || one === null ? (before ?? one) : sumOf([before, one])
  }

  private result(): ReadResult<'coverage'> {
    const files: FileCoverage[] = this.store.finish().map((file, index) => ({
      path: file.path,
      totals: {
        lines: file.lineRatio ?? this.declaredLines[index] ?? null,
        branches: unlessEmpty(file.branchRatio ?? this.declaredBranches[index] ?? null),
        functions: unlessEmpty(this.functions[index] ?? null),
        statements: null,
      },
      lines: file.lines,
      branches: file.branches,
    }))
    const { path } = this.source
    const declared = sumOf(this.declaredLines)
    const declaredBranches = sumOf(this.declaredBranches)
    // A file measured by several tests has several records: its lines are counted once, the stated totals each time.
    const perFile = sumOf(files.map((file) => file.totals.lines)) ?? { covered: 0, total: 0 }
    const repeated = declared !== null && declared.covered === this.rawLines.covered && declared.total === this.rawLines.total
    const lines = settle(repeated ? null : declared, this.rawLines.total > 0 || !declared ? perFile : this.rawLines)
    const branches = settle(unlessEmpty(declaredBranches), sumOf(files.map((file) => file.totals.branches)), this.rawBranches)
    const facts: CoverageFacts = {
      kind: 'coverage',
      totals: {
        lines: lines.ratio,
        branches: unlessEmpty(branches.ratio),
        functions: sumOf(files.map((f) => f.totals.functions)),
        statements: null,
      },
      declared:
        declared || declaredBranches ? { lines: declared, branches: declaredBranches, functions: null, statements: null } : null,
      headline: null,
      files,
    }
    const problems = []
    if (lines.agree === false && declared && lines.ratio)
      problems.push(differs('lines', declared, this.rawLines, lines.ratio, path))
    return { facts, info: { producer: null, commit: null, createdAt: null }, problems }
  }

  private count(text: string): number {
    if (!/^\s*\d{1,15}\s*$/.test(text)) throw refusal('bad_number', `${quote(text)} is not a count`, this.place())
    return Number(text)
  }

  private malformed(bytes: Uint8Array, start: number) {
    const text = textAt(bytes, start, bytes.indexOf(NEWLINE, start))
    return refusal('line_malformed', `${quote(text)} is not a line of LCOV`, this.place())
  }

  private outside() {
    return refusal('line_malformed', 'a line stands outside any record: its SF line is missing', this.place())
  }

  private place(line = this.line) {
    return { path: this.source.path, line }
  }
}
