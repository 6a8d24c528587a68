// The result of an evaluation alone, for tests that do not look at its record.
import { evaluate as whole } from '../../src/app/evaluate.ts'
import type { Invocation } from '../../src/app/invocation.ts'
import type { Ports } from '../../src/app/ports.ts'
import type { Result } from '../../src/model/result.ts'

export async function evaluate(invocation: Invocation, ports: Ports): Promise<Result> {
  return (await whole(invocation, ports)).result
}
