// Limits as people write them: "> 95%", "< 200ms and > 0", "<= +10%". The grammar and the units are in docs/thresholds.md.
import type { Limit, Term } from '../model/limit.ts'
import { nearest } from '../model/nearest.ts'
import { convert, type Dimension, reportedUnit, UNITS, unitOf } from '../model/units.ts'
import { contradiction } from './strictness.ts'
import { quoted, type RawTerm, type Refused, readTerms } from './term.ts'

export { contradiction, type Strictness, strictness } from './strictness.ts'

export type ParsedLimit = { limit: Limit } | { problem: string; hint?: string }

const DIMENSIONS: Record<Dimension, string> = {
  time: 'a time',
  bytes: 'a number of bytes',
  data_rate: 'a data rate',
  requests: 'a rate of requests',
  operations: 'a rate of operations',
  files: 'a rate of files',
  iops: 'a rate of disk operations',
  share: 'a share',
  points: 'a difference of two percentages',
}

/** One limit in a metric of `unit` ('' for objectives: each term keeps its own unit). A bare number n is ">= n". */
export function parseLimit(raw: number | string, unit: string, origin: string): ParsedLimit {
  if (typeof raw === 'number' && !Number.isFinite(raw)) return { problem: `${raw} is not a number to compare with` }
  if (typeof raw === 'number' && raw < 0)
    return { problem: `${raw} is negative`, hint: 'a sign means "against the baseline": ">= -0.5pp", "<= +10%"' }
  const read = typeof raw === 'number' ? { terms: [{ op: '>=' as const, sign: null, value: raw, unit: '' }] } : readTerms(raw)
  if ('problem' in read) return read
  const terms: Term[] = []
  for (const rawTerm of read.terms) {
    const resolved = resolveTerm(rawTerm, unit)
    if ('problem' in resolved) return resolved
    terms.push(resolved)
  }
  const limit = { terms, text: read.terms.map((term) => textOf(term, unit)).join(' and '), origin }
  const mixed = mixedUnits(terms)
  if (mixed !== null) return mixed
  const never = contradiction([limit])
  return never === null ? { limit } : { problem: never }
}

function resolveTerm(raw: RawTerm, metricUnit: string): Term | Refused {
  const known = raw.unit === '' || raw.unit === metricUnit || unitOf(raw.unit) !== null
  if (!known) return unknownUnit(raw.unit)
  return raw.sign === null ? absolute(raw, metricUnit) : signed(raw, raw.sign, metricUnit)
}

function absolute(raw: RawTerm, metricUnit: string): Term | Refused {
  const { op, value } = raw
  if (raw.unit === 'pp')
    return {
      problem: `${quoted('pp')} is a difference to the baseline`,
      hint: `write "${op} ${value}%", or "${op} -${value}pp" against the baseline`,
    }
  if (raw.unit === '' && metricUnit === '%' && value > 0 && value < 1) {
    return { problem: `${value} in a metric of 0 to 100 %`, hint: `did you mean ${plain(value * 100)}%? If not, write ${value}%` }
  }
  const unit = metricUnit === '' ? raw.unit : metricUnit
  const converted = convertTo(value, raw.unit, unit)
  if (typeof converted !== 'number') return converted
  if (metricUnit === '%' && (converted > 100 || (op === '>' && converted === 100))) {
    return {
      problem: `no percentage is ${op === '>' ? 'more than' : 'as much as'} ${plain(converted)} %`,
      hint: 'percentages are 0 to 100; ">= 100%" asks for all of it',
    }
  }
  return { op, value: converted, unit, mode: 'absolute' }
}

function signed(raw: RawTerm, sign: 1 | -1, metricUnit: string): Term | Refused {
  const { op } = raw
  const value = sign * raw.value
  const written = `${op} ${sign === 1 ? '+' : '-'}${raw.value}`
  if (raw.unit === '') {
    const other = metricUnit === '%' ? 'pp' : metricUnit === '' ? 'ms' : metricUnit
    return {
      problem: `${quoted(written)} has a sign, but no unit`,
      hint: `"${written}%" is relative to the baseline, "${written}${other}" is added to it`,
    }
  }
  if (raw.unit === '%') {
    if (value <= -100) return { problem: `nothing falls by ${raw.value} %`, hint: '"-10%" is ten percent below the baseline' }
    return { op, value, unit: '%', mode: 'relative' }
  }
  const unit = metricUnit === '' ? (raw.unit === 'pp' ? '%' : raw.unit) : metricUnit
  // Percentage points are the differences of percentages.
  const converted =
    raw.unit === 'pp' && unitOf(unit)?.dimension === 'share' ? convertTo(value, '%', unit) : convertTo(value, raw.unit, unit)
  if (typeof converted !== 'number') return converted
  if (unit === '%' && Math.abs(converted) > 100)
    return { problem: `no percentage changes by ${plain(Math.abs(converted))} points` }
  return { op, value: converted, unit, mode: 'delta' }
}

function convertTo(value: number, from: string, to: string): number | Refused {
  if (from === '' || from === to) return value
  const converted = convert(value, from, to)
  if (converted !== null && Number.isFinite(converted)) return converted
  const what = unitOf(from)
  const is = what === null ? 'not one of its units' : DIMENSIONS[what.dimension]
  return {
    problem: `${quoted(from)} is ${is}, but this is measured in ${to}`,
    hint: `write the limit in ${unitsLike(to).join(', ')}`,
  }
}

function unknownUnit(written: string): Refused {
  const ids = UNITS.map((unit) => unit.id)
  const meant = reportedUnit(written)?.id ?? ids.find((id) => id.toLowerCase() === written.toLowerCase()) ?? nearest(written, ids)
  const hint = meant === null ? `known units: ${ids.join(' ')}` : `did you mean ${meant}?`
  return {
    problem: `unknown unit ${quoted(written)}`,
    hint: written === 'm' ? 'did you mean min? (M is mega, MB a million bytes)' : hint,
  }
}

function unitsLike(unit: string): string[] {
  const dimension = unitOf(unit)?.dimension
  return dimension === undefined ? [unit] : UNITS.filter((one) => one.dimension === dimension).map((one) => one.id)
}

/** Where no metric says the unit (objectives), the terms must at least speak of one kind of quantity. */
function mixedUnits(terms: readonly Term[]): Refused | null {
  const kinds = new Set(terms.filter((term) => term.mode !== 'relative').map((term) => unitOf(term.unit)?.dimension ?? term.unit))
  if (kinds.size < 2) return null
  return {
    problem: 'the terms of this limit are not of one kind',
    hint: 'give every term a unit of the same kind: "> 0 ms and < 200 ms"',
  }
}

function textOf(raw: RawTerm, metricUnit: string): string {
  const unit = raw.unit === '' ? metricUnit : raw.unit
  const sign = raw.sign === null ? '' : raw.sign === 1 ? '+' : '-'
  return `${raw.op} ${sign}${raw.value}${unit === '' ? '' : ` ${unit}`}`
}

/** A converted number without the noise of the conversion. */
function plain(value: number): number {
  return Number(value.toPrecision(12))
}
