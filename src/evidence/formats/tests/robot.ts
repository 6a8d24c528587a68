// Robot Framework's output.xml: suites in suites, their tests, and the keywords that ran.
import type { TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { caseOf, fileOf, firstLineOf, lineOf, pathOf, resultOf } from './json-tests.ts'
import { secondsIn } from './junit-words.ts'

/**
 * - Each test (or task) is a case; its suite is the path of suites around it, joined by `/`; file and line are its own.
 * - `PASS` passes, `FAIL` is failed, `SKIP` is skipped; any other status, or none, is an error.
 * - A suite's teardown that failed fails every test of the suite that passed, as in Robot's own statistics; with no such
 *   test it is a suite error. So is a root suite that failed with no failed test.
 * - A dry run says `PASS` of what it never ran: a test all of whose keywords were not run is skipped.
 * - Flaky: passed, in a file that `rebot --merge` made of a run and its reruns, and failed before.
 * - Time: the tests' own, summed; when it was made from `generated`, read as UTC (Robot writes local time).
 * - Libraries that could not be imported (`<errors>`) fail nothing by themselves, as in Robot.
 */
export const robot: Format<'tests'> = {
  id: 'robot',
  kind: 'tests',
  title: 'Robot Framework output.xml',
  producers: ['Robot Framework', 'rebot', 'pabot'],
  discovers: ['**/output.xml'],
  recognises: ({ xmlRoot, xmlNames }) => xmlRoot === 'robot' && (xmlNames.has('generator') || xmlNames.has('suite')),
  read: (source, limits) => new Reader(source, limits).read(),
}

const OUTCOMES: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['PASS', 'passed'],
  ['FAIL', 'failed'],
  ['SKIP', 'skipped'],
])

interface Suite {
  path: string
  file: string | null
  /** Where its tests begin among the cases. */
  first: number
  /** What its teardown failed with. */
  teardown: string | null
}

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly suites: Suite[] = []
  private readonly cases: TestCase[] = []
  private test: TestCase | null = null
  /** Of the test's own keywords, how many ran and how many did not. */
  private ran = 0
  private notRun = 0
  private inTeardown = false
  private rootFailed = false
  private suiteErrors = 0
  private declared: TestFacts['declared'] = null
  private producer: string | null = null
  private createdAt: string | null = null
  /** The status element being read, null: another element's text is. */
  private status: string | null = null

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    readXml(this.source, this.limits, this)
    const bad = this.cases.some(({ outcome }) => outcome === 'failed' || outcome === 'error')
    const suiteErrors = Math.max(this.suiteErrors, this.rootFailed && !bad ? 1 : 0)
    const told = { declared: this.declared, seconds: null, suiteErrors, unfinished: false }
    return resultOf(this.source, this.cases, told, { producer: this.producer, createdAt: this.createdAt })
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (parent === undefined) {
      if (name !== 'robot') throw refusal('wrong_format', 'has no <robot> root element', { path: this.source.path })
      this.producer = tag.text('generator')
      this.createdAt = isoOfEpoch(dated(tag.text('generated')))
    } else if (name === 'suite') this.openSuite(tag)
    else if (name === 'test') this.openTest(tag)
    else if (name === 'status') return this.openStatus(tag, parent)
    else if (name === 'kw' && parent === 'suite') this.inTeardown = tag.text('type')?.toLowerCase() === 'teardown'
    else if (name === 'stat' && parent === 'total') this.declare(tag)
    return false
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    const parent = this.stack.at(-1)
    if (name === 'status' && this.status !== null) this.closeStatus(this.status, parent, text ?? '')
    else if (name === 'test') this.closeTest()
    else if (name === 'suite') this.closeSuite()
    else if (name === 'kw' && parent === 'suite') this.inTeardown = false
  }

  private openSuite(tag: XmlTag): void {
    const around = this.suites.at(-1)
    const path = pathOf([around?.path, tag.text('name')], this.limits.nameLength)
    this.suites.push({ path, file: fileOf(tag.text('source')), first: this.cases.length, teardown: null })
  }

  private openTest(tag: XmlTag): void {
    const suite = this.suites.at(-1)
    const line = tag.text('line')
    this.test = caseOf({
      suite: suite?.path ?? '',
      name: tag.text('name') ?? '',
      file: suite?.file ?? null,
      line: line === null ? null : lineOf(Number(line)),
      outcome: 'error',
    })
    this.ran = 0
    this.notRun = 0
  }

  private openStatus(tag: XmlTag, parent: string): boolean {
    const status = tag.text('status') ?? ''
    const around = this.stack.at(-3)
    if (parent === 'test' && this.test) {
      this.test.outcome = OUTCOMES.get(status) ?? 'error'
      this.test.seconds = secondsIn(tag.text('elapsed')) ?? secondsBetween(tag.text('starttime'), tag.text('endtime'))
    } else if (parent === 'suite') this.rootFailed = status !== 'PASS' && status !== 'SKIP'
    else if (around === 'test') {
      if (status === 'NOT RUN' || status === 'NOT_RUN') this.notRun++
      else this.ran++
      return false
    } else if (around !== 'suite' || !this.inTeardown || status !== 'FAIL') return false
    this.status = status
    return true
  }

  private closeStatus(status: string, parent: string | undefined, text: string): void {
    this.status = null
    const said = text.trim()
    if (parent === 'test' && this.test) this.tell(this.test, said)
    else if (parent === 'kw' && status === 'FAIL') {
      const suite = this.suites.at(-1)
      if (suite) suite.teardown = said
    }
  }

  private tell(test: TestCase, said: string): void {
    if (/Test has been re-executed and results merged/.test(said)) {
      test.flaky = test.outcome === 'passed' && />FAIL<\//.test(said)
      if (test.outcome === 'passed') return
    }
    if (said === '') return
    test.message = firstLineOf(said)
    test.trace = said
  }

  private closeTest(): void {
    const { test } = this
    if (!test) return
    if (test.outcome === 'passed' && this.ran === 0 && this.notRun > 0) {
      test.outcome = 'skipped'
      test.message = 'a dry run: not run'
    }
    this.cases.push(test)
    this.test = null
  }

  private closeSuite(): void {
    const suite = this.suites.pop()
    if (suite?.teardown == null) return
    let failed = 0
    for (let at = suite.first; at < this.cases.length; at++) {
      const test = this.cases[at]!
      if (test.outcome !== 'passed') continue
      failed++
      Object.assign(test, { outcome: 'failed', flaky: false, message: firstLineOf(suite.teardown), trace: suite.teardown })
    }
    if (failed === 0) this.suiteErrors++
  }

  /** The last line is that of all tests; Robot 3 has one of the critical ones before it. */
  private declare(tag: XmlTag): void {
    const [pass, fail, skip] = [tag.number('pass'), tag.number('fail'), tag.number('skip')]
    if (pass === null || fail === null) return
    this.declared = { total: pass + fail + (skip ?? 0), failed: fail, errors: null, skipped: skip }
  }
}

/** `20261126 06:42:38.282`, as Robot wrote until version 6, in ISO form. */
function dated(text: string | null): string | null {
  const found = /^(\d{4})(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)$/.exec(text ?? '')
  return found ? `${found[1]}-${found[2]}-${found[3]}T${found[4]}` : text
}

function secondsBetween(start: string | null, end: string | null): number | null {
  const [from, to] = [isoOfEpoch(dated(start)), isoOfEpoch(dated(end))]
  if (from === null || to === null || to < from) return null
  return (Date.parse(to) - Date.parse(from)) / 1000
}
