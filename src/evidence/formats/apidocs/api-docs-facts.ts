// What every report on the documentation of an interface comes to: how much is documented, and what is not.
import type { ApiDocsFacts, Ratio } from '../../../model/evidence.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Limits } from '../../format.ts'
import { problem } from '../../problems.ts'

/** Names of what is not documented that are kept; how many there are is told by the figures. */
export const NAMED = 500

export function apiDocsFacts(documented: Ratio, undocumented: ApiDocsFacts['undocumented'], limits: Limits): ApiDocsFacts {
  const named = undocumented.slice(0, NAMED).map((one) => ({ ...one, name: one.name.slice(0, limits.nameLength) }))
  return { kind: 'apidocs', documented, undocumented: named }
}

/** 0 of 0 is no documentation, whatever percentage the tool makes of it. */
export function noneToDocument({ total }: Ratio, path: string): Problem[] {
  return total > 0 ? [] : [problem('nothing_measured', 'holds nothing that could be documented', { path })]
}
