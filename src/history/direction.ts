// Which way a criterion gets better: as its limits ask, else as numbers of its kind do.
import type { CriterionConfig, MetricConfig } from '../model/config.ts'
import { limitDirection } from '../model/direction.ts'
import type { Direction } from '../model/history.ts'
import { unitOf } from '../model/units.ts'

/** Times and sizes get better as they get smaller; shares, rates, points and how long something has held as they grow. */
export function directionOf(
  { pass }: Pick<CriterionConfig, 'pass'>,
  metric: Pick<MetricConfig, 'unit' | 'family'> | undefined,
): Direction {
  const asked = limitDirection(pass)
  if (asked !== null) return asked
  const dimension = metric === undefined ? undefined : unitOf(metric.unit)?.dimension
  const smaller = metric?.family !== 'continuity' && (dimension === 'time' || dimension === 'bytes')
  return smaller ? 'lower_is_better' : 'higher_is_better'
}
