// What a record keeps of a report (decision 40): counts, failing and flaky tests by name, active findings. No line of it, no trace.
import type { CoverageFacts, Facts, FileCoverage, Finding, TestCase, TestFacts } from '../model/evidence.ts'

/** Bounds on what one report may add to a record; `message` in bytes. Beyond them only totals are kept, and `whole` is false. */
export const KEPT = {
  files: 500,
  named: 200,
  suites: 500,
  findings: 500,
  measurements: 2000,
  message: 1024,
  ranges: 2000,
} as const

export interface Condensed {
  facts: Facts
  /** False where another policy could ask for more than was kept. */
  whole: boolean
}

/**
 * Facts that measure the same under the same policy. `signature`: equal for tests that no glob of the policy tells apart; so
 * many passing ones of a suite become one that stands for them.
 */
export function condense(facts: Facts, signature: (test: TestCase) => string): Condensed {
  switch (facts.kind) {
    case 'coverage':
      return coverage(facts)
    case 'tests':
      return tests(facts, signature)
    case 'security': {
      const findings = facts.findings.filter((one) => one.state === 'active' || one.state === 'suppressed')
      return {
        facts: { ...facts, findings: findings.slice(0, KEPT.findings).map(finding) },
        whole: findings.length <= KEPT.findings,
      }
    }
    case 'performance':
      return {
        facts: { ...facts, metrics: facts.metrics.slice(0, KEPT.measurements) },
        whole: facts.metrics.length <= KEPT.measurements,
      }
    default:
      return { facts, whole: true }
  }
}

/** Totals of each file; the lines are gone, so that reports of the same file can no longer be united. */
function coverage(facts: CoverageFacts): Condensed {
  const whole = facts.files.length <= KEPT.files
  const files: FileCoverage[] = whole
    ? facts.files.map(({ path, totals }) => ({ path, totals, lines: null, branches: null }))
    : []
  return { facts: { ...facts, files }, whole }
}

function tests(facts: TestFacts, signature: (test: TestCase) => string): Condensed {
  const suites = new Set(facts.cases.map((test) => test.suite))
  const bySuite = suites.size <= KEPT.suites
  const kept: TestCase[] = []
  const groups = new Map<string, TestCase>()
  let named = 0
  for (const test of facts.cases) {
    const { outcome, flaky, times = 1 } = test
    if (outcome === 'failed' || outcome === 'error' || flaky) {
      if (++named <= KEPT.named) {
        kept.push({ ...test, message: test.message === null ? null : shortened(test.message), trace: null })
        continue
      }
    }
    const key = JSON.stringify([outcome, flaky, signature(test), bySuite ? test.suite : ''])
    const group = groups.get(key)
    if (group !== undefined) group.times = (group.times ?? 1) + times
    else {
      const first: TestCase = { ...test, seconds: null, message: null, trace: null }
      groups.set(key, first)
      kept.push(first)
    }
  }
  return { facts: { ...facts, cases: kept }, whole: kept.length === facts.cases.length }
}

/** As much of its beginning as fits, never half a character. */
function shortened(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(KEPT.message))
  return text.slice(0, read)
}

function finding(one: Finding): Finding {
  return { ...one, title: one.title === null ? null : one.title.slice(0, 200) }
}
