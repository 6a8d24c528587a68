// Files that a check asks for: there, not empty, young enough. They were looked up before anything is judged.
import type { Check } from './check.ts'
import type { Finding } from './metric-check.ts'
import { type Reason, reason } from './reason.ts'

type FileCheck = Extract<Check, { fn: 'file' }>

/** A file that a pattern matched. `ageSeconds` null: not known. */
export interface MatchedFile {
  path: string
  size: number
  ageSeconds: number | null
  tracked: boolean
}

/** By pattern. A pattern that is not here was not looked for. */
export type MatchedFiles = Readonly<Record<string, readonly MatchedFile[]>>

/** Every pattern has a file that is not empty and not too old. */
export function filePresent({ paths, maxAgeSeconds }: FileCheck, files: MatchedFiles): Finding {
  const reasons = paths.flatMap((pattern) => shortOf(pattern, files[pattern] ?? [], maxAgeSeconds))
  if (paths.length === 0) reasons.push(reason('evidence_missing', { what: 'file', expected: [] }))
  return reasons.length === 0 ? { outcome: 'pass', reasons: [] } : { outcome: 'no_evidence', reasons }
}

function shortOf(pattern: string, matches: readonly MatchedFile[], max: number | null): Reason[] {
  const filled = matches.filter((one) => one.size > 0)
  const first = matches[0]
  if (first === undefined) return [reason('deliverable_missing', { name: pattern, expected: [pattern] })]
  if (filled.length === 0) return [reason('evidence_rejected', { path: first.path, why: 'it is empty' })]
  if (max === null || filled.some((one) => one.ageSeconds !== null && one.ageSeconds <= max)) return []
  const { path, ageSeconds } = filled[0]!
  return [
    reason('evidence_stale', { path, age: ageSeconds === null ? 'unknown' : `${Math.floor(ageSeconds)} s`, max: `${max} s` }),
  ]
}
