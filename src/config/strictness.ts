// Limits as sets of numbers: which of two lets fewer values through, and whether any value can satisfy one at all.
import type { Limit, Term } from '../model/limit.ts'
import { unitOf } from '../model/units.ts'

/** An interval with points taken out of it, in the smallest unit of its dimension. */
interface Region {
  low: number
  lowOpen: boolean
  high: number
  highOpen: boolean
  not: Set<number>
}

export type Strictness = 'tighter' | 'looser' | 'equal' | 'unknown'

/** What `to` is, seen from `from`: all limits of a list must hold; an empty list holds for every value. Treat `unknown` as looser. */
export function strictness(from: readonly Limit[], to: readonly Limit[]): Strictness {
  const before = regionsOf(from)
  const after = regionsOf(to)
  const narrower = within(after, before)
  const wider = within(before, after)
  if (narrower && wider) return 'equal'
  if (narrower) return 'tighter'
  return wider ? 'looser' : 'unknown'
}

/** Why no value could ever satisfy all these limits at once; null where one can. Against a baseline only like is held against like. */
export function contradiction(limits: readonly Limit[]): string | null {
  for (const region of regionsOf(limits).values()) {
    if (isEmpty(region)) return `no value can be ${limits.map((limit) => limit.text).join(' and ')}`
  }
  return null
}

function regionsOf(limits: readonly Limit[]): Map<string, Region> {
  const regions = new Map<string, Region>()
  for (const term of limits.flatMap((limit) => limit.terms)) {
    const unit = unitOf(term.unit)
    const key = `${term.mode} ${unit?.dimension ?? term.unit}`
    const region = regions.get(key) ?? whole(term)
    narrow(region, term.op, unit === null ? term.value : Number((term.value * unit.factor).toPrecision(15)))
    regions.set(key, region)
  }
  return regions
}

/** A quantity with a unit of ours is never negative, and nothing falls by more than 100 %. */
function whole(term: Term): Region {
  const bounded = term.mode === 'absolute' && unitOf(term.unit) !== null
  const low = term.mode === 'relative' ? -100 : bounded ? 0 : Number.NEGATIVE_INFINITY
  return { low, lowOpen: false, high: Number.POSITIVE_INFINITY, highOpen: false, not: new Set() }
}

function narrow(region: Region, op: Term['op'], value: number): void {
  if (op === '!=') {
    region.not.add(value)
    return
  }
  if (op === '>' || op === '>=' || op === '==') {
    const open = op === '>'
    if (value > region.low || (value === region.low && open)) {
      region.low = value
      region.lowOpen = open
    }
  }
  if (op === '<' || op === '<=' || op === '==') {
    const open = op === '<'
    if (value < region.high || (value === region.high && open)) {
      region.high = value
      region.highOpen = open
    }
  }
}

function contains(region: Region, value: number): boolean {
  if (value < region.low || value > region.high || region.not.has(value)) return false
  return !(value === region.low && region.lowOpen) && !(value === region.high && region.highOpen)
}

function isEmpty(region: Region): boolean {
  return region.low > region.high || (region.low === region.high && !contains(region, region.low))
}

function within(inner: Map<string, Region>, outer: Map<string, Region>): boolean {
  return [...outer].every(([key, wide]) => {
    const small = inner.get(key)
    return small !== undefined && isWithin(small, wide)
  })
}

function isWithin(small: Region, wide: Region): boolean {
  if (small.low < wide.low || (small.low === wide.low && wide.lowOpen && !small.lowOpen)) return false
  if (small.high > wide.high || (small.high === wide.high && wide.highOpen && !small.highOpen)) return false
  return [...wide.not].every((point) => !contains(small, point))
}
