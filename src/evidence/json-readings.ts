// Declarations of one JSON file by several entries as one, and what one of them asks for of what was read by more.
import type { Evidence, PerformanceFacts } from '../model/evidence.ts'
import type { JsonReading } from '../model/json-reading.ts'
import { refused } from './scan/json.ts'

/** Throws CertifyError `duplicate_name` where two give the same name to different places. */
export function unitedReading(readings: readonly JsonReading[]): JsonReading {
  const united: JsonReading = { values: [], events: null, generatedAt: null, commit: null }
  for (const { values, events, generatedAt, commit } of readings) {
    for (const value of values) {
      const known = united.values.find((one) => one.name === value.name)
      if (known === undefined) united.values.push(value)
      else agree(value.name, known, value)
    }
    united.events = agreed('events', united.events, events)
    united.generatedAt = agreed('generated_at', united.generatedAt, generatedAt)
    united.commit = agreed('commit', united.commit, commit)
  }
  return united
}

/** Of a file that another job has read, what `asked` asks for; null: that job's pointers were not the same. */
export function narrowedTo<E extends Omit<Evidence, 'declaredBy'>>(held: E, asked: JsonReading): E | null {
  const { json, facts } = held
  if (json === undefined || facts.kind !== 'performance') return null
  const values = asked.values.map((value) => json.values.find((one) => one.name === value.name && same(one, value)))
  const stamps = [
    [asked.events, json.events],
    [asked.generatedAt, json.generatedAt],
    [asked.commit, json.commit],
  ]
  if (values.includes(undefined) || stamps.some(([mine, theirs]) => mine !== null && !same(mine, theirs))) return null
  const names = new Set(asked.values.map((one) => one.name))
  const metrics = facts.metrics.filter((one) => names.has(one.name))
  const own: PerformanceFacts = { ...facts, metrics, events: asked.events === null ? null : facts.events }
  return { ...held, json: asked, facts: own }
}

function agreed<T>(name: string, before: T | null, now: T | null): T | null {
  if (before !== null && now !== null) agree(name, before, now)
  return before ?? now
}

function agree(name: string, before: unknown, now: unknown): void {
  if (!same(before, now))
    throw refused('duplicate_name', `${JSON.stringify(name)} is declared twice, by different pointers`, {
      hint: 'The entries that name this file must agree on it: rename one of the two in the policy.',
    })
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** Both are flat: texts, null, or objects of these. */
function sorted(value: unknown): unknown {
  return value !== null && typeof value === 'object' ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value
}
