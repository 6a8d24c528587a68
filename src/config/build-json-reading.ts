// The pointers of an evidence entry of `format: json`, and whether they belong together.
import type { JsonReading, PointedEvents, PointedValue } from '../model/json-reading.ts'
import type { Reader } from './reader.ts'

const KEYS = ['values', 'events', 'generated_at', 'commit'] as const
const EXAMPLE = 'for example values: { p95_latency: { pointer: /metrics/http/p95, unit: ms } }'

/** undefined: the entry is of another format. */
export function jsonReadingOf(entry: Reader, format: string | null): JsonReading | undefined {
  if (format !== 'json') {
    const [key] = KEYS.filter((one) => entry.has(one))
    if (key !== undefined) entry.at(key).problem('not_allowed', `${key} is only for format: json`, 'add format: json beside it')
    return undefined
  }
  const values = entry.entries('values').map(pointedValue)
  const events = eventsOf(entry)
  if (values.length === 0 && events === null && !entry.has('events'))
    entry.problem('missing_key', 'an evidence entry of format json needs values or events', EXAMPLE)
  return { values, events, generatedAt: entry.maybe('generated_at'), commit: entry.maybe('commit') }
}

function pointedValue(reader: Reader): PointedValue {
  const { key: name, value } = reader
  if (typeof value === 'string') return { name, pointer: value, unit: null }
  return { name, pointer: reader.text('pointer', ''), unit: reader.maybe('unit') }
}

function eventsOf(entry: Reader): PointedEvents | null {
  if (!entry.has('events')) return null
  const events = entry.at('events')
  const [good, bad, total] = [events.maybe('good'), events.maybe('bad'), events.text('total', '')]
  if ((good === null) === (bad === null)) {
    events.problem(
      'contradiction',
      'events need their total, and either good or bad',
      'events: { good: /requests/ok, total: /requests/all }',
    )
    return null
  }
  return good !== null ? { good, total } : { bad: bad!, total }
}
