// How far a certificate reaches: the unbroken row of levels that were truly passed with their gates truly open.
import type { Config } from '../model/config.ts'
import type { LevelNumber } from '../model/level.ts'
import type { LevelState } from '../model/outcome.ts'
import type { Result } from '../model/result.ts'

const NUMBERS: readonly LevelNumber[] = [1, 2, 3, 4]
const THROUGH: readonly LevelState[] = ['passed', 'passed_with_warnings', 'not_applicable']

export interface Reach {
  /** 0: nothing is covered. */
  level: 0 | LevelNumber
  /** The highest level that the policy asks for; 0: it asks for none. */
  final: 0 | LevelNumber
  /** The highest gate that is open within `level`; null: none is. */
  gate: LevelNumber | null
}

/** An approved gate is not an open one. Where the policy has no gate for a level, or switched it off, none is asked for. */
export function reachOf({ levels, gates }: Pick<Result, 'levels' | 'gates'>, config: Pick<Config, 'levels' | 'gates'>): Reach {
  const enabled = NUMBERS.filter((n) => config.levels.find((one) => one.number === n)?.enabled === true)
  const reach: Reach = { level: 0, final: enabled.at(-1) ?? 0, gate: null }
  let evaluated = false
  for (const n of enabled) {
    const level = levels.find((one) => one.number === n)
    const gate = gates.find((one) => one.id === n)
    const asked = config.gates.find((one) => one.number === n)?.enabled === true
    if (level === undefined || !THROUGH.includes(level.state) || (asked && gate?.state !== 'open')) break
    evaluated ||= level.state !== 'not_applicable'
    if (gate?.state === 'open') reach.gate = n
    // A row of nothing but "not applicable" has not evaluated anything, and one without a gate was let through by nobody.
    if (evaluated && reach.gate !== null) reach.level = n
  }
  return reach
}
