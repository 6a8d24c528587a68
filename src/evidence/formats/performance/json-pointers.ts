// The report of a tool that no format knows: JSON, with a pointer (RFC 6901) to each figure, as its evidence entry declares.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'
import type { JsonReading, PointedEvents } from '../../../model/json-reading.ts'
import { CertifyError, type Problem } from '../../../model/problem.ts'
import type { Format } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asNumber, field, isObject, wrong } from '../../scan/json-fields.ts'
import { commitOf, isoOf } from '../../scan/stamps.ts'
import { POINTED_JSON } from '../pointed.ts'

/** The format that this declaration makes. One figure that is not there, or is no number, and the file is no evidence. */
export function pointedJson(reading: JsonReading): Format<'performance'> {
  return {
    id: POINTED_JSON,
    kind: 'performance',
    title: 'JSON by pointers',
    producers: ['any tool'],
    discovers: [],
    recognises: () => false,
    read(source, limits) {
      const root = readJson(source, limits)
      const problems: Problem[] = []
      /** Every pointer that leads to nothing of use is told, not the first alone. */
      const tried = <T>(read: () => T): T | null => {
        try {
          return read()
        } catch (error) {
          if (!(error instanceof CertifyError)) throw error
          problems.push(...error.problems)
          return null
        }
      }
      const metrics = reading.values.flatMap(({ name, pointer, unit }): PerformanceMetric[] => {
        const value = tried(() => asNumber(found(root, pointer), `${name} at ${pointer}`))
        return value === null ? [] : [{ name, value: value + 0, unit }]
      })
      const events = reading.events === null ? null : tried(() => eventsAt(root, reading.events!))
      const createdAt = tried(() => stampAt(root, reading.generatedAt, 'generated_at', isoOf, 'a time with its zone'))
      const commit = tried(() => stampAt(root, reading.commit, 'commit', commitOf, 'the full hash of a commit'))
      const [first] = problems
      if (first !== undefined) throw new CertifyError(first.code, first.message, { problems })
      return {
        facts: { kind: 'performance', metrics, samples: null, errors: null, events, thresholds: [] },
        info: { producer: null, commit, createdAt },
        problems: [],
      }
    },
  }
}

/** Own keys and places of lists alone. What stands there may be of any type; where nothing stands, how far the way goes is told. */
function found(root: unknown, pointer: string): unknown {
  let value = root
  let way = ''
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    const next = isObject(value)
      ? field(value, key)
      : Array.isArray(value) && /^(?:0|[1-9]\d{0,9})$/.test(key)
        ? value[Number(key)]
        : undefined
    if (next === undefined)
      throw refused('wrong_shape', `${pointer} leads nowhere: there is no ${JSON.stringify(key)} in ${placeName(way, value)}`, {
        hint: 'Correct the pointer in the policy, or see whether the tool still writes this.',
      })
    value = next
    way = `${way}/${token}`
  }
  return value
}

function placeName(way: string, value: unknown): string {
  const what = isObject(value) ? 'the object' : Array.isArray(value) ? `the list of ${value.length}` : 'what is no object'
  return way === '' ? `${what} that the file is` : `${what} at ${way}`
}

function eventsAt(root: unknown, events: PointedEvents): NonNullable<PerformanceFacts['events']> {
  const count = (name: string, pointer: string): number => {
    const value = asCount(found(root, pointer), `${name} at ${pointer}`)
    if (!Number.isSafeInteger(value)) throw refused('bad_number', `${name} at ${pointer} is ${value}, no whole number of events`)
    return value
  }
  const total = count('events.total', events.total)
  const [name, pointer] = 'good' in events ? (['good', events.good] as const) : (['bad', events.bad] as const)
  const part = count(`events.${name}`, pointer)
  if (part > total)
    throw refused(
      'impossible_total',
      `events.${name} at ${pointer} is ${part} of ${total} at ${events.total}: more than there are`,
    )
  return { good: name === 'good' ? part : total - part, total, source: events.total }
}

function stampAt(root: unknown, pointer: string | null, name: string, of: (value: unknown) => string | null, wanted: string) {
  if (pointer === null) return null
  const value = found(root, pointer)
  const stamp = of(value)
  if (stamp === null) throw wrong(`${name} at ${pointer}`, value, wanted)
  return stamp
}
