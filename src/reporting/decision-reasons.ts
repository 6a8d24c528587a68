// The decision's reasons, with the step that the criterion itself has: "meet test_coverage" helps nobody.
import type { Reason } from '../model/reason.ts'
import type { ResultLevel, StatedReason } from '../model/result.ts'
import { some } from './messages/words.ts'
import { stated } from './stated.ts'

export function decisionReasons(reasons: readonly Reason[], levels: readonly ResultLevel[]): StatedReason[] {
  return reasons.map((entry) => {
    const words = stated(entry)
    return entry.code === 'criteria_short' ? { ...words, fix: stepOf(entry.args, levels) ?? words.fix } : words
  })
}

/** The first step of the first criterion that has one, and what is to be met after it; null: none has. */
function stepOf(
  { level, criteria }: { level: string; criteria: readonly string[] },
  levels: readonly ResultLevel[],
): string | null {
  const short = levels.filter(({ id }) => id === level).flatMap((one) => one.criteria.filter(({ id }) => criteria.includes(id)))
  const first = short.find(({ steps }) => steps.length > 0)
  if (first === undefined) return null
  const others = criteria.filter((id) => id !== first.id)
  return `${first.steps[0]!.text}${others.length === 0 ? '' : `; then meet ${some(others, 4)}`}`
}
