// JUnit XML: what nearly every test runner can write, each in its own way. Counted case by case.
import type { TestCase, TestFacts } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { earliest, isoOfEpoch } from '../../scan/epoch.ts'
import { commitOf } from '../../scan/stamps.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { Tailed } from './junit-node.ts'
import { countsNoCases, declaredBy, type Heads, sum } from './junit-totals.ts'
import {
  COMMIT_PROPERTIES,
  firstSaid,
  isAttempt,
  lineOf,
  neverBegan,
  RESULTS,
  resultOf,
  secondsIn,
  statusOf,
  suiteNameOf,
} from './junit-words.ts'
import { noticeOf, secondsOf, totalsOf, worse } from './test-cases.ts'

/**
 * - Root `testsuites` or `testsuite`, nested to any depth; only cases are counted, never the numbers of suites. A suite's
 *   name is the path of names around it, joined by `/`.
 * - Outcome: `error`, `failure`, `skipped` (`ignored`, `disabled`) children, else the words of `status` or `result`
 *   (`disabled`, `notrun`, `failed`...). `message` is the attribute, else the first line of the text; the text is the trace.
 * - Surefire's `flakyFailure`/`flakyError` make a passed case flaky; `rerunFailure`/`rerunError` are runs of a case that
 *   failed to the end, and count once.
 * - `failure` or `error` directly in a suite is a suite error; so are failures in the head of a file whose cases all pass,
 *   and those that `node --test` counts in its closing comments alone (a test that failed after its subtests passed;
 *   a suite's `after` that fails is in neither).
 * - A case that is `skipped` as `todo`, or as Catch2's `!mayfail`, may hold a failure: it is skipped. What CTest calls skipped
 *   because it could not be run (no executable, a fixture that failed) is an error, as CTest itself counts it.
 * - GoogleTest shows a suite that could not be set up as skipped tests that never began: a suite error each.
 * - pytest-rerunfailures writes each run of a test as a case, with nothing in it but the last: one case, flaky where it passed.
 *   gotestsum's `--rerun-fails` writes them too, as `-count` does; there a run that failed counts.
 * - `file`, `line` of case or suite; commit from a property (`commit`, `git.commit.id`, `GITHUB_SHA`...) with a full hash;
 *   time from the earliest `timestamp`, read as UTC where it has no zone. Times with thousands separators or decimal commas
 *   are understood.
 * - More tests in the head than there are cases is a warning, and makes a pass one with warnings; not so where the head is
 *   known to count something else (subtests of pytest, assertions of Catch2 and doctest, Newman's scripts).
 * - A report without any case is readable; admission refuses it as evidence.
 */
