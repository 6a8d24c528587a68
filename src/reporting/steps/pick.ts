// The fewest parts of a metric whose mending is enough: what stops a pass whatever the value, then the largest first.
import type { MetricPart, MetricValue } from '../../model/metric.ts'

export interface Picked {
  part: MetricPart
  /** Units or points of it that are needed; of everything but a file all it lacks. */
  take: number
}

export interface Picks {
  /** These have to be mended whatever the value is. */
  must: MetricPart[]
  picked: Picked[]
  /** Units that are still lacking when all parts that are known are mended; null: not told in units. */
  more: number
  /** Units that are needed altogether; null: the value is not made of units. */
  units: number | null
}

export interface Whole {
  parts: readonly MetricPart[]
  ratio: MetricValue['ratio']
  value: number
}

/** null: no step can be counted out, because the value is not made of what its parts say, or no amount of it is enough. */
export function pick(whole: Whole, meets: (value: number) => boolean, done = 0): Picks | null {
  const open = whole.parts.filter((part) => part.state !== 'pass' && part.kind !== undefined && part.kind !== 'component')
  const must = open.filter((part) => part.must === true)
  const rest = open
    .filter((part) => part.must !== true && (part.lacks ?? 0) > 0)
    .flatMap(singly)
    .sort((a, b) => b.lacks! - a.lacks!)
  return whole.ratio === null ? byPoints(whole, meets, must, rest) : byUnits(whole.ratio, meets, { must, rest, open, done })
}

/** Each rule of a document can be met by itself. */
function singly(part: MetricPart): MetricPart[] {
  const rules = part.kind === 'document' ? (part.lines ?? []) : []
  return rules.length < 2 ? [part] : rules.map((rule) => ({ ...part, lacks: part.lacks! / rules.length, lines: [rule] }))
}

interface Open {
  must: MetricPart[]
  rest: MetricPart[]
  open: readonly MetricPart[]
  done: number
}

function byUnits(
  { good, total, what }: NonNullable<MetricValue['ratio']>,
  meets: (value: number) => boolean,
  { must, rest, open, done }: Open,
): Picks | null {
  if (!Number.isInteger(good) || !Number.isInteger(total) || total <= 0) return null
  // Failed tests that pass are what is counted here; a point whose tests all ran holds once they pass.
  const freed = what === 'tests' ? total - good : open.filter((part) => part.kind === 'point' && part.lacks === undefined).length
  const gained = freed + sum(must) + done
  const units = least(Math.max(0, total - good - gained), (more) => meets((100 * (good + gained + more)) / total))
  if (units === null) return null
  const picked: Picked[] = []
  let left = units
  for (const part of rest) {
    if (left <= 0) break
    const take = part.kind === 'file' ? Math.min(left, part.lacks!) : part.lacks!
    picked.push({ part, take })
    left -= take
  }
  return { must, picked, more: Math.max(0, left), units }
}

/** Points of the value, of which every part that is open takes some away. */
function byPoints(
  { parts, value }: Whole,
  meets: (value: number) => boolean,
  must: MetricPart[],
  rest: MetricPart[],
): Picks | null {
  if (rest.length + must.length === 0) return null
  const lost = sum(parts.filter((part) => part.state !== 'pass'))
  // What a bounded list leaves out is lost as well; a value of 0 hides how much.
  const hidden = value > 0 && must.length === 0 ? Math.max(0, 100 - value - lost) : 0
  let left = lost - sum(must)
  const good = (): boolean => meets(Math.max(0, settle(100 - left - settle(hidden))))
  const picked: Picked[] = []
  for (const part of rest) {
    if (good()) break
    picked.push({ part, take: part.lacks! })
    left -= part.lacks!
  }
  return { must, picked, more: good() ? 0 : 1, units: null }
}

/** The smallest number up to `most` that is enough; null: none is. */
function least(most: number, enough: (more: number) => boolean): number | null {
  if (!enough(most)) return enough(0) ? 0 : null
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function sum(parts: readonly MetricPart[]): number {
  return parts.reduce((all, part) => all + (part.lacks ?? 0), 0)
}

/** Additions leave noise behind that must not decide about a limit. */
function settle(value: number): number {
  return Number(value.toPrecision(12))
}
