// What a change of policy tightens and what it loosens, as lines for people.
import type { Config } from '../model/config.ts'
import type { Change } from './change.ts'
import { compareGates, compareLevels } from './compare-levels.ts'
import { compareMetrics } from './compare-metrics.ts'
import { compareRun } from './compare-run.ts'

/** Every difference that matters to a verdict, in the order of the config: run, metrics, levels, gates. Names and descriptions do not. */
export function changesBetween(from: Config, to: Config): Change[] {
  return [
    ...compareRun(from, to),
    ...compareMetrics(from, to),
    ...compareLevels(from.levels, to.levels),
    ...compareGates(from.gates, to.gates),
  ]
}

/** Lines such as "test_coverage: > 95 % -> > 80 %". What cannot be told is listed as loosened. */
export function comparePolicy(trusted: Config, head: Config): { tightened: string[]; loosened: string[] } {
  const tightened: string[] = []
  const loosened: string[] = []
  for (const change of changesBetween(trusted, head)) {
    const text = `${change.label}: ${change.from} -> ${change.to}`
    if (change.direction === 'tighter') tightened.push(text)
    else loosened.push(text)
  }
  return { tightened, loosened }
}
