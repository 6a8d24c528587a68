// Does the report hold anything that was measured? Empty, failed and impossible ones are no evidence, however green.
import type { CoverageFacts, Evidence, PerformanceFacts, Ratio, TestFacts } from '../model/evidence.ts'
import { type Reason, reason } from '../model/reason.ts'
import { unitOf } from '../model/units.ts'

/** Why the report proves nothing; null: it holds something. */
export function emptiness(evidence: Evidence): Reason | null {
  const { path } = evidence.ref
  const { facts } = evidence
  switch (facts.kind) {
    case 'coverage':
      return coverage(facts, path)
    case 'tests':
      return tests(facts, path)
    case 'performance':
      return performance(facts, path)
    case 'security':
      if (!facts.scanFailed) return null
      return reason('scan_failed', {
        path,
        tool: facts.tools[0] ?? evidence.info.producer ?? 'the scanner',
        why: facts.failure ?? '',
      })
    case 'reliability':
      if (facts.events === null || facts.events.total === 0) return nothing('events', path)
      return possible({ covered: facts.events.good, total: facts.events.total }) ? null : impossible(path)
    case 'apidocs':
      if (!possible(facts.documented)) return impossible(path)
      return facts.documented.total === 0 ? nothing('documented interface', path) : null
    case 'checklist':
      return facts.items.length === 0 ? nothing('checklist items', path) : null
    case 'documentation':
      return null
  }
}

/** What the report itself admits to: it counts, but can make nothing pass, or only with a warning. */
export function confessions(evidence: Evidence): Reason[] {
  const { facts, ref } = evidence
  if (facts.kind !== 'tests') return []
  const found: Reason[] = []
  if (facts.suiteErrors > 0) found.push(reason('suite_errors', { path: ref.path, errors: facts.suiteErrors }))
  if (facts.unfinished) found.push(reason('run_unfinished', { path: ref.path }))
  else found.push(...short(evidence, facts))
  return found
}

/** Its head counts tests that it does not hold, and its format cannot tell whether the run ended early. */
function short({ problems, ref }: Evidence, { declared, totals }: TestFacts): Reason[] {
  const stated = declared?.total ?? 0
  if (stated <= totals.total || !problems.some(({ code }) => code === 'declared_recount_differ')) return []
  return [reason('tests_not_held', { path: ref.path, declared: stated, counted: totals.total })]
}

function coverage(facts: CoverageFacts, path: string): Reason | null {
  const ratios = [facts.totals, ...facts.files.map((file) => file.totals)].flatMap((totals) => Object.values(totals))
  const stated = ratios.filter((ratio): ratio is Ratio => ratio !== null)
  if (!stated.every(possible)) return impossible(path)
  const whole = Object.values(facts.totals).filter((ratio): ratio is Ratio => ratio !== null)
  return whole.some((ratio) => ratio.total > 0) ? null : nothing('coverage', path)
}

/** Errors outside any test are failing evidence even where no test came to run. */
function tests(facts: TestFacts, path: string): Reason | null {
  if (facts.suiteErrors > 0) return null
  if (facts.totals.total === 0) return reason('zero_tests', { path })
  if (facts.totals.skipped >= facts.totals.total) return reason('all_tests_skipped', { path, skipped: facts.totals.skipped })
  return null
}

function performance(facts: PerformanceFacts, path: string): Reason | null {
  const { metrics, samples, errors, events, thresholds } = facts
  if (!metrics.every((metric) => Number.isFinite(metric.value) && (metric.value >= 0 || mayBeNegative(metric.unit))))
    return impossible(path)
  if (events !== null && !possible({ covered: events.good, total: events.total })) return impossible(path)
  if (samples !== null && samples > 0 && errors !== null && errors >= samples)
    return reason('requests_all_failed', { path, requests: samples })
  if (events !== null && events.total > 0 && events.good === 0 && events.source !== 'checks') {
    return reason('requests_all_failed', { path, requests: events.total })
  }
  if (samples === 0 || (metrics.length === 0 && thresholds.length === 0 && events === null)) return nothing('performance', path)
  return null
}

/** Times, sizes, counts and rates begin at nothing; a share may be a change, and what an own unit means nobody knows. */
function mayBeNegative(unit: string | null): boolean {
  if (unit === null || unit === '') return true
  const dimension = unitOf(unit)?.dimension ?? 'share'
  return unit !== 'count' && unit !== '1/s' && (dimension === 'share' || dimension === 'points')
}

function possible({ covered, total }: Ratio): boolean {
  return Number.isFinite(covered) && Number.isFinite(total) && covered >= 0 && covered <= total
}

function impossible(path: string): Reason {
  return reason('evidence_unreadable', { path, why: 'it holds a count that cannot be' })
}

function nothing(what: string, path: string): Reason {
  return reason('nothing_measured', { what, path })
}
