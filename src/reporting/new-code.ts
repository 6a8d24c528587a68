// New code for the result, out of its metric; and in words, the same on every surface.
import type { Config } from '../model/config.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, type ReasonCode, reason } from '../model/reason.ts'
import type { ResultNewCode } from '../model/result.ts'
import { amount, count, plural } from './numbers.ts'
import { stated } from './stated.ts'

/** Of the other reasons a metric may have, the criterion tells. */
const ABOUT: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'diff_incomplete',
  'file_not_in_report',
  'file_unclear',
  'file_lines_unknown',
  'nothing_measured',
  'new_code_nothing',
  'new_code_small',
])

const NAMED = 10

/** Of the first metric that has something to say of this change. */
export function newCodeOf(config: Config | null, metrics: readonly MetricValue[]): ResultNewCode | null {
  const ids = new Set((config?.metrics ?? []).filter((one) => one.family === 'new_code').map((one) => one.id))
  const found = metrics.filter((one) => ids.has(one.id)).find((one) => one.ratio !== null || one.reasons.some(saysIncomplete))
  if (found === undefined) return null
  const { id, state, parts, reasons } = found
  // Beside what is not known, no line at all is not known either.
  const ratio = found.ratio?.total === 0 && state !== 'not_applicable' ? null : found.ratio
  return {
    metric: id,
    lines: ratio?.total ?? null,
    covered: ratio?.good ?? null,
    // A share of what the report happens to know is no share of the change.
    value: ratio === null || ratio.total === 0 || state === 'no_evidence' ? null : (100 * ratio.good) / ratio.total,
    files: parts.flatMap(({ state, name, path, detail, ranges }) =>
      state === 'short' && path === name ? [{ path, detail, ranges }] : [],
    ),
    reasons: [...reasons.filter((one) => ABOUT.has(one.code)), ...leftOut(parts)].map(stated),
  }
}

/** Files that do not count, by what says so. */
function leftOut(parts: readonly MetricPart[]): Reason[] {
  const groups = new Map<string, string[]>()
  for (const { state, name, detail } of parts) if (state === 'pass') groups.set(detail, [...(groups.get(detail) ?? []), name])
  return [...groups].map(([why, files]) =>
    reason('new_code_excluded', { files: files.slice(0, NAMED), count: files.length, why }),
  )
}

function saysIncomplete({ code }: { code: ReasonCode }): boolean {
  return code === 'diff_incomplete'
}

/** `31 of 40 changed lines covered (77.5 %)`; without a share where other lines are not known. */
export function newCodeLine({ lines, covered, value }: ResultNewCode): string {
  if (lines === null || covered === null) return 'not known'
  if (lines === 0) return 'no changed line holds code'
  const part = `${count(covered)} of ${plural(lines, 'changed line')} covered`
  return value === null ? `not known as a whole; of what is known ${part}` : `${part} (${amount(value, '%')})`
}

/** False where a change touches no code and there is nothing else to say. */
export function isWorthSaying(newCode: ResultNewCode): boolean {
  return newCode.lines !== 0 || newCodeNotes(newCode, 1).length > 0
}

/** What else there is to say, without what the line says already. */
export function newCodeNotes({ reasons }: ResultNewCode, most: number): string[] {
  const texts = reasons.filter((one) => one.code !== 'new_code_nothing').map((one) => one.text)
  const rest = texts.length - most
  return rest > 0 ? [...texts.slice(0, most), `and ${rest} more`] : texts
}
