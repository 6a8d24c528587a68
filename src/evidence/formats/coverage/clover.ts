// Clover XML: metrics of project and files, lines of statements, conditions and methods. Clover counts statements, not lines.
import type { CoverageFacts, FileCoverage, Ratio } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import { headlineOf, percentOf } from '../../coverage/facts.ts'
import { differs, ratio, sumOf, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'

/**
 * - Clover counts statements, not lines: they stand for lines. Read: `metrics` of `project`, of each `file`; `line` of type
 *   `stmt`, `cond`, `method`; `generated`; headline: elements. `testproject` is the tests' own code: it does not count, and how much it is is said.
 * - The stated statements count, not the listed ones: several statements may share a line. Only where the listed lines
 *   show more missed statements than the totals admit are they used instead. Either way a difference is said, and that Istanbul lists some statements as conditions.
 * - `truecount` and `falsecount` of a condition are times in Clover, paths in Istanbul (there the line has a `count` too,
 *   and stands for a statement).
 */
export const clover: Format<'coverage'> = {
  id: 'clover',
  kind: 'coverage',
  title: 'Clover XML',
  producers: ['OpenClover', 'Istanbul', 'PHPUnit'],
  discovers: ['**/clover.xml'],
  recognises: ({ xmlRoot, xmlNames }) =>
    xmlRoot === 'coverage' && (xmlNames.has('project') || xmlNames.has('clover')) && !xmlNames.has('packages'),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Metrics {
  statements: Ratio | null
  branches: Ratio | null
  functions: Ratio | null
  elements: Ratio | null
}

class Reader implements XmlHandler {
  private readonly store: CoverageStore
  private readonly stack: string[] = []
  private seenRoot = false
  private producer: string | null = null
  private createdAt: string | null = null
  /** Of each <project>; test projects are the tests' own code and do not count. */
  private readonly projects: Metrics[] = []
  private readonly files: (Metrics | undefined)[] = []
  private file = -1
  private readonly counted: Metrics & Record<'statements' | 'branches' | 'functions', Ratio> = {
    statements: { covered: 0, total: 0 },
    branches: { covered: 0, total: 0 },
    functions: { covered: 0, total: 0 },
    elements: null,
  }

  /** Statements that are listed as conditions alone, as Istanbul does. */
  private asConditions = 0
  /** Statements of test projects: as their metrics state them, and as they are listed. */
  private readonly ofTests: { stated: number | null; listed: number } = { stated: null, listed: 0 }

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    if (!this.seenRoot) throw refusal('wrong_format', 'has no <coverage> root element', { path })
    const files: FileCoverage[] = this.store.finish().map((file, index) => {
      const metrics = this.files[index]
      const statements = metrics?.statements ?? file.lineRatio
      return {
        path: file.path,
        totals: {
          lines: statements,
          branches: unlessEmpty(metrics?.branches ?? file.branchRatio),
          functions: unlessEmpty(metrics?.functions ?? null),
          statements,
        },
        lines: file.lines,
        branches: file.branches,
      }
    })
    const declared = sumOf(this.projects.map((project) => project.statements))
    const statements = this.settled(declared)
    const branches = unlessEmpty(sumOf(this.projects.map((project) => project.branches)) ?? this.counted.branches)
    const functions = unlessEmpty(sumOf(this.projects.map((project) => project.functions)) ?? this.counted.functions)
    const facts: CoverageFacts = {
      kind: 'coverage',
      // Clover has no line totals: statements stand for them (decision 19).
      totals: { lines: statements, branches, functions, statements },
      declared: declared ? { lines: declared, branches, functions, statements: declared } : null,
      headline: headlineOf('elements', percentOf(sumOf(this.projects.map((project) => project.elements)))),
      files,
    }
    const differing = declared && statements ? this.notices(declared, statements) : []
    const problems = [...differing, ...this.leftOut()]
    return { facts, info: { producer: this.producer, commit: null, createdAt: this.createdAt }, problems }
  }

  private leftOut(): Problem[] {
    const statements = this.ofTests.stated ?? this.ofTests.listed
    if (statements === 0) return []
    const some = statements === 1 ? '1 statement' : `${statements} statements`
    return [problem('left_out', `${some} of testproject left out: the tests' own code`, { path: this.source.path })]
  }

  private notices(declared: Ratio, used: Ratio): Problem[] {
    const { path } = this.source
    const counted = this.counted.statements
    if (declared.covered !== counted.covered || declared.total !== counted.total)
      return [differs('statements', declared, counted, used, path)]
    if (this.asConditions === 0) return []
    const message = `the report states ${declared.covered} of ${declared.total} statements and lists ${this.asConditions} of them as conditions: all of them count`
    return [problem('declared_recount_differ', message, { path })]
  }

  /**
   * What the metrics state, since several statements may share one line. Lines that show more missed statements than the
   * metrics admit refute them.
   */
  private settled(declared: Ratio | null): Ratio | null {
    const counted = this.counted.statements
    if (!declared) return counted
    return counted.total - counted.covered > declared.total - declared.covered ? counted : declared
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    if (parent === undefined && name === 'coverage') {
      this.seenRoot = true
      const version = tag.text('clover')
      this.producer = version === null ? null : `Clover ${version}`
      this.createdAt = isoOfEpoch(tag.text('generated'))
    }
    if (this.stack[1] === 'project') {
      if (name === 'file') this.file = this.store.begin(tag.text('path') ?? tag.text('name') ?? '')
      else if (name === 'line' && parent === 'file') this.line(tag)
      else if (name === 'metrics' && parent === 'file') this.files[this.file] = this.metrics(tag)
      else if (name === 'metrics' && this.stack.length === 2) this.projects.push(this.metrics(tag))
    } else if (this.stack[1] === 'testproject') {
      const stated = name === 'metrics' && this.stack.length === 2 ? tag.int('statements') : null
      if (stated !== null) this.ofTests.stated = (this.ofTests.stated ?? 0) + stated
      if (name === 'line' && parent === 'file' && tag.text('type') === 'stmt') this.ofTests.listed++
    }
    this.stack.push(name)
    return false
  }

  close(): void {
    this.stack.pop()
  }

  private metrics(tag: XmlTag): Metrics {
    const pair = (covered: string, total: string): Ratio | null => {
      const [hit, all] = [tag.int(covered), tag.int(total)]
      return hit === null || all === null ? null : ratio(hit, all, total, this.source.path)
    }
    return {
      statements: pair('coveredstatements', 'statements'),
      branches: pair('coveredconditionals', 'conditionals'),
      functions: pair('coveredmethods', 'methods'),
      elements: pair('coveredelements', 'elements'),
    }
  }

  private line(tag: XmlTag): void {
    const line = tag.int('num')
    if (line === null || line > 0xffffffff) throw tag.fault('a <line> lacks its number, or it is out of range')
    const type = tag.text('type')
    if (type === 'cond') {
      this.condition(tag, line)
      return
    }
    const hits = tag.int('count')
    if (hits === null) throw tag.fault('a <line> lacks its count')
    const sum = type === 'method' ? this.counted.functions : this.counted.statements
    sum.total++
    if (hits > 0) sum.covered++
    if (type !== 'method') this.store.line(line, hits)
  }

  /**
   * Clover: how often the condition was true, how often false. Istanbul, which adds the count of the statement that it
   * stands for: how many paths were taken, how many not.
   */
  private condition(tag: XmlTag, line: number): void {
    const [yes, no, count] = [tag.int('truecount') ?? 0, tag.int('falsecount') ?? 0, tag.int('count')]
    const [covered, total] = count === null ? [[yes, no].filter((times) => times > 0).length, 2] : [yes, yes + no]
    this.counted.branches.covered += covered
    this.counted.branches.total += total
    if (total > 0) this.store.branch(line, covered, total)
    this.store.line(line, count ?? Math.max(yes, no))
    if (count === null) return
    this.asConditions++
    this.counted.statements.total++
    if (count > 0) this.counted.statements.covered++
  }
}
