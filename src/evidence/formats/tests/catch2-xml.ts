// Catch2's own XML: test cases with sections and failed expressions in them; version 2 and 3.
import type { TestCase, TestFacts } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { lineOf } from './junit-words.ts'
import { noticeOf, secondsOf, totalsOf } from './test-cases.ts'

/** What stops or fails a test case; an expression fails by its attribute. */
const FAULTS: ReadonlySet<string> = new Set(['Failure', 'Exception', 'FatalErrorCondition'])
/** Faults that are no assertion's. */
const ERRORS: ReadonlySet<string> = new Set(['Exception', 'FatalErrorCondition'])

/**
 * - A test case counts once, whatever its sections, as Catch2 itself counts. Its `OverallResult` says whether it was a success:
 *   if not, it failed, or is an error where an exception or a signal ended it.
 * - A success with a failed assertion in it was allowed to fail (`[!mayfail]`, `[!shouldfail]`): skipped, as is one that
 *   skipped itself. A case with no `OverallResult` is an error, and the run unfinished;
 *   so it is after a signal, which ends the program, and without totals.
 * - `OverallResultsCases` is the tool's own figure; failures only it counts are suite errors.
 * - The suite is the program's name; file and line are those of the first failed assertion, else of the test case.
 */
export const catch2Xml: Format<'tests'> = {
  id: 'catch2-xml',
  kind: 'tests',
  title: 'Catch2 (XML)',
  producers: ['Catch2 (`-r xml`)'],
  discovers: ['**/catch2*.xml', '**/catch*.xml'],
  recognises: ({ xmlRoot }) => xmlRoot === 'Catch' || xmlRoot === 'Catch2TestRun',
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Open {
  test: TestCase
  faulty: boolean
  isError: boolean
  ended: boolean
}

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly cases: TestCase[] = []
  private current: Open | null = null
  private suite = ''
  private producer: string | null = null
  private declared: TestFacts['declared'] = null
  private isCatch = false
  private hasTotals = false
  private unfinished = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    if (!this.isCatch) throw refusal('wrong_format', 'its root is neither <Catch> nor <Catch2TestRun>', { path })
    const { cases, declared } = this
    const totals = totalsOf(cases)
    // Catch2 counts errors among the failures.
    const counted = { ...totals, failed: totals.failed + totals.errors }
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: Math.max(0, (declared?.failed ?? 0) - counted.failed),
      unfinished: this.unfinished || !this.hasTotals || (declared?.total ?? 0) > totals.total,
      cases,
    }
    const info = { producer: this.producer, commit: null, createdAt: null }
    return { facts, info, problems: noticeOf(declared, counted, path) }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    const { current } = this
    if (parent === undefined) this.openRoot(tag)
    else if (name === 'TestCase') this.openCase(tag)
    else if (this.stack.length === 2 && (name === 'OverallResults' || name === 'OverallResultsCases')) this.total(tag)
    else if (!current) return false
    else if (name === 'OverallResult') this.result(tag, current)
    else if (FAULTS.has(name) || (name === 'Expression' && tag.text('success') !== 'true')) return this.fault(tag, current)
    else return current.test.message === null && ((name === 'Expanded' && current.faulty) || name === 'Skip')
    return false
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    if (name === 'TestCase') this.closeCase()
    else if (text?.trim() && this.current) this.current.test.message ??= text.trim()
  }

  private openRoot(tag: XmlTag): void {
    this.isCatch = tag.name === 'Catch' || tag.name === 'Catch2TestRun'
    this.suite = tag.text('name') ?? ''
    const version = tag.text('catch2-version')
    this.producer = version === null ? null : `Catch2 ${version}`
  }

  private openCase(tag: XmlTag): void {
    const test: TestCase = {
      suite: this.suite,
      name: tag.text('name') ?? '',
      classname: null,
      file: fileOf(tag),
      line: lineOf(tag),
      outcome: 'error',
      flaky: false,
      seconds: null,
      message: null,
      trace: null,
    }
    this.cases.push(test)
    this.current = { test, faulty: false, isError: false, ended: false }
  }

  /** Whether its text is wanted: the first one's is. */
  private fault(tag: XmlTag, current: Open): boolean {
    current.isError ||= ERRORS.has(tag.name)
    // A signal ends the program: the cases after it never ran.
    this.unfinished ||= tag.name === 'FatalErrorCondition'
    if (current.faulty) return false
    current.faulty = true
    current.test.file = fileOf(tag) ?? current.test.file
    current.test.line = lineOf(tag) ?? current.test.line
    return tag.name !== 'Expression'
  }

  private result(tag: XmlTag, current: Open): void {
    const { test, faulty, isError } = current
    current.ended = true
    test.seconds = tag.number('durationInSeconds')
    if (tag.text('success') !== 'true') test.outcome = isError ? 'error' : 'failed'
    else test.outcome = faulty || (tag.number('skips') ?? 0) > 0 ? 'skipped' : 'passed'
  }

  private closeCase(): void {
    if (this.current && !this.current.ended) this.unfinished = true
    this.current = null
  }

  private total(tag: XmlTag): void {
    this.hasTotals = true
    if (tag.name !== 'OverallResultsCases') return
    const [passed, failed] = [tag.number('successes'), tag.number('failures')]
    const skipped = (tag.number('expectedFailures') ?? 0) + (tag.number('skips') ?? 0)
    const total = passed === null || failed === null ? null : passed + failed + skipped
    this.declared = { total, failed, errors: null, skipped }
  }
}

function fileOf(tag: XmlTag): string | null {
  return tag.text('filename')?.replaceAll('\\', '/') || null
}