export const junit: Format<'tests'> = {
  id: 'junit',
  kind: 'tests',
  title: 'JUnit XML',
  producers: [
    'Surefire',
    'Gradle',
    'pytest',
    'jest-junit',
    'mocha',
    'vitest',
    '`node --test`',
    'Playwright',
    'PHPUnit',
    'gotestsum',
    'go-junit-report',
    'cargo nextest',
    'bats',
    'Bazel',
    'GoogleTest',
    'CTest',
    'Catch2',
    'and many more',
  ],
  discovers: ['**/junit*.xml', '**/*junit.xml', '**/TEST-*.xml', '**/test-results.xml'],
  recognises: ({ xmlRoot, xmlNames }) => xmlRoot === 'testsuites' || (xmlRoot === 'testsuite' && !xmlNames.has('test-case')),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Suite {
  /** Names of the suites around it and its own, joined by `/`, so that globs can tell them apart. */
  path: string
  name: string
  file: string | null
}

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly suites: Suite[] = []
  private readonly cases: TestCase[] = []
  private current: TestCase | null = null
  private rootName = ''
  private readonly heads: Heads = { root: null, suites: null, pytest: false, merelyRun: 0 }
  private suiteErrors = 0
  private reruns = 0
  /** A case whose failures its tool passes over. */
  private mayFail: TestCase | null = null
  /** Direct children of the outermost suites, and whether a suite is among them. */
  private children = 0
  private nested = false
  private commit: string | null = null
  private readonly times: (string | null)[] = []
  /** Outcome and message of the result element being read. */
  private pending: { message: string | null; counts: boolean } | null = null

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    const source = new Tailed(this.source)
    readXml(source, this.limits, this)
    const { path } = this.source
    const { cases } = this
    const totals = totalsOf(cases)
    const declared = this.heads.root?.total != null ? this.heads.root : this.heads.suites
    // Surefire's numbers hold every run of a test that was run again; node's those of a suite's own children only.
    const otherwise =
      (this.reruns > 0 && declared?.total === totals.total + this.reruns) || (this.nested && declared?.total === this.children)
    const stated = this.reruns > 0 ? 0 : (declared?.failed ?? 0) + (declared?.errors ?? 0)
    // Counts in the head of an all-green file that its cases do not show: something failed outside of them.
    const green = cases.length > 0 && totals.failed + totals.errors === 0
    const hidden = green ? Math.max(stated, source.failedByNode()) : 0
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared: declared && countsNoCases(this.heads, totals) ? { ...declared, total: null } : declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: Math.max(this.suiteErrors, hidden),
      unfinished: false,
      cases,
    }
    const problems = otherwise ? [] : noticeOf(declared, totals, path)
    if (this.rootName !== 'testsuites' && this.rootName !== 'testsuite') {
      problems.unshift(
        problem('unexpected_root', 'is no JUnit report: its root is neither <testsuites> nor <testsuite>', { path }),
      )
    }
    return { facts, info: { producer: null, commit: this.commit, createdAt: earliest(this.times) }, problems }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (name === 'testcase') this.openCase(tag)
    else if (name === 'testsuite') this.openSuite(tag)
    else if (name === 'property') this.property(tag)
    else if (RESULTS.has(name)) return this.openResult(tag, parent)
    else if (parent === undefined && name === 'testsuites') {
      this.heads.root = declaredBy(tag)
      this.times.push(isoOfEpoch(tag.text('timestamp')))
    }
    if (parent === undefined) this.rootName = name
    return false
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    if (name === 'testcase') this.current = null
    else if (name === 'testsuite') this.suites.pop()
    else if (RESULTS.has(name)) this.closeResult(text)
  }

  private openSuite(tag: XmlTag): void {
    const around = this.suites.at(-1)
    const name = suiteNameOf(tag)
    const own = name === '' || name === around?.name ? '' : name
    const path = around && around.path !== '' ? (own === '' ? around.path : `${around.path}/${own}`) : own
    this.suites.push({ path: path.slice(0, this.limits.textLength), name, file: fileOf(tag) ?? around?.file ?? null })
    this.times.push(isoOfEpoch(tag.text('timestamp')))
    if (this.suites.length === 2) this.children++
    if (around) this.nested = true
    if (around) return
    this.heads.pytest = name === 'pytest' && (this.heads.pytest || this.heads.suites === null)
    this.heads.suites = sum(this.heads.suites, declaredBy(tag))
  }

  private openCase(tag: XmlTag): void {
    const suite = this.suites.at(-1)
    if (this.suites.length === 1) this.children++
    this.current = {
      suite: suite?.path ?? '',
      name: tag.text('name') ?? '',
      classname: tag.text('classname') ?? tag.text('class'),
      file: fileOf(tag) ?? suite?.file ?? null,
      line: lineOf(tag),
      outcome: statusOf(tag),
      flaky: false,
      seconds: tag.decimal('time') ?? secondsIn(tag.text('time') ?? tag.text('duration')),
      message: null,
      trace: null,
    }
    if (neverBegan(tag)) this.suiteErrors++
    if (tag.text('status') === 'run' && tag.text('result') === null) this.heads.merelyRun++
    const before = this.cases.at(-1)
    if (suite?.name === 'pytest' && before && isAttempt(before, this.current)) {
      this.cases.pop()
      this.current.flaky = true
    }
    this.cases.push(this.current)
  }

  /** Failures, errors and skips; those of reruns only tell that a case is flaky. */
  private openResult(tag: XmlTag, parent: string | undefined): boolean {
    const test = this.current
    const said = resultOf(tag)
    if (said === 'may fail') this.mayFail = test
    const outcome = said === 'may fail' || (test && test === this.mayFail) ? 'skipped' : said
    if (!test || parent !== 'testcase') {
      if ((parent === 'testsuite' || parent === 'testsuites') && (outcome === 'failed' || outcome === 'error')) this.suiteErrors++
      this.pending = { message: null, counts: false }
      return false
    }
    if (outcome === 'flaky' || outcome === 'rerun') {
      this.reruns++
      if (outcome === 'flaky') test.flaky = test.outcome === 'passed'
      this.pending = { message: null, counts: false }
      return false
    }
    const before = test.outcome
    test.outcome = worse(before, outcome)
    const counts = test.outcome !== before || test.message === null
    if (test.outcome !== 'passed') test.flaky = false
    this.pending = { message: tag.text('message'), counts }
    return counts
  }

  private closeResult(text: string | null): void {
    const test = this.current
    if (test && this.pending?.counts) {
      const trace = text?.trim() ? text : null
      test.message = this.pending.message || firstSaid(trace, test)
      test.trace = trace
    }
    this.pending = null
  }

  private property(tag: XmlTag): void {
    if (this.commit !== null || !COMMIT_PROPERTIES.has((tag.text('name') ?? '').toLowerCase())) return
    this.commit = commitOf(tag.text('value')?.trim())
  }
}

function fileOf(tag: XmlTag): string | null {
  const file = tag.text('file') ?? tag.text('filepath')
  return (file?.includes('\\') ? file.replaceAll('\\', '/') : file) || null
}
