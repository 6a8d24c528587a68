// Limits as they stand in the config: parsed, and refused where they contradict each other.
import type { Limit } from '../model/limit.ts'
import type { Reader } from './reader.ts'
import { contradiction, parseLimit, strictness } from './threshold.ts'
import { nameOf } from './validate-words.ts'

/** A number, a text or a list of them. A limit that cannot be read is told of and left out. */
export function limitsOf(reader: Reader, unit: string): Limit[] {
  const { value } = reader
  const written = Array.isArray(value) ? value.map((_, index) => reader.at(String(index))) : value === undefined ? [] : [reader]
  const limits = written.flatMap((one) => limitOf(one, unit))
  const never = contradiction(limits)
  if (limits.length > 1 && never !== null) reader.problem('impossible_limit', `${nameOf(reader.pointer)}: ${never}`)
  return limits
}

function limitOf(reader: Reader, unit: string): Limit[] {
  const { value } = reader
  if (typeof value !== 'number' && typeof value !== 'string') return []
  const parsed = parseLimit(value, unit, reader.origin)
  if ('limit' in parsed) return [parsed.limit]
  reader.problem('bad_limit', `${nameOf(reader.pointer)}: ${parsed.problem}`, parsed.hint)
  return []
}

/** A warn band lies outside the pass limit; any other is never reached or makes no sense. */
export function warnBand(reader: Reader, pass: readonly Limit[], warn: readonly Limit[]): void {
  if (pass.length === 0 || warn.length === 0) return
  const relation = strictness(pass, warn)
  if (relation !== 'tighter' && relation !== 'equal') return
  const say = (limits: readonly Limit[]) => limits.map((limit) => limit.text).join(' and ')
  reader
    .at('warn')
    .problem(
      'contradiction',
      `warn (${say(warn)}) is not looser than pass (${say(pass)}): it would never be reached`,
      'warn is what is still let through with a warning',
    )
}
