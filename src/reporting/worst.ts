// What hurts most, over all criteria: the files, findings, objectives and documents that take the most points away.
import type { MetricPart } from '../model/metric.ts'
import { letsThrough } from '../model/outcome.ts'
import type { Result, ResultCriterion } from '../model/result.ts'

export interface Worst {
  criterion: string
  part: MetricPart
  /** Of the criterion's value, which is in percent. */
  points: number
}

const MOST = 5

/** Of what is short before what passes all the same; each place once. */
export function worstOf(result: Result): Worst[] {
  const { level, target } = result.decision
  const criteria = result.levels.filter((one) => one.number <= Math.max(target, level + 1)).flatMap((one) => one.criteria)
  const all = criteria.flatMap((criterion) => of(result, criterion))
  all.sort((a, b) => Number(a.through) - Number(b.through) || b.points - a.points)
  const seen = new Set<string>()
  const places = all.filter(({ part: { name, path, ranges } }) => {
    const place = JSON.stringify([name, path, ranges[0] ?? null])
    return !seen.has(place) && seen.add(place)
  })
  return places.slice(0, MOST).map(({ criterion, part, points }) => ({ criterion, part, points }))
}

function of(result: Result, criterion: ResultCriterion): (Worst & { through: boolean })[] {
  const metric = result.metrics.find((one) => one.id === criterion.metric)
  if (metric === undefined || metric.unit !== '%') return []
  const total = metric.ratio?.total ?? 100
  return metric.parts.flatMap((part) => {
    const points = part.kind === undefined || part.state === 'pass' ? 0 : (100 * (part.lacks ?? 0)) / total
    return points > 0 ? [{ criterion: criterion.id, part, points, through: letsThrough(criterion.outcome) }] : []
  })
}
