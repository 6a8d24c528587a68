// What no facts may be, whatever the bytes they were read from.
import type { CoverageTotals, Facts, Ratio } from '../../../src/model/evidence.ts'
import { SEVERITIES } from '../../../src/model/facts.ts'
import type { Column } from '../../../src/model/hits.ts'

/** What is wrong with the facts, in words; null: they are sound. */
export function unsound(facts: Facts): string | null {
  switch (facts.kind) {
    case 'coverage':
      return (
        totals(facts.totals) ??
        (facts.declared && totals(facts.declared)) ??
        first(facts.files, (file) => totals(file.totals) ?? ascending(file.lines?.lines) ?? ascending(file.branches?.lines)) ??
        finite(facts.headline?.percent ?? 0, 'headline')
      )
    case 'tests': {
      const { total, passed, failed, errors, skipped, flaky } = facts.totals
      const cases = facts.cases.reduce((sum, test) => sum + (test.times ?? 1), 0)
      if (total !== passed + failed + errors + skipped) return 'the totals do not add up'
      if (total !== cases) return `${total} in all, ${cases} cases`
      if (flaky > passed) return 'more flaky than passed'
      return (
        first(Object.values(facts.totals), (one) => count(one, 'a total')) ??
        count(facts.suiteErrors, 'suiteErrors') ??
        (facts.durationSeconds === null ? null : amount(facts.durationSeconds, 'durationSeconds')) ??
        first(facts.cases, (test) => (test.seconds === null ? null : amount(test.seconds, 'seconds')))
      )
    }
    case 'performance': {
      const names = new Set(facts.metrics.map((metric) => metric.name))
      if (names.size !== facts.metrics.length) return 'two metrics of one name'
      if (facts.events && !(facts.events.good <= facts.events.total)) return 'more good events than events'
      return (
        first(facts.metrics, (metric) => finite(metric.value, metric.name)) ??
        (facts.samples === null ? null : count(facts.samples, 'samples')) ??
        (facts.errors === null ? null : count(facts.errors, 'errors'))
      )
    }
    case 'apidocs': {
      const { covered, total } = facts.documented
      const more = covered > total ? 'more documented than there is' : null
      return count(covered, 'documented') ?? count(total, 'total') ?? more
    }
    case 'security':
      return first(facts.findings, (one) => (SEVERITIES.includes(one.severity) ? null : `severity ${one.severity}`))
    case 'reliability':
      return facts.events && !(facts.events.good >= 0 && facts.events.good <= facts.events.total)
        ? 'good events beyond all'
        : null
    default:
      return null
  }
}

/** True where the facts themselves say that something failed, or did not run to its end. */
export function bad(facts: Facts): boolean {
  switch (facts.kind) {
    case 'tests':
      return facts.totals.failed + facts.totals.errors + facts.suiteErrors > 0 || facts.unfinished
    case 'security':
      return facts.scanFailed || facts.findings.some((one) => one.state === 'active')
    default:
      return false
  }
}

function totals(of: CoverageTotals): string | null {
  return first(Object.entries(of), ([name, one]: [string, Ratio | null]) =>
    one === null
      ? null
      : (count(one.covered, name) ??
        count(one.total, name) ??
        (one.covered > one.total ? `${name}: more covered than there is` : null)),
  )
}

function ascending(lines: Column | undefined): string | null {
  for (let at = 1; at < (lines?.length ?? 0); at++) if (lines![at]! <= lines![at - 1]!) return 'lines out of order'
  return null
}

function count(value: number, what: string): string | null {
  return Number.isInteger(value) && value >= 0 ? null : `${what} is ${value}`
}

function amount(value: number, what: string): string | null {
  return Number.isFinite(value) && value >= 0 ? null : `${what} is ${value}`
}

function finite(value: number, what: string): string | null {
  return Number.isFinite(value) ? null : `${what} is ${value}`
}

function first<T>(all: readonly T[], look: (one: T) => string | null): string | null {
  for (const one of all) {
    const found = look(one)
    if (found !== null) return found
  }
  return null
}
