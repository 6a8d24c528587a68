// `certify explain` without a criterion: the shortest path to a level, step by step, each with its numbers.
import type { LevelNumber } from '../../model/level.ts'
import type { Result } from '../../model/result.ts'
import { type Blocker, subjectsShown } from '../blocker.ts'
import { pathTo } from '../blockers.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { nextLevel } from '../headline.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export interface Path {
  level: LevelNumber
  reached: number
  /** In the order to take them; empty: nothing is lacking. */
  steps: Blocker[]
}

/** `wanted` null: the target, or what comes after it where that is reached. */
export function pathOf(result: Result, wanted: LevelNumber | null): Path {
  const { level: reached, target, verdict } = result.decision
  const level = wanted ?? (verdict === 'passed' ? (nextLevel(result)?.number ?? target) : target)
  return { level, reached, steps: pathTo(result, level) }
}

export function renderPath({ level, reached, steps }: Path, look: Look): string {
  const page = new Page(look)
  const from = reached === 0 ? 'no level is reached' : `level ${reached} is reached`
  if (steps.length === 0) {
    page.item('✓ ', 2, `Nothing is lacking for level ${level}: ${from}`, 'good')
    return page.toString()
  }
  page.title(`The shortest path to level ${level}; ${from}`)
  const width = String(steps.length).length
  const said = new Map<string, number>()
  /** One deed may help in several places. */
  const unsaid = (fix: string, number: number): string => {
    const before = said.get(fix)
    if (before === undefined) said.set(fix, number)
    return before === undefined ? fix : `as step ${before}`
  }
  for (const [index, step] of steps.entries()) {
    const subject = subjectsShown(step, (name) => t(name, 100))
    const number = `${index + 1}. `.padStart(width + 4)
    page.item(
      `${number}${page.mark(OUTCOMES[step.outcome])} `,
      width + 6,
      t(`${step.place}${subject === '' ? '' : ` · ${subject}`}: ${step.text}`, 600),
    )
    for (const fix of step.fixes.map((text) => unsaid(text, index + 1)))
      page.item(`${' '.repeat(width + 6)}→ `, width + 8, t(fix, 600))
  }
  return page.toString()
}
