// One difference between two policies, and the named comparators that say in which direction a setting went.

/**
 * tighter: harder to pass. looser: easier. unknown: cannot be told, to be treated as looser.
 * declared: the first word on something the other policy left open, so that there is nothing to be looser than.
 */
export type Direction = 'tighter' | 'looser' | 'unknown' | 'declared'

export interface Change {
  /** JSON pointer with the keys of the config file. */
  pointer: string
  /** What it is, for people: `test_coverage`, `gate 3, environment`. */
  label: string
  /** The part of the label that the pointer does not say: an item of a list, one of its properties. */
  item: string
  from: string
  to: string
  direction: Direction
  /** Where the new value was written; null: it does not say. */
  origin: string | null
}

/** Where a setting stands. */
export interface Place {
  pointer: string
  label: string
  item: string
  origin: string | null
}

/** A place at the top of the config, or below it by a path of known keys. */
export function placeAt(pointer: string, label: string): Place {
  return { pointer, label, item: '', origin: null }
}

/** null: no difference that matters. */
export type Judge<V> = (from: V, to: V) => Direction | null

/** The same in all its parts. Most of a policy is as it was, and is then not looked into. */
export function unchanged(from: unknown, to: unknown): boolean {
  return JSON.stringify(from) === JSON.stringify(to)
}

/** One setting of a T, held against the same setting of another T. */
export type Rule<T> = (from: T, to: T, place: Place) => Change | null

/** `key` extends the pointer, `label` the label; both may be empty for the setting that its owner is named for. */
export function rule<T, V>(
  key: string,
  label: string,
  of: (subject: T) => V,
  judge: Judge<V>,
  show: (value: V) => string = shown,
): Rule<T> {
  return (from, to, place) => {
    const direction = judge(of(from), of(to))
    if (direction === null) return null
    return { ...within(place, key, label), from: show(of(from)), to: show(of(to)), direction }
  }
}

export function compareBy<T>(rules: readonly Rule<T>[], from: T, to: T, place: Place): Change[] {
  return rules.map((one) => one(from, to, place)).filter((change) => change !== null)
}

export interface Keyed<T> {
  idOf: (item: T) => string
  /** What to show of an item that came or went. */
  show: (item: T) => string
  added: Direction | null
  removed: Direction | null
  /** Words for the item in labels; its id where left out. */
  name?: (item: T) => string
  origin?: (item: T) => string | null
  /** false: the pointer stays that of the list, for items that have no key in the file. */
  keyed?: boolean
  rules?: readonly Rule<T>[]
}

export const NONE = '(none)'

/** Items that came, went, or changed, told apart by id. */
export function compareKeyed<T>(from: readonly T[], to: readonly T[], place: Place, how: Keyed<T>): Change[] {
  const before = byId(from, how.idOf)
  const after = byId(to, how.idOf)
  const changes: Change[] = []
  const placeOf = (item: T): Place => ({
    ...within(
      place,
      how.keyed === false ? '' : escapeKey(how.idOf(item)),
      how.name === undefined ? how.idOf(item) : how.name(item),
    ),
    origin: how.origin?.(item) ?? place.origin,
  })
  for (const [id, item] of before) {
    const same = after.get(id)
    if (same !== undefined)
      changes.push(...compareBy(how.rules ?? [], item, same, { ...placeOf(item), origin: placeOf(same).origin }))
    else if (how.removed !== null)
      changes.push({ ...placeOf(item), origin: null, from: how.show(item), to: NONE, direction: how.removed })
  }
  for (const [id, item] of after) {
    if (!before.has(id) && how.added !== null)
      changes.push({ ...placeOf(item), from: NONE, to: how.show(item), direction: how.added })
  }
  return changes
}

/** Of several items with one id the second meets the second: none is lost behind another. */
function byId<T>(items: readonly T[], idOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>()
  const seen = new Map<string, number>()
  for (const item of items) {
    const id = idOf(item)
    const nth = (seen.get(id) ?? 0) + 1
    seen.set(id, nth)
    found.set(JSON.stringify([id, nth]), item)
  }
  return found
}

/** `key` is a path of keys, escaped where it comes from a user; empty: the same pointer, and the label tells the item. */
export function within(place: Place, key: string, label: string): Place {
  const join = (one: string) => [one, label].filter((part) => part !== '').join(', ')
  if (key === '') return { ...place, label: join(place.label), item: join(place.item) }
  return { ...place, pointer: `${place.pointer}/${key}`, label: join(place.label), item: '' }
}

/** A key as a JSON pointer writes it (RFC 6901). */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Longer values are cut: a line is for reading. */
const MAX_SHOWN = 160

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (value === null || (Array.isArray(value) && value.length === 0)) return NONE
  return line(Array.isArray(value) ? value.join(', ') : String(value))
}

/** On one line, and not endless. What it says is escaped where it is rendered. */
export function line(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > MAX_SHOWN ? `${flat.slice(0, MAX_SHOWN - 3)}...` : flat
}
