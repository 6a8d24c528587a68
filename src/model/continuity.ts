// How long a level has been held: the branch's newest evaluations, backwards to the last one below it.
import type { Continuity, History } from './history.ts'
import type { LevelNumber } from './level.ts'

/**
 * From the first run of the unbroken row to the newest one: what lies after that nobody has evaluated.
 * null: the newest run is below the level, or there is none.
 */
export function continuityOf(level: LevelNumber, history: History): Continuity | null {
  const { runs } = history
  const newest = runs.at(-1)
  const broken = runs.findLastIndex((run) => run.level < level)
  const held = runs.slice(broken + 1)
  const first = held[0]
  if (newest === undefined || first === undefined) return null
  const seconds = (Date.parse(newest.at) - Date.parse(first.at)) / 1000
  return {
    level,
    since: first.at,
    seconds: Number.isFinite(seconds) ? Math.max(0, seconds) : 0,
    commits: new Set(held.flatMap((run) => run.commit ?? [])).size,
    runs: held.length,
    complete: history.complete || broken >= 0,
  }
}
