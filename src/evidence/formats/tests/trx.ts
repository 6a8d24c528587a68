// TRX: what `dotnet test --logger trx` and Visual Studio write. Results come first, the tests' classes after them.
import type { TestCase, TestFacts } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { noticeOf, secondsOf, totalsOf } from './test-cases.ts'
import { ABORTED, assemblyOf, BAD_RUN, outcomeOf, placeIn, secondsOfSpan } from './trx-words.ts'

/**
 * - Passed and Warning pass. Failed, Timeout, Aborted are failed; Error, Disconnected, PassedButRunAborted, an absent or
 *   unknown outcome are errors; NotExecuted, NotRunnable, Inconclusive, Pending, InProgress, Completed are skipped.
 * - Rows of a data-driven test are counted, not their frame, unless only the frame failed.
 * - A run that was aborted, or that says Failed or Error with no failed result, has a suite error; Aborted, Timeout and
 *   InProgress are unfinished.
 * - Class and assembly come from the definitions; file and line from the first frame of the stack trace that has them.
 * - vstest leaves `notExecuted` at 0: skipped is total less executed.
 */
export const trx: Format<'tests'> = {
  id: 'trx',
  kind: 'tests',
  title: 'TRX (Visual Studio test results)',
  producers: ['`dotnet test --logger trx`', 'vstest', 'Visual Studio (MSTest, NUnit, xUnit)'],
  discovers: ['**/*.trx'],
  recognises: ({ xmlRoot }) => xmlRoot === 'TestRun',
  read: (source, limits) => new Reader(source, limits).read(),
}

/** A result element; one that holds inner results (data rows, ordered tests) stands for them. */
interface Open {
  test: TestCase
  testId: string
  inner: TestCase[]
}

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly open_: Open[] = []
  private readonly cases: TestCase[] = []
  private readonly byTestId = new Map<string, TestCase[]>()
  private definition: { id: string; storage: string } | null = null
  private seenRoot = false
  private createdAt: string | null = null
  private summary: string | null = null
  private runErrors = 0
  private declared: TestFacts['declared'] = null

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    if (!this.seenRoot) throw refusal('wrong_format', 'has no <TestRun> root element', { path })
    const { cases, declared } = this
    const totals = totalsOf(cases)
    const bad = totals.failed + totals.errors
    const summary = this.summary ?? ''
    // Adapters repeat each failed test as a run error; with none failed, they and a bad summary tell of the run itself.
    const ofRun =
      bad > 0 ? 0 : Math.max(this.runErrors, (declared?.failed ?? 0) + (declared?.errors ?? 0), BAD_RUN.has(summary) ? 1 : 0)
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: ofRun,
      unfinished: ABORTED.has(summary),
      cases,
    }
    return {
      facts,
      info: { producer: null, commit: null, createdAt: this.createdAt },
      problems: noticeOf(declared, totals, path),
    }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (parent === undefined) {
      this.seenRoot = name === 'TestRun'
      return false
    }
    switch (name) {
      case 'Times':
        this.createdAt = isoOfEpoch(tag.text('creation') ?? tag.text('start'))
        return false
      case 'ResultSummary':
        this.summary = tag.text('outcome')
        return false
      case 'Counters':
        if (parent === 'ResultSummary') this.declared = declaredBy(tag)
        return false
      case 'RunInfo':
        if (BAD_RUN.has(tag.text('outcome') ?? '')) this.runErrors++
        return false
      case 'UnitTest':
        this.definition = { id: tag.text('id') ?? '', storage: tag.text('storage') ?? '' }
        return false
      case 'TestMethod':
        this.define(tag)
        return false
      case 'Message':
      case 'StackTrace':
        return parent === 'ErrorInfo' && this.open_.length > 0
    }
    if (parent === 'Results' || parent === 'InnerResults') this.openResult(tag)
    return false
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    const parent = this.stack.at(-1)
    if (text !== null) this.told(name, text)
    if (parent === 'Results' || parent === 'InnerResults') this.closeResult()
    else if (name === 'UnitTest') this.definition = null
  }

  private openResult(tag: XmlTag): void {
    const test: TestCase = {
      suite: '',
      name: tag.text('testName') ?? '',
      classname: null,
      file: null,
      line: null,
      outcome: outcomeOf(tag.text('outcome')),
      flaky: false,
      seconds: secondsOfSpan(tag.text('duration')),
      message: null,
      trace: null,
    }
    this.open_.push({ test, testId: tag.text('testId') ?? '', inner: [] })
  }

  private told(name: string, text: string): void {
    const test = this.open_.at(-1)?.test
    if (!test || text.trim() === '') return
    if (name === 'Message') test.message = text.trim()
    else {
      test.trace = text
      const place = placeIn(text)
      test.file = place?.file ?? null
      test.line = place?.line ?? null
    }
  }

  private closeResult(): void {
    const done = this.open_.pop()
    if (!done) return
    const { test, testId, inner } = done
    const bad = (one: TestCase) => one.outcome === 'failed' || one.outcome === 'error'
    // Rows are the tests; their frame counts only for a failure that no row shows.
    if (inner.length === 0 || (bad(test) && !inner.some(bad))) {
      this.cases.push(test)
      const same = this.byTestId.get(testId)
      if (same) same.push(test)
      else this.byTestId.set(testId, [test])
    }
    const around = this.open_.at(-1)
    if (around) around.inner.push(test)
  }

  private define(tag: XmlTag): void {
    const tests = this.definition && this.byTestId.get(this.definition.id)
    if (!tests || !this.definition) return
    const classname = (tag.text('className') ?? '').split(',', 1)[0]!.trim() || null
    const suite = assemblyOf(this.definition.storage || tag.text('codeBase') || '')
    for (const test of tests) {
      test.classname = classname
      test.suite = suite
    }
  }
}

/** vstest leaves notExecuted at 0 whatever was skipped: what was not executed is the difference. */
function declaredBy(tag: XmlTag): TestFacts['declared'] {
  const of = (...names: string[]) => names.reduce((sum, name) => sum + (tag.number(name) ?? 0), 0)
  const [total, executed] = [tag.number('total'), tag.number('executed')]
  if (total === null) return null
  return {
    total,
    failed: of('failed', 'timeout', 'aborted'),
    errors: of('error', 'disconnected', 'passedButRunAborted'),
    skipped: executed === null ? null : Math.max(0, total - executed),
  }
}
