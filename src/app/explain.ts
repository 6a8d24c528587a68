// `certify explain CRITERION`: the formula with this run's numbers, and where each came from.
import { CertifyError } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { renderExplanation } from '../reporting/renderers/explanation.ts'
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
  if (id === undefined || !known.includes(id)) {
    throw new CertifyError(
      'usage',
      id === undefined ? 'explain needs a criterion' : `no criterion is called "${id.slice(0, 80)}"`,
      {
        hint: `one of: ${known.join(', ')}`,
      },
    )
  }
  const output = invocation.json
    ? `${JSON.stringify(explanation(result, id), null, 2)}\n`
    : renderExplanation(result, id, { color: invocation.colour, width: invocation.width })
  return { exit: 0, output, result: null }
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
