// What loosens, as a reader wants it: one setting that shows in five places is one line.
import type { Loosening } from '../model/config.ts'

export interface LooseningShown {
  /** `/target/local`, `/target/{local, push}`. */
  what: string
  from: string
  to: string
  origin: string
}

/** Neighbours of one parent with the same change from the same line become one. */
export function looseningsOf(entries: readonly Loosening[]): LooseningShown[] {
  const groups = new Map<string, { parent: string; names: string[]; entry: Loosening }>()
  for (const entry of entries) {
    const cut = entry.pointer.lastIndexOf('/')
    const parent = entry.pointer.slice(0, Math.max(0, cut))
    const key = JSON.stringify([parent, entry.from, entry.to, entry.origin])
    const group = groups.get(key) ?? { parent, names: [], entry }
    group.names.push(entry.pointer.slice(cut + 1))
    groups.set(key, group)
  }
  return [...groups.values()].map(({ parent, names, entry: { pointer, from, to, origin } }) => ({
    what: names.length === 1 ? pointer : `${parent}/{${names.join(', ')}}`,
    from,
    to,
    origin,
  }))
}
