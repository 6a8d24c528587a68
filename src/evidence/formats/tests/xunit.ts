// xUnit.net's XML: assemblies, their collections, their tests; version 1 to 3, and who writes the same for other frameworks.
import type { TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { earliest, isoOfEpoch } from '../../scan/epoch.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { lineOf, secondsIn } from './junit-words.ts'
import { noticeOf, secondsOf, totalsOf, worse } from './test-cases.ts'
import { assemblyOf, placeIn } from './trx-words.ts'

const RESULTS: ReadonlyMap<string, TestOutcome> = new Map<string, TestOutcome>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
  ['notrun', 'skipped'],
])

/**
 * - Root `assemblies`, or `assembly` alone. `result`: Pass, Fail, Skip; NotRun (version 3) is skipped; any other word, or none,
 *   is an error. A test with a `failure` has failed whatever its result says.
 * - Each `error` among an assembly's `errors` (a clean-up that threw, a fixture that could not be made) is a suite error; so are
 *   errors and failures that only the head of an assembly counts. Fewer tests than it counts: unfinished.
 * - The suite is the assembly, and the collection where it has a name of its own; the class is `type`. File and line from
 *   `source-file` and `source-line`, else from the first frame of the stack trace that has them.
 */
export const xunit: Format<'tests'> = {
  id: 'xunit',
  kind: 'tests',
  title: 'xUnit.net XML (v1, v2, v3)',
  producers: ['`xunit.console -xml`', '`dotnet test --logger xunit`', 'xUnit.net v3 (`-xml`)', 'Fixie'],
  discovers: ['**/xunit*.xml', '**/*.xunit.xml'],
  recognises: ({ xmlRoot, xmlNames }) =>
    xmlRoot === 'assemblies' || (xmlRoot === 'assembly' && (xmlNames.has('test-framework') || xmlNames.has('run-date'))),
  read: (source, limits) => new Reader(source, limits).read(),
}

interface Stated {
  total: number | null
  failed: number | null
  errors: number | null
  skipped: number | null
}

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly cases: TestCase[] = []
  private readonly stated: Stated[] = []
  private readonly times: (string | null)[] = []
  private current: TestCase | null = null
  private assembly = ''
  private suite = ''
  private producer: string | null = null
  private errors = 0
  private isXunit = false

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'tests'> {
    readXml(this.source, this.limits, this)
    const { path } = this.source
    if (!this.isXunit) throw refusal('wrong_format', 'its root is neither <assemblies> nor <assembly>', { path })
    const { cases } = this
    const totals = totalsOf(cases)
    const declared: TestFacts['declared'] = {
      total: this.sum('total'),
      failed: this.sum('failed'),
      errors: this.sum('errors'),
      skipped: this.sum('skipped'),
    }
    const hidden = Math.max(0, (declared.failed ?? 0) - totals.failed) + Math.max(this.errors, declared.errors ?? 0)
    const facts: TestFacts = {
      kind: 'tests',
      totals,
      declared,
      durationSeconds: secondsOf(cases),
      suiteErrors: hidden,
      unfinished: (declared.total ?? 0) > totals.total,
      cases,
    }
    const info = { producer: this.producer, commit: null, createdAt: earliest(this.times) }
    // xUnit's errors are those outside of tests.
    return { facts, info, problems: noticeOf(declared, { ...totals, errors: totals.errors + this.errors }, path) }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (parent === undefined) this.isXunit = name === 'assemblies' || name === 'assembly'
    if (name === 'assembly') this.openAssembly(tag)
    else if (name === 'collection' || name === 'class') this.openCollection(tag)
    else if (name === 'test') this.openTest(tag)
    else if (name === 'error' && parent === 'errors') this.errors++
    else if (this.current) {
      if (name === 'failure' && parent === 'test') this.current.outcome = worse(this.current.outcome, 'failed')
      return (
        (parent === 'failure' && (name === 'message' || name === 'stack-trace')) ||
        (parent === 'reason' && name === 'message') ||
        (name === 'reason' && parent === 'test')
      )
    }
    return false
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    if (name === 'test') this.current = null
    else if (text !== null && this.current) told(this.current, name, text)
  }

  private openAssembly(tag: XmlTag): void {
    this.assembly = this.suite = assemblyOf(tag.text('name') ?? '')
    const [skipped, notRun] = [tag.number('skipped'), tag.number('not-run')]
    this.stated.push({
      total: tag.number('total'),
      failed: tag.number('failed'),
      errors: tag.number('errors'),
      skipped: skipped === null ? null : skipped + (notRun ?? 0),
    })
    this.producer ??= tag.text('test-framework') || null
    const start = tag.text('start-rtf')
    this.times.push(isoOfEpoch(start ?? `${tag.text('run-date') ?? ''}T${tag.text('run-time') ?? ''}`))
  }

  private openCollection(tag: XmlTag): void {
    const name = tag.name === 'collection' ? (tag.text('name') ?? '') : ''
    // Of a class without a collection, xUnit makes one of this name.
    const own = name.startsWith('Test collection for ') ? '' : name
    this.suite = (own === '' ? this.assembly : `${this.assembly}/${own}`).slice(0, this.limits.textLength)
  }

  private openTest(tag: XmlTag): void {
    this.current = {
      suite: this.suite,
      name: tag.text('name') ?? tag.text('method') ?? '',
      classname: tag.text('type'),
      file: tag.text('source-file')?.replaceAll('\\', '/') || null,
      line: lineOf(tag, 'source-line'),
      outcome: RESULTS.get((tag.text('result') ?? '').trim().toLowerCase()) ?? 'error',
      flaky: false,
      seconds: secondsIn(tag.text('time')),
      message: null,
      trace: null,
    }
    this.cases.push(this.current)
  }

  /** Over all assemblies; null where none states it. */
  private sum(key: keyof Stated): number | null {
    return this.stated.reduce<number | null>((sum, one) => (one[key] === null ? sum : (sum ?? 0) + one[key]), null)
  }
}

function told(test: TestCase, name: string, text: string): void {
  if (text.trim() === '') return
  if (name !== 'stack-trace') {
    test.message ??= text.trim()
    return
  }
  test.trace = text
  const place = test.file === null ? placeIn(text) : null
  test.file ??= place?.file ?? null
  test.line ??= place?.line ?? null
}
