// OpenCover XML: modules, classes and methods with sequence points and branch points. It counts points, not lines.
import type { FileCoverage, Ratio } from '../../../model/evidence.ts'
import { headlineOf, noticeOf } from '../../coverage/facts.ts'
import { ratio, settle, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'

/**
 * - OpenCover counts sequence points, not lines: they stand for lines. Read: the session's `Summary`, `SequencePoint` and
 *   `BranchPoint` of each method, `File` for the paths. Headline: `sequenceCoverage`. Line facts: the visits of all points
 *   that start in a line; branch points by the line they leave.
 * - Stated and counted points are compared; where they differ the lower share is used. OpenCover counts the entry of each
 *   method as one more branch, coverlet does not: either is agreed with. Modules and methods that were skipped list nothing.
 * - `ModuleTime` is when the assembly was built, and not taken for the report's time.
 */
export const opencover: Format<'coverage'> = {
  id: 'opencover',
  kind: 'coverage',
  title: 'OpenCover XML',
  producers: ['OpenCover', 'coverlet (`opencover`)', 'AltCover'],
  discovers: ['**/coverage.opencover.xml', '**/opencover.xml', '**/OpenCover.xml'],
  recognises: ({ xmlRoot }) => xmlRoot === 'CoverageSession',
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Summary {
  points: Ratio | null
  branches: Ratio | null
  methods: Ratio | null
  percent: number | null
}

class Reader implements XmlHandler {
  private readonly store: CoverageStore
  private readonly stack: string[] = []
  private seenRoot = false
  private version: string | null = null
  private stated: Summary | null = null
  /** Paths of the module's files by their number. */
  private paths = new Map<string, string>()
  private readonly pointsOf: Ratio[] = []
  private readonly points: Ratio = { covered: 0, total: 0 }
  private readonly branches: Ratio = { covered: 0, total: 0 }
  /** Methods that have points. */
  private readonly methods: Ratio = { covered: 0, total: 0 }
  private method = { file: '', points: 0, visited: false, branches: new Map<number, [covered: number, total: number]>() }
  private file = -1

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    if (!this.seenRoot) throw refusal('wrong_format', 'has no <CoverageSession> root element', { path })
    const { stated, points, branches, methods } = this
    const files: FileCoverage[] = this.store.finish().map((file, index) => {
      const own = this.pointsOf[index] ?? null
      return {
        path: file.path,
        totals: { lines: own, branches: unlessEmpty(file.branchRatio), functions: null, statements: own },
        lines: file.lines,
        branches: file.branches,
      }
    })
    const lines = settle(stated?.points ?? null, points)
    const entries = { covered: branches.covered + methods.covered, total: branches.total + methods.total }
    const settled = settle(stated?.branches ?? null, unlessEmpty(branches), entries)
    const functions = unlessEmpty(stated?.methods ?? null) ?? unlessEmpty(methods)
    return {
      facts: {
        kind: 'coverage',
        // Points are no lines, and all that is counted (decision 19).
        totals: { lines: lines.ratio, branches: unlessEmpty(settled.ratio), functions, statements: lines.ratio },
        declared: stated?.points
          ? { lines: stated.points, branches: unlessEmpty(stated.branches), functions, statements: stated.points }
          : null,
        headline: headlineOf('sequence points', stated?.percent ?? null),
        files,
      },
      info: { producer: this.version === null ? null : `OpenCover ${this.version}`, commit: null, createdAt: null },
      problems: noticeOf(lines, 'sequence points', stated?.points ?? null, points, path),
    }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const depth = this.stack.length
    if (depth === 0 && name === 'CoverageSession') {
      this.seenRoot = true
      this.version = tag.text('Version')
    } else if (name === 'Summary' && depth === 1) this.stated = this.summary(tag)
    else if (name === 'Module') this.paths = new Map()
    else if (name === 'File') this.paths.set(tag.text('uid') ?? '', tag.text('fullPath') ?? '')
    else if (name === 'Method') this.method = { file: '', points: 0, visited: false, branches: new Map() }
    else if (name === 'FileRef') this.method.file = tag.text('uid') ?? ''
    else if (name === 'SequencePoint' && this.stack.at(-1) === 'SequencePoints') this.point(tag)
    else if (name === 'BranchPoint' && this.stack.at(-1) === 'BranchPoints') this.branch(tag)
    this.stack.push(name)
    return false
  }

  close(name: string): void {
    this.stack.pop()
    if (name !== 'Method') return
    const { points, visited, branches } = this.method
    if (points > 0) {
      this.methods.total++
      if (visited) this.methods.covered++
    }
    for (const [line, [covered, total]] of branches) this.store.branch(line, covered, total)
  }

  private summary(tag: XmlTag): Summary {
    const pair = (covered: string, total: string): Ratio | null => {
      const [hit, all] = [tag.int(covered), tag.int(total)]
      return hit === null || all === null ? null : ratio(hit, all, total, this.source.path)
    }
    return {
      points: pair('visitedSequencePoints', 'numSequencePoints'),
      branches: pair('visitedBranchPoints', 'numBranchPoints'),
      methods: pair('visitedMethods', 'numMethods'),
      percent: tag.number('sequenceCoverage'),
    }
  }

  private point(tag: XmlTag): void {
    const [line, visits] = this.placeOf(tag)
    this.store.line(line, visits)
    const own = this.pointsOf[this.file] ?? { covered: 0, total: 0 }
    this.pointsOf[this.file] = own
    for (const sum of [own, this.points]) {
      sum.total++
      if (visits > 0) sum.covered++
    }
    this.method.points++
    if (visits > 0) this.method.visited = true
  }

  private branch(tag: XmlTag): void {
    const [line, visits] = this.placeOf(tag)
    const [covered, total] = this.method.branches.get(line) ?? [0, 0]
    this.method.branches.set(line, [covered + (visits > 0 ? 1 : 0), total + 1])
    this.branches.total++
    if (visits > 0) this.branches.covered++
  }

  /** Line and visits of a point; what is stored next belongs to its file. */
  private placeOf(tag: XmlTag): [line: number, visits: number] {
    const [line, visits] = [tag.int('sl'), tag.int('vc')]
    if (line === null || visits === null || line > 0xffffffff)
      throw tag.fault('a point lacks its line (sl) or its visits (vc), or the line is out of range')
    const uid = tag.text('fileid') ?? this.method.file
    const path = this.paths.get(uid) ?? this.paths.get(this.method.file)
    if (path === undefined) throw tag.fault('a point belongs to no file of its module')
    this.file = this.store.begin(path)
    return [line, visits]
  }
}
