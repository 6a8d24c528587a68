// One series of a Prometheus query response: its labels, the name it goes by, and its samples with their values out of quotes.
import type { Limits } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { asArray, asNumber, asObject, field, type JsonObject, objectAt, wrong } from '../../scan/json-fields.ts'

export interface Sample {
  /** Seconds since 1970. */
  at: number
  /** NaN and infinities as the server gives them: they are no values. */
  value: number
}

export interface Series {
  name: string
  labels: ReadonlyMap<string, string>
  samples: Sample[]
  /** Native histograms in place of values: not read. */
  histogram: boolean
}

/** Labels that a query sets for us, and that are no part of the name. */
const OURS = ['sli', 'unit', 'events']

export function seriesOf(value: unknown, limits: Limits): Series {
  const entry = asObject(value, 'the series')
  const labels = labelsOf(objectAt(entry, 'metric') ?? {}, limits)
  const [one, many] = [field(entry, 'value'), field(entry, 'values')]
  const histogram = field(entry, 'histogram') !== undefined || field(entry, 'histograms') !== undefined
  if (one === undefined && many === undefined && !histogram) throw wrong('"value"', undefined, 'a sample')
  const samples = many === undefined ? (one === undefined ? [] : [sampleOf(one)]) : asArray(many, '"values"').map(sampleOf)
  for (let at = 1; at < samples.length; at++)
    if (!(samples[at]!.at > samples[at - 1]!.at)) throw refused('wrong_shape', '"values" are not in the order of their times')
  return { name: nameOf(labels), labels, samples, histogram }
}

/** `[time, "value"]`. */
export function sampleOf(value: unknown): Sample {
  const pair = asArray(value, 'the sample')
  if (pair.length !== 2) throw refused('wrong_shape', `the sample has ${pair.length} parts, not a time and a value`)
  return { at: asNumber(pair[0], 'the time'), value: numberOf(pair[1]) }
}

function numberOf(value: unknown): number {
  if (typeof value !== 'string') throw wrong('the value', value, 'a number in quotes, as Prometheus writes it')
  if (value === 'NaN') return Number.NaN
  if (value === '+Inf' || value === '-Inf') return Number.POSITIVE_INFINITY
  if (!/^[+-]?\d{1,400}(?:\.\d{1,400})?(?:e[+-]?\d{1,3})?$/i.test(value)) throw wrong('the value', value, 'a number')
  return Number(value)
}

function labelsOf(metric: JsonObject, limits: Limits): Map<string, string> {
  const labels = new Map<string, string>()
  for (const key of Object.keys(metric).sort()) {
    const text = field(metric, key)
    if (typeof text !== 'string') throw wrong(`the label ${JSON.stringify(key.slice(0, 80))}`, text, 'a text')
    labels.set(key, text.slice(0, limits.textLength))
  }
  return labels
}

/** The label `sli` where the query sets it; else as Prometheus writes a series; one without labels is `value`. */
function nameOf(labels: ReadonlyMap<string, string>): string {
  const own = labels.get('sli')
  if (own !== undefined && own !== '') return own
  return (labels.get('__name__') ?? '') + braced(labels) || 'value'
}

/** What is left beside our own labels, by which series of one thing belong together. */
export function braced(labels: ReadonlyMap<string, string>): string {
  const rest = [...labels].filter(([key]) => key !== '__name__' && !OURS.includes(key))
  return rest.length === 0 ? '' : `{${rest.map(([key, text]) => `${key}=${JSON.stringify(text)}`).join(',')}}`
}
