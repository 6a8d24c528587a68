// Names of measurements: `<metric>.<stat>`, with the spellings tools use for one statistic (p95, p(95), 95th).
import type { Admitted, EvidenceRef, PerformanceFacts } from '../model/evidence.ts'

export interface Measured {
  name: string
  value: number
  unit: string
  ref: EvidenceRef
}

const ALIASES: Readonly<Record<string, string>> = {
  average: 'avg',
  mean: 'avg',
  median: 'med',
  p50: 'med',
  minimum: 'min',
  maximum: 'max',
  std: 'stddev',
  percentile: 'p',
}

const PERCENTILE = /^(?:p|pct|percentile)?[_(]?(\d{1,3}(?:\.\d{1,5})?)(?:\)|%|th|st|nd|rd)?$/

/** All measurements of that name. A name without a statistic also means the metric's plain `value`. */
export function measurementsOf(sli: string, evidence: readonly Admitted[]): Measured[] {
  const all = allMeasurements(evidence)
  const same = all.filter((one) => one.name === sli)
  if (same.length > 0) return same
  const wanted = keyOf(sli)
  const named = (key: string): Measured[] => all.filter((one) => keyOf(one.name) === key)
  const alike = named(wanted)
  if (alike.length > 0) return alike
  // k6 --summary-export calls the rate of a rate metric its value.
  if (wanted.endsWith('\nrate')) return named(wanted.replace(/rate$/, 'value')).filter((one) => one.unit === 'ratio')
  return named(`${sli}\nvalue`)
}

export function allMeasurements(evidence: readonly Admitted[]): Measured[] {
  return evidence.flatMap((one) =>
    (one.facts as PerformanceFacts).metrics.map(({ name, value, unit }) => ({ name, value, unit: unit ?? '', ref: one.ref })),
  )
}

function keyOf(name: string): string {
  // The dot of `p(99.9)` is not the one before the statistic.
  const split =
    /^(.+)\.(p\(?\d{1,3}\.\d{1,5}\)?)$/.exec(name.slice(-200)) === null
      ? name.lastIndexOf('.')
      : name.lastIndexOf('.', name.lastIndexOf('.') - 1)
  if (split <= 0) return `${name}\n`
  const stat = statOf(name.slice(split + 1))
  return stat === null ? `${name}\n` : `${name.slice(0, split)}\n${stat}`
}

const STATS: ReadonlySet<string> = new Set(['avg', 'med', 'min', 'max', 'rate', 'count', 'value', 'stddev'])

function statOf(text: string): string | null {
  const lower = text.toLowerCase()
  const plain = ALIASES[lower] ?? lower
  if (STATS.has(plain)) return plain
  const percentile = PERCENTILE.exec(lower.slice(0, 40))
  if (percentile === null) return null
  const number = Number(percentile[1])
  return number === 50 ? 'med' : `p${number}`
}
