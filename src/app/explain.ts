// `certify explain`: a criterion's formula with this run's numbers and where each came from, or the shortest path to a level.
import { LEVEL_IDS, type LevelNumber, levelNumber } from '../model/level.ts'
import { CertifyError } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { renderExplanation } from '../reporting/renderers/explanation.ts'
import { pathOf, renderPath } from '../reporting/renderers/path.ts'
import { evaluate } from './evaluate.ts'
import type { Ended, Invocation } from './invocation.ts'
import type { Ports } from './ports.ts'

export async function explain(invocation: Invocation, ports: Ports): Promise<Ended> {
  const id = invocation.operands[0]
  const { result } = await evaluate(invocation, ports)
  const known = result.levels.flatMap((level) => level.criteria.map((criterion) => criterion.id))
  if (result.levels.length === 0) {
    const refused = result.decision.reasons.some((one) => one.code === 'config_invalid')
    throw new CertifyError('not_judged', 'there is nothing to explain: nothing could be judged', {
      ...(refused ? { hint: 'run certify validate' } : {}),
      problems: result.notices,
    })
  }
  const look = { color: invocation.colour, width: invocation.width }
  const shown = (value: unknown, text: () => string): Ended => ({
    exit: 0,
    output: invocation.json ? `${JSON.stringify(value, null, 2)}\n` : text(),
    result: null,
  })
  const level = id === undefined ? null : levelOf(id)
  if (id === undefined || level !== null) {
    const path = pathOf(result, level)
    return shown(path, () => renderPath(path, look))
  }
  if (!known.includes(id)) {
    throw new CertifyError('usage', `no criterion is called "${id.slice(0, 80)}"`, {
      hint: `one of: ${known.join(', ')}; or a level, 1 to 4`,
    })
  }
  return shown(explanation(result, id), () => renderExplanation(result, id, look))
}

function levelOf(operand: string): LevelNumber | null {
  const id = LEVEL_IDS.find((one) => one === operand.toLowerCase())
  if (id !== undefined) return levelNumber(id)
  return /^[1-4]$/.test(operand) ? (Number(operand) as LevelNumber) : null
}

function explanation(result: Result, id: string) {
  const level = result.levels.find((l) => l.criteria.some((c) => c.id === id))!
  const criterion = level.criteria.find((c) => c.id === id)!
  const metric = result.metrics.find((m) => m.id === criterion.metric) ?? null
  const evidence = result.evidence.filter((e) =>
    metric?.basis.includes(e.origin.type === 'artifact' ? `artifact:${e.origin.name}/${e.path}` : e.path),
  )
  return { criterion, level: level.id, metric, evidence }
}
