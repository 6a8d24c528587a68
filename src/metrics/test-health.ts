// Did the tests behind a figure pass? One that failed stops it, one that only passed at a second try, or is not there, leaves a warning.
import type { Admitted, TestCase, TestFacts } from '../model/evidence.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { placeIn, repositoryPath } from './trace-place.ts'

export interface Health {
  executed: number
  passed: number
  reasons: Reason[]
  capped: MetricValue['capped']
  parts: MetricPart[]
}

const NAMED = 10
const SHOWN = 50

/** Health of all tests in the reports, or of those that `wanted` picks. Errors outside any test always count. */
export function healthOf(evidence: readonly Admitted[], wanted: (one: TestCase) => boolean = () => true): Health {
  const health: Health = { executed: 0, passed: 0, reasons: [], capped: null, parts: [] }
  const short: Reason[] = []
  const failing: TestCase[] = []
  const flaky: TestCase[] = []
  const count = (cases: readonly TestCase[]): number => cases.reduce((sum, { times = 1 }) => sum + times, 0)
  for (const one of evidence) {
    const facts = one.facts as TestFacts
    for (const test of facts.cases) {
      if (test.outcome === 'skipped' || !wanted(test)) continue
      const { times = 1 } = test
      health.executed += times
      if (test.outcome === 'passed') health.passed += times
      else failing.push(test)
      if (test.flaky && test.outcome === 'passed') flaky.push(test)
    }
    if (facts.suiteErrors > 0) health.reasons.push(reason('suite_errors', { path: one.ref.path, errors: facts.suiteErrors }))
    if (facts.unfinished) health.reasons.push(reason('run_unfinished', { path: one.ref.path }))
    short.push(...one.reasons.filter(({ code }) => code === 'tests_not_held'))
  }
  if (failing.length > 0) {
    const failed = count(failing.filter((test) => test.outcome === 'failed'))
    health.reasons.unshift(
      reason('tests_failed', { failed, errors: count(failing) - failed, names: failing.slice(0, NAMED).map(nameOf) }),
    )
  }
  if (health.reasons.length > 0) health.capped = 'fail'
  if (flaky.length > 0) {
    health.reasons.push(reason('tests_flaky', { flaky: count(flaky), names: flaky.slice(0, NAMED).map(nameOf) }))
    health.capped ??= 'warn'
  }
  if (short.length > 0) {
    health.reasons.push(...short)
    health.capped ??= 'warn'
  }
  health.parts = failing.slice(0, SHOWN).map(partOf)
  return health
}

/** A name may be as long as a report cares to make it. */
const LONGEST_NAME = 500

function nameOf({ suite, name }: TestCase): string {
  return (suite === '' || name.startsWith(suite) ? name : `${suite} > ${name}`).slice(0, LONGEST_NAME)
}

/** Bytes of a message that a record keeps of it too, so that it can be judged again to the same words. */
const KEPT_OF_MESSAGE = 1000
const MOST_LINES = 12

function partOf(test: TestCase): MetricPart {
  const first = (test.message ?? '').slice(0, 500).split('\n', 1)[0] ?? ''
  const file = test.file === null ? null : repositoryPath(test.file)
  const place = test.line === null ? placeIn(test.trace, file) : null
  const line = test.line ?? place?.line ?? null
  return {
    name: nameOf(test),
    state: 'short',
    detail: first === '' ? test.outcome : `${test.outcome}: ${first}`,
    path: (place?.path ?? file)?.slice(0, 1000) ?? null,
    ranges: line === null ? [] : [[line, line]],
    kind: 'test',
    must: true,
    ...linesOf(test.message),
  }
}

const CUT = '(cut here: the report of the tests has all of it)'

/** None where the first line is all there is. */
function linesOf(message: string | null): Pick<MetricPart, 'lines'> {
  const text = message ?? ''
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(KEPT_OF_MESSAGE))
  const lines = text.slice(0, read).split('\n')
  const shown = lines.slice(0, MOST_LINES)
  if (read < text.length || lines.length > shown.length) shown.push(CUT)
  return shown.length < 2 ? {} : { lines: shown }
}
