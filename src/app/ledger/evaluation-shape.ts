// Whether a record holds an evaluation: one may be whole by its hashes and still be nobody's. What is asked is what others read of it.
import { EVALUATION, type EvaluationData } from '../../model/evaluation.ts'
import type { LedgerRecord } from '../../model/ledger.ts'

/** True of every evaluation that this version knows how to read. */
export function isEvaluation(record: LedgerRecord): record is LedgerRecord<EvaluationData> {
  return record.header.type === 'evaluation' && (record.data as Partial<EvaluationData> | null)?.schema === EVALUATION
}

/** What is wrong with a record that says it is an evaluation, as the end of a sentence; null: nothing, or it says no such thing. */
export function evaluationProblem(record: LedgerRecord): string | null {
  return isEvaluation(record) ? dataProblem(record.data) : null
}

/** The same of what is to be recorded: once it is in the ledger, nobody could read past it. */
export function dataProblem(data: unknown): string | null {
  const known = (data ?? {}) as Record<string, unknown>
  const wrong = Object.entries(PARTS).find(([key, holds]) => !holds(known[key]))
  return wrong === undefined ? null : `is no evaluation: its ${wrong[0]} is not as evaluations have it`
}

const PARTS = {
  schema: (value: unknown) => value === EVALUATION,
  name: isText,
  tool: (value: unknown) => isObject(value) && isText(value.version),
  evaluatedAt: (value: unknown) => isText(value) && !Number.isNaN(Date.parse(value)),
  subject: (value: unknown) => isObject(value) && isTextOrNull(value.commit) && isText(value.event),
  branch: isTextOrNull,
  main: isFlag,
  earlier: (value: unknown) => Array.isArray(value) && value.every(isCount),
  seen: isCount,
  baseline: isFlag,
  policy: (value: unknown) => value === null || isPolicy(value),
  outcome: isOutcome,
  result: isText,
  marks: (value: unknown) => Array.isArray(value) && value.every(isText),
  facts: (value: unknown) => value === null || isObject(value),
} satisfies Partial<Record<keyof EvaluationData, (value: unknown) => boolean>>

function isPolicy(value: unknown): boolean {
  return isObject(value) && isText(value.object) && /^[0-9a-f]{64}$/.test(value.object) && isTextOrNull(value.digest)
}

function isOutcome(value: unknown): boolean {
  if (!isObject(value)) return false
  const { verdict, level, failedCriteria, gates, criteria, slis } = value
  return (
    ['passed', 'pending', 'failed', 'error'].includes(verdict as string) &&
    isCount(level) &&
    level <= 4 &&
    Array.isArray(failedCriteria) &&
    isObject(gates) &&
    isObject(criteria) &&
    Object.values(criteria).every(
      (one) => isObject(one) && isText(one.outcome) && isText(one.unit) && isNumberOrNull(one.value),
    ) &&
    isObject(slis) &&
    Object.values(slis).every((one) => isObject(one) && isText(one.unit) && typeof one.value === 'number')
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || typeof value === 'number'
}
