// The units a limit or a report may use, and what they are to one another.

export type Dimension = 'time' | 'bytes' | 'data_rate' | 'requests' | 'operations' | 'files' | 'iops' | 'share' | 'points'

export interface Unit {
  id: string
  dimension: Dimension
  /** How many of the dimension's smallest unit it is: whole numbers, so that conversions stay exact as long as doubles can be. */
  factor: number
}

const FACTORS: Record<Dimension, Record<string, number>> = {
  time: { ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9, d: 86_400e9 },
  bytes: { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 },
  data_rate: { bps: 1, kbps: 1e3, Mbps: 1e6, Gbps: 1e9, 'B/s': 8, 'kB/s': 8e3, 'MB/s': 8e6, 'GB/s': 8e9 },
  requests: { 'req/min': 1, 'req/s': 60, rps: 60 },
  operations: { 'ops/min': 1, 'ops/s': 60 },
  files: { 'files/min': 1, 'files/s': 60 },
  iops: { IOPS: 1 },
  share: { '%': 1, ratio: 100 },
  points: { pp: 1 },
}

export const UNITS: readonly Unit[] = Object.entries(FACTORS).flatMap(([dimension, units]) =>
  Object.entries(units).map(([id, factor]) => ({ id, dimension: dimension as Dimension, factor })),
)

const BY_ID = new Map(UNITS.map((unit) => [unit.id, unit]))

/** Spellings that tools write in reports. A limit uses the ids alone. */
const REPORTED: Record<string, string[]> = {
  ns: ['nanosecond', 'nanoseconds', 'nsec', 'ns/op', 'ns/iter'],
  us: ['µs', 'μs', 'microsecond', 'microseconds', 'usec', 'us/op', 'µs/op', 'us/iter'],
  ms: ['msec', 'msecs', 'millis', 'millisecond', 'milliseconds', 'ms/op', 'ms/iter'],
  s: ['sec', 'secs', 'second', 'seconds', 's/op', 's/iter'],
  min: ['mins', 'minute', 'minutes'],
  h: ['hr', 'hrs', 'hour', 'hours'],
  d: ['day', 'days'],
  B: ['byte', 'bytes', 'B/op'],
  KiB: ['kibibyte', 'kibibytes'],
  MiB: ['mebibyte', 'mebibytes'],
  GiB: ['gibibyte', 'gibibytes'],
  'B/s': ['bytes/s', 'bytes/sec'],
  bps: ['bit/s', 'bits/s', 'bits/sec'],
  kbps: ['kbit/s'],
  Mbps: ['Mbit/s'],
  Gbps: ['Gbit/s'],
  'req/s': ['reqs/s', 'req/sec', 'reqs/sec', 'requests/s', 'requests/sec', 'requests/second'],
  'req/min': ['requests/min'],
  'ops/s': ['op/s', 'ops/sec', 'op/sec', 'operations/s', 'operations/sec'],
  'ops/min': ['operations/min'],
  'files/s': ['files/sec'],
  IOPS: ['iops'],
  '%': ['percent', 'percentage', 'pct', 'Percent'],
}

const BY_REPORTED = new Map(Object.entries(REPORTED).flatMap(([id, names]) => names.map((name) => [name, id] as const)))

/** The unit of exactly that spelling (units are case-sensitive: Mbps, MB, ms); null where there is none. */
export function unitOf(name: string): Unit | null {
  return BY_ID.get(name) ?? null
}

/** The id that a report's own spelling stands for ("ops/sec" is ops/s); null where it is none we know. */
export function reportedUnit(name: string): Unit | null {
  return unitOf(name) ?? unitOf(BY_REPORTED.get(name) ?? '')
}

/**
 * `value` of unit `from` in unit `to`, either of them as an id or as reports spell it. An empty `to` asks for the value as it is.
 * null: not the same kind of quantity, or a unit that is not known (an empty `from` is not known either).
 */
export function convert(value: number, from: string, to: string): number | null {
  if (to === '' || from === to) return value
  const source = reportedUnit(from)
  const target = reportedUnit(to)
  if (source === null || target === null || source.dimension !== target.dimension) return null
  if (source.factor === target.factor) return value
  // Fifteen digits, as every comparison (spec 2.2): 0.07 ratio is 7 %, not 7.000000000000001 %.
  return Number(((value * source.factor) / target.factor).toPrecision(15))
}
