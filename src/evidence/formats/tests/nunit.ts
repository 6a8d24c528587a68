// What the reports of NUnit 2 and 3 share: suites in suites down to cases, and suites that failed where no case shows it.
import type { TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { ByteSource, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { noticeOf, secondsOf, totalsOf, worse } from './test-cases.ts'
import { assemblyOf, placeIn } from './trx-words.ts'

/** What the head of a report states. `failed` holds the errors where `errors` is null. */
interface Stated {
  total: number | null
  notRun: number
  failed: number | null
  errors: number | null
  skipped: number | null
}

/** In what the two versions differ. */
export interface Dialect {
  root: string
  statedBy(root: XmlTag): Stated
  startedAt(root: XmlTag): string | null
  outcomeOf(testCase: XmlTag): TestOutcome
  secondsOf(testCase: XmlTag): number | null
  /** Whether a suite, or the root, says of itself that it failed; `empty`: there is no case in it. */
  wentWrong(tag: XmlTag): 'bad' | 'bad if empty' | 'good'
  /** Whether the run was broken off in this case, suite or root. */
  isBrokenOff(tag: XmlTag): boolean
}

interface Suite {
  path: string
  says: ReturnType<Dialect['wentWrong']>
  cases: number
  /** A case or a suite in it shows what went wrong. */
  shown: boolean
}

/** Suites of these types are one test with several rows of arguments: no place in the tree. */
const ROWS: ReadonlySet<string> = new Set(['ParameterizedTest', 'ParameterizedMethod', 'GenericMethod', 'Theory'])

export class NunitReader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly suites: Suite[] = []
  private readonly cases: TestCase[] = []
  private current: TestCase | null = null
  private stated: Stated | null = null
  private producer: string | null = null
  private createdAt: string | null = null
  private suiteErrors = 0
  private brokenOff = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
    private readonly dialect: Dialect,
  ) {}

  read(): ReadResult<'tests'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    const { cases, stated } = this
    if (!stated) throw refusal('wrong_format', `has no <${this.dialect.root}> root element`, { path })
    const totals = totalsOf(cases)
    // NUnit 3 counts errors as failures, early versions of 2 as well; what is compared must be of one kind.
    const counted = stated.errors === null ? { ...totals, failed: totals.failed + totals.errors } : totals
    const total = stated.total === totals.total || stated.total === null ? stated.total : stated.total + stated.notRun
    const declared = { total, failed: stated.failed, errors: stated.errors, skipped: stated.skipped }
    const hidden = Math.max(0, (stated.failed ?? 0) - counted.failed) + Math.max(0, (stated.errors ?? 0) - counted.errors)
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: Math.max(this.suiteErrors, hidden),
      unfinished: this.brokenOff || (stated.total ?? 0) > totals.total,
      cases,
    }
    const info = { producer: this.producer, commit: null, createdAt: this.createdAt }
    return { facts, info, problems: noticeOf(declared, counted, path) }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (parent === undefined) {
      if (name === this.dialect.root) this.openRoot(tag)
      return false
    }
    if (name === 'test-suite') this.openSuite(tag)
    else if (name === 'test-case') this.openCase(tag)
    else if (name === 'failure') this.failed(parent)
    else if (name === 'environment') this.madeBy(tag)
    return this.current !== null && this.isWords(name, parent)
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    if (name === 'test-case') this.current = null
    else if (name === 'test-suite' || this.stack.length === 0) this.closeSuite()
    else if (text !== null && this.current) told(this.current, name, text)
  }

  /** Words of the case itself, not of its single assertions. */
  private isWords(name: string, parent: string): boolean {
    if (this.stack.at(-3) !== 'test-case') return false
    return (
      (name === 'message' && (parent === 'failure' || parent === 'reason')) || (name === 'stack-trace' && parent === 'failure')
    )
  }

  private openRoot(tag: XmlTag): void {
    this.stated = this.dialect.statedBy(tag)
    this.createdAt = this.dialect.startedAt(tag)
    this.begin(tag, '')
  }

  private openSuite(tag: XmlTag): void {
    const around = this.suites.at(-1)?.path ?? ''
    const own = ROWS.has(tag.text('type') ?? '') ? '' : assemblyOf(tag.text('name') ?? '')
    this.begin(tag, own === '' || around === '' ? around + own : `${around}/${own}`)
  }

  private begin(tag: XmlTag, path: string): void {
    this.brokenOff ||= this.dialect.isBrokenOff(tag)
    this.suites.push({ path: path.slice(0, this.limits.textLength), says: this.dialect.wentWrong(tag), cases: 0, shown: false })
  }

  private closeSuite(): void {
    const done = this.suites.pop()
    if (!done) return
    if (this.suites.length === 0) this.leave(done, null)
    else this.leave(done, this.suites.at(-1)!)
  }

  /** A suite that failed with nothing in it that did failed in its own set-up or tear-down. */
  private leave(done: Suite, around: Suite | null): void {
    const bad = done.says === 'bad' || (done.says === 'bad if empty' && done.cases === 0)
    if (bad && !done.shown) this.suiteErrors++
    if (!around) return
    around.cases += done.cases
    around.shown ||= bad || done.shown
  }

  private openCase(tag: XmlTag): void {
    const suite = this.suites.at(-1)
    // NUnit 2 has the full name alone; where there are both, the short one needs no guess.
    const full = tag.text('fullname')
    const [classname, name] = partsOf(full ?? tag.text('name') ?? '')
    this.brokenOff ||= this.dialect.isBrokenOff(tag)
    this.current = {
      suite: suite?.path ?? '',
      name: (full === null ? null : tag.text('name')) ?? name,
      classname: tag.text('classname') ?? classname,
      file: null,
      line: null,
      outcome: this.dialect.outcomeOf(tag),
      flaky: false,
      seconds: this.dialect.secondsOf(tag),
      message: null,
      trace: null,
    }
    this.cases.push(this.current)
    if (!suite) return
    suite.cases++
    suite.shown ||= this.current.outcome === 'failed' || this.current.outcome === 'error'
  }

  /** Whatever its attributes say, a case with a failure has not passed. */
  private failed(parent: string): void {
    if (!this.current || parent !== 'test-case') return
    this.current.outcome = worse(this.current.outcome, 'failed')
    const suite = this.suites.at(-1)
    if (suite) suite.shown = true
  }

  private madeBy(tag: XmlTag): void {
    const version = tag.text('nunit-version') ?? tag.text('framework-version')
    if (version) this.producer ??= `NUnit ${version}`
  }
}

function told(test: TestCase, name: string, text: string): void {
  if (text.trim() === '') return
  if (name === 'message') test.message ??= text.trim()
  else {
    test.trace = text
    const place = placeIn(text)
    test.file = place?.file ?? null
    test.line = place?.line ?? null
  }
}

/** `Shop.Tests.Basket(1).Adds("a.b")`: class and method, arguments kept where they are. */
function partsOf(full: string): [classname: string | null, name: string] {
  let depth = 0
  let quoted = false
  let dot = -1
  for (let at = 0; at < full.length; at++) {
    const char = full[at]
    if (char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '(' || char === '<') depth++
    else if (char === ')' || char === '>') depth--
    else if (char === '.' && depth === 0) dot = at
  }
  return dot > 0 ? [full.slice(0, dot), full.slice(dot + 1)] : [null, full]
}
