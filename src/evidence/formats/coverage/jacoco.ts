// JaCoCo XML: counters at every level, instructions and branches of each line below source files.
import type { CoverageFacts, FileCoverage, Ratio } from '../../../model/evidence.ts'
import { headlineOf, noticeOf, percentOf } from '../../coverage/facts.ts'
import { settle, unlessEmpty } from '../../coverage/settle.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { earliest, isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'

const CHILDREN = ['package', 'group', 'sessioninfo', 'counter']

/**
 * - Read: `counter` of type LINE, BRANCH, METHOD, INSTRUCTION at the top, or summed from groups and packages where the
 *   report has none; `line` elements (covered where `ci` > 0; branches from `mb`, `cb`); `sessioninfo` for the time
 *   (the earliest dump). Headline: instructions.
 * - Where no line says anything of instructions (gcovr), it is not known which lines ran: only the counters count.
 * - Branches and methods are the counters': without a BRANCH counter there is no branch total, though lines may show some.
 */
export const jacoco: Format<'coverage'> = {
  id: 'jacoco',
  kind: 'coverage',
  title: 'JaCoCo XML',
  producers: ['JaCoCo (Maven, Gradle, Ant, command line)', 'Kover', 'gcovr'],
  discovers: ['**/jacoco.xml', '**/jacocoTestReport.xml', '**/jacoco*.xml'],
  recognises: ({ xmlRoot, xmlNames, text }) =>
    xmlRoot === 'report' && (CHILDREN.some((name) => xmlNames.has(name)) || /<!DOCTYPE\s+report[^>]*JACOCO/.test(text)),
  read: (source, limits) => new Reader(source, limits).read(),
}

type Counters = Map<string, Ratio>

/** An element that has counters: its own, and the sums of those below it, for reports that state none at the top. */
interface Node {
  name: string
  own: Counters
  below: Counters
}

const HOLDERS = new Set(['report', 'group', 'package'])

class Reader implements XmlHandler {
  private readonly store: CoverageStore
  private readonly stack: string[] = []
  private readonly nodes: Node[] = []
  private total: Counters | null = null
  private packageName = ''
  private file = -1
  /** Whether any line speaks of instructions. Else none says whether it ran. */
  private instructions = false
  private readonly fileCounters: Counters[] = []
  private readonly counted: Ratio = { covered: 0, total: 0 }
  private readonly sessions: (string | null)[] = []

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    const { total, counted } = this
    if (!total) throw refusal('wrong_format', 'has no <report> root element', { path })
    const files: FileCoverage[] = this.store.finish().map((file, index) => ({
      path: file.path,
      totals: {
        lines: (this.instructions ? file.lineRatio : null) ?? this.fileCounters[index]?.get('LINE') ?? null,
        branches: unlessEmpty(file.branchRatio ?? this.fileCounters[index]?.get('BRANCH') ?? null),
        functions: unlessEmpty(this.fileCounters[index]?.get('METHOD') ?? null),
        statements: null,
      },
      lines: this.instructions ? file.lines : null,
      branches: file.branches,
    }))
    const declared = total.get('LINE') ?? null
    const listed = unlessEmpty(counted)
    const lines = this.instructions || !listed ? settle(declared, listed) : { ratio: declared, agree: null }
    // Branches and methods are what the counters say: lines alone do not show all of them.
    const branches = unlessEmpty(total.get('BRANCH') ?? null)
    const functions = total.get('METHOD') ?? null
    const facts: CoverageFacts = {
      kind: 'coverage',
      totals: { lines: lines.ratio, branches, functions, statements: null },
      declared: total.size > 0 ? { lines: declared, branches, functions, statements: null } : null,
      headline: headlineOf('instructions', percentOf(total.get('INSTRUCTION') ?? null)),
      files,
    }
    return {
      facts,
      info: { producer: 'JaCoCo', commit: null, createdAt: earliest(this.sessions) },
      problems: noticeOf(lines, 'lines', declared, listed, path),
    }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    if (name === 'line' && this.stack.at(-1) === 'sourcefile') this.line(tag)
    else if (name === 'counter') this.counter(tag)
    else if (name === 'sourcefile') this.file = this.store.begin(`${this.packageName}${tag.text('name') ?? ''}`)
    else if (name === 'package') this.packageName = packagePath(tag.text('name'))
    else if (name === 'sessioninfo') this.sessions.push(isoOfEpoch(tag.text('dump')))
    if (HOLDERS.has(name)) this.nodes.push({ name, own: new Map(), below: new Map() })
    this.stack.push(name)
    return false
  }

  close(name: string): void {
    this.stack.pop()
    if (!HOLDERS.has(name)) return
    const node = this.nodes.pop()!
    const counters = node.own.size > 0 ? node.own : node.below
    const parent = this.nodes.at(-1)
    if (parent) for (const [type, one] of counters) add(parent.below, type, one)
    else if (name === 'report') this.total = counters
  }

  /** mi, ci: missed and covered instructions; mb, cb: branches. A line with any covered instruction is covered. */
  private line(tag: XmlTag): void {
    const line = tag.int('nr')
    if (line === null || line > 0xffffffff) throw tag.fault('a <line> lacks its number, or it is out of range')
    if (tag.has('mi') || tag.has('ci')) this.instructions = true
    const covered = (tag.int('ci') ?? 0) > 0
    const [missedBranches, coveredBranches] = [tag.int('mb') ?? 0, tag.int('cb') ?? 0]
    this.store.line(line, covered ? 1 : 0)
    this.counted.total++
    if (covered) this.counted.covered++
    if (missedBranches + coveredBranches > 0) this.store.branch(line, coveredBranches, missedBranches + coveredBranches)
  }

  private counter(tag: XmlTag): void {
    const type = tag.text('type')
    const [missed, covered] = [tag.int('missed'), tag.int('covered')]
    if (type === null || missed === null || covered === null)
      throw tag.fault('a <counter> lacks its type, missed or covered number')
    const parent = this.stack.at(-1)
    const one = { covered, total: covered + missed }
    if (parent === 'sourcefile') {
      const counters = this.fileCounters[this.file] ?? new Map<string, Ratio>()
      add(counters, type, one)
      this.fileCounters[this.file] = counters
    } else if (parent !== undefined && HOLDERS.has(parent)) add(this.nodes.at(-1)!.own, type, one)
  }
}

function add(into: Counters, type: string, one: Ratio): void {
  const before = into.get(type)
  into.set(type, before ? { covered: before.covered + one.covered, total: before.total + one.total } : one)
}

/** Java writes packages as paths; the default package has no name. */
function packagePath(name: string | null): string {
  return name ? `${name}/` : ''
}
