// What is shown of a checklist: each domain and list with its own percentage, and below it every item of it that is open.
import type { MetricPart } from '../model/metric.ts'
import { type Group, inOrder } from './checklist-groups.ts'
import type { Item } from './checklist-items.ts'
import { plural, shown } from './shown.ts'

/** More open items than anybody reads are only counted. */
const ITEMS = 500

export interface JudgedItem {
  item: Item
  state: 'done' | 'open' | 'unknown'
  /** Why it is not done. */
  why: string
}

/** `worth`: what an item adds to the value, in units of its ratio or in points. */
export function partsOf(judged: readonly JudgedItem[], worth: (item: Item) => number): MetricPart[] {
  const groups = new Map(judged.flatMap(({ item: { group } }) => (group === null ? [] : [[JSON.stringify(group), group]])))
  const parts = inOrder([...groups.values()]).flatMap((group) => {
    const mine = judged.filter(({ item }) => item.group?.kind === group.kind && item.group.name === group.name)
    return [groupPart(group, mine), ...mine.flatMap((one) => openPart(one, worth))]
  })
  parts.push(...judged.filter(({ item }) => item.group === null).flatMap((one) => openPart(one, worth)))
  let items = 0
  return parts.filter((part) => part.group !== undefined || ++items <= ITEMS)
}

function groupPart({ kind, name }: Group, mine: readonly JudgedItem[]): MetricPart {
  const done = (of: readonly JudgedItem[]): number => of.filter(({ state }) => state === 'done').length
  const counted = mine.filter(({ item }) => !item.progress)
  const progress = mine.filter(({ item }) => item.progress)
  const all = counted.length > 0 ? counted : progress
  const open = done(all) < all.length
  const share = `${done(all)} of ${plural(all.length, 'item')}, ${shown((100 * done(all)) / all.length)} %`
  const beside = counted.length > 0 && progress.length > 0 ? `; progress ${done(progress)} of ${progress.length}` : ''
  return {
    name,
    state: open ? (counted.length > 0 ? 'short' : 'warn') : 'pass',
    detail: `${share}${beside}${counted.length === 0 ? ', holds nothing back' : ''}`,
    path: null,
    ranges: [],
    group: kind,
    ratio: { good: done(all), total: all.length, what: 'items' },
    ...(counted.length === 0 ? { progress: true } : {}),
  }
}

function openPart({ item, state, why }: JudgedItem, worth: (item: Item) => number): MetricPart[] {
  if (state === 'done') return []
  const { blocking, progress, path, line, group } = item
  const lacks = progress ? 0 : worth(item)
  return [
    {
      name: nameOf(item),
      state: progress ? 'warn' : state === 'unknown' ? 'unknown' : 'short',
      detail: progress ? `${why}, holds nothing back` : blocking ? `${why}, blocking` : why,
      path,
      ranges: line === null ? [] : [[line, line]],
      ...(group === null ? {} : { of: group.name }),
      ...(progress ? { progress: true } : { kind: 'item' }),
      ...(lacks > 0 ? { lacks } : {}),
      ...(blocking && !progress ? { must: true } : {}),
    },
  ]
}

/** As a person reads it: without Markdown's bold. */
export function nameOf({ text }: Item): string {
  return text.replaceAll('**', '').trim() || text
}
