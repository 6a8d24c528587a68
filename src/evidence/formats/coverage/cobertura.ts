// Cobertura XML: packages, classes and lines, as many tools write it with many liberties.
import type { CoverageFacts, Ratio } from '../../../model/evidence.ts'
import { countedFiles, headlineOf, noticeOf } from '../../coverage/facts.ts'
import { ratio, settle, sumOf, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem, refusal } from '../../problems.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { COVERED, HITS, LINE, LineLog, TOTAL } from './cobertura-lines.ts'

/**
 * - Read: `lines-covered`/`lines-valid`, `branches-*`, `line-rate` (headline), `timestamp`; per class its lines; the lines
 *   of its methods only where the class lists none (Swift, some Istanbul versions). `condition-coverage="50% (1/2)"`.
 * - Lines count once per file and line. A stated total that equals the sum over classes is agreed with (C# partial classes,
 *   several source roots). Branches are as stated where those of the lines may be some of them, as many tools list not all.
 *   `NaN` is "not stated".
 * - Refused: negative or non-numeric counts, a `<line>` without number or hits, more covered than valid.
 */
export const cobertura: Format<'coverage'> = {
  id: 'cobertura',
  kind: 'coverage',
  title: 'Cobertura XML',
  producers: [
    'coverage.py',
    'Istanbul',
    'coverlet',
    'dotnet-coverage',
    'gcovr',
    'simplecov-cobertura',
    'cargo tarpaulin',
    'PHPUnit',
    'MATLAB',
  ],
  discovers: [
    '**/coverage.xml',
    '**/cobertura.xml',
    '**/cobertura-coverage.xml',
    '**/coverage.cobertura.xml',
    '**/*.cobertura.xml',
  ],
  recognises: ({ xmlRoot, xmlNames }) =>
    xmlRoot === 'coverage' &&
    (xmlNames.has('line-rate') || xmlNames.has('packages') || xmlNames.has('lines-valid')) &&
    !xmlNames.has('project'),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader implements XmlHandler {
  private readonly store: CoverageStore
  private readonly stack: string[] = []
  private root: { lines: Ratio | null; branches: Ratio | null; percent: number | null; createdAt: string | null } | null = null
  /** Lines of the class being read, by where they stand: those of methods count only where the class lists none itself. */
  private readonly ofClass = new LineLog()
  private readonly ofMethods = new LineLog()
  /** Counted class by class, as most tools make their totals: a line of two classes counts twice. */
  private raw: Ratio = { covered: 0, total: 0 }
  private rawBranches: Ratio = { covered: 0, total: 0 }

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    const { root } = this
    if (!root) throw refusal('wrong_format', 'has no <coverage> root element', { path })
    const files = countedFiles(this.store)
    const counted = sumOf(files.map((file) => file.totals.lines)) ?? { covered: 0, total: 0 }
    const countedBranches = sumOf(files.map((file) => file.totals.branches))
    const lines = settle(root.lines, counted, this.raw)
    const branches = someOf(countedBranches, root.branches)
      ? { ratio: root.branches }
      : settle(root.branches, countedBranches, unlessEmpty(this.rawBranches))
    const stated = root.lines !== null || root.branches !== null
    const facts: CoverageFacts = {
      kind: 'coverage',
      totals: { lines: lines.ratio, branches: unlessEmpty(branches.ratio), functions: null, statements: null },
      declared: stated ? { lines: root.lines, branches: root.branches, functions: null, statements: null } : null,
      headline: headlineOf('line-rate', root.percent),
      files,
    }
    const problems = noticeOf(lines, 'lines', root.lines, counted, path)
    if (counted.total === 0 && lines.agree === true) problems.push(problem('nothing_measured', 'lists no line', { path }))
    return { facts, info: { producer: null, commit: null, createdAt: root.createdAt }, problems }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    if (name === 'line') this.line(tag)
    else if (name === 'class') {
      this.ofClass.clear()
      this.ofMethods.clear()
      this.store.begin(tag.text('filename') ?? tag.text('name') ?? '')
    } else if (name === 'coverage' && this.stack.length === 0) this.root = this.rootOf(tag)
    this.stack.push(name)
    return false
  }

  close(name: string): void {
    this.stack.pop()
    if (name === 'class') this.endClass()
  }

  private rootOf(tag: XmlTag) {
    const { path } = this.source
    const pair = (covered: string, total: string, what: string): Ratio | null => {
      // MATLAB and others write NaN where there is nothing to count.
      const [hit, all] = [covered, total].map((name) =>
        tag.text(name)?.trim().toLowerCase() === 'nan' ? null : tag.int(name),
      ) as [number | null, number | null]
      return hit === null || all === null ? null : ratio(hit, all, what, path)
    }
    const rate = tag.number('line-rate')
    return {
      lines: pair('lines-covered', 'lines-valid', 'lines'),
      branches: unlessEmpty(pair('branches-covered', 'branches-valid', 'branches')),
      percent: rate === null ? null : rate * 100,
      createdAt: isoOfEpoch(tag.text('timestamp')),
    }
  }

  private line(tag: XmlTag): void {
    const { stack } = this
    // <class><lines><line>, or <class><methods><method><lines><line>.
    const list = stack.at(-2) === 'class' ? this.ofClass : stack.at(-2) === 'method' ? this.ofMethods : null
    if (!list || stack.at(-1) !== 'lines') return
    const line = tag.int('number')
    const hits = tag.int('hits')
    if (line === null || hits === null) throw tag.fault('a <line> lacks its number or hits')
    if (line > 0xffffffff) throw tag.fault('a line number is out of range', 'bad_number')
    list.push(line, hits)
    const conditions =
      tag.has('condition-coverage') && tag.text('branch')?.toLowerCase() !== 'false' ? tag.text('condition-coverage') : null
    if (conditions !== null) this.conditions(conditions, list, tag)
  }

  /** `50% (1/2)`; a bare percentage tells no number of branches. */
  private conditions(text: string, list: LineLog, tag: XmlTag): void {
    const found = /\((\d{1,9})\/(\d{1,9})\)/.exec(text)
    if (!found) return
    const [covered, total] = [Number(found[1]), Number(found[2])]
    if (covered > total) throw tag.fault(`more branches covered than there are: ${text.slice(0, 40)}`, 'impossible_total')
    list.branches(covered, total)
  }

  private endClass(): void {
    const { store, raw, rawBranches } = this
    const list = this.ofClass.length > 0 ? this.ofClass : this.ofMethods
    for (let at = 0; at < list.length; at++) {
      const line = list.of(at, LINE)
      const hits = list.of(at, HITS)
      const total = list.of(at, TOTAL)
      store.line(line, hits)
      raw.total++
      if (hits > 0) raw.covered++
      if (total === 0) continue
      const covered = list.of(at, COVERED)
      store.branch(line, covered, total)
      rawBranches.covered += covered
      rawBranches.total += total
    }
    this.ofClass.clear()
    this.ofMethods.clear()
  }
}

/** Whether the listed branches fit into the stated ones: no more of them taken, and no more missed. */
function someOf(listed: Ratio | null, stated: Ratio | null): boolean {
  return (
    listed !== null &&
    stated !== null &&
    listed.covered <= stated.covered &&
    listed.total - listed.covered <= stated.total - stated.covered
  )
}
