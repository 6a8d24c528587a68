// What test reports in JSON have in common: a case of its known parts, and the result made of the cases.
import type { ReportInfo, TestCase, TestFacts, TestOutcome } from '../../../model/evidence.ts'
import type { ByteSource, ReadResult } from '../../format.ts'
import { problem } from '../../problems.ts'
import { noticeOf, secondsOf, totalsOf } from './test-cases.ts'

/** A case of which the report says so much; the rest is not known. */
export function caseOf(known: Partial<TestCase> & { name: string; outcome: TestOutcome }): TestCase {
  const { outcome } = known
  return {
    suite: '',
    classname: null,
    file: null,
    line: null,
    seconds: null,
    message: null,
    trace: null,
    ...known,
    flaky: known.flaky === true && outcome === 'passed',
  }
}

export interface Told {
  declared: TestFacts['declared']
  /** null: the report has no time of its own, the cases' times are summed. */
  seconds: number | null
  suiteErrors: number
  unfinished: boolean
}

/** Failures that only the report's own totals count happened all the same; fewer cases than it counts is a run cut short. */
export function resultOf(source: ByteSource, cases: TestCase[], told: Told, info: Partial<ReportInfo>): ReadResult<'tests'> {
  const { declared, seconds, unfinished } = told
  const totals = totalsOf(cases)
  const suiteErrors = Math.max(told.suiteErrors, beyond(declared?.failed, totals.failed))
  const facts: TestFacts = {
    kind: 'tests',
    totals,
    declared,
    durationSeconds: seconds ?? secondsOf(cases),
    suiteErrors,
    unfinished: unfinished || beyond(declared?.total, totals.total) > 0,
    cases,
  }
  // Tools count what failed outside of any test among the failures.
  const same = declared?.failed === totals.failed + told.suiteErrors
  const problems = noticeOf(declared && { ...declared, failed: same ? totals.failed : declared.failed }, totals, source.path)
  if (cases.length === 0) problems.push(problem('nothing_measured', 'holds no test', { path: source.path }))
  return { facts, info: { producer: null, commit: null, createdAt: null, ...info }, problems }
}

export function beyond(stated: number | null | undefined, counted: number): number {
  return Math.max(0, (stated ?? 0) - counted)
}

/** Names of suites around a case as one path, so that globs can tell suites apart. Cut: inner suites repeat the outer ones' names. */
export function pathOf(names: readonly unknown[], nameLength: number): string {
  return names
    .filter((name) => typeof name === 'string' && name !== '')
    .join('/')
    .slice(0, nameLength)
}

export function lineOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

export function fileOf(text: string | null): string | null {
  return text?.replaceAll('\\', '/').replace(/^\.\//, '') || null
}

export function firstLineOf(text: string | null): string | null {
  return text?.trim().split('\n', 1)[0]?.trim() || null
}

/** The line of the first frame of a trace that is in this file: `basket.test.js:6:31`. */
export function lineInTrace(trace: string | null, file: string | null): number | null {
  const name = file?.slice(file.lastIndexOf('/') + 1)
  if (!trace || !name) return null
  const at = trace.indexOf(`${name}:`)
  if (at < 0) return null
  const start = at + name.length + 1
  return lineOf(Number(/^\d{1,9}/.exec(trace.slice(start, start + 10))?.[0]))
}
