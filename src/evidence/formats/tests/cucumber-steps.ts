// The steps of a Cucumber scenario: what each came to, and what the scenario comes to by them.
import type { TestOutcome } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { arrayAt, asObject, countAt, field, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { firstLineOf, lineOf } from './json-tests.ts'
import { worse } from './test-cases.ts'

export interface StepResult {
  outcome: TestOutcome
  /** Undefined or pending: nobody has written it. */
  open: boolean
  nanoseconds: number | null
  line: number | null
  message: string | null
  trace: string | null
}

const OUTCOMES: ReadonlyMap<unknown, TestOutcome> = new Map<unknown, TestOutcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['ambiguous', 'failed'],
  ['skipped', 'skipped'],
  ['undefined', 'skipped'],
  ['pending', 'skipped'],
])

/** Steps with the hooks before and after each and all of them, in the order they ran. */
export function stepsOf(element: JsonObject, limits: Limits): StepResult[] {
  const results: StepResult[] = []
  const hooks = (holder: JsonObject, list: string) => {
    for (const hook of arrayAt(holder, list) ?? []) results.push(resultOf(asObject(hook, 'the hook'), limits))
  }
  hooks(element, 'before')
  for (const entry of arrayAt(element, 'steps') ?? []) {
    const step = asObject(entry, 'the step')
    hooks(step, 'before')
    results.push(resultOf(step, limits))
    hooks(step, 'after')
  }
  hooks(element, 'after')
  return results
}

function resultOf(step: JsonObject, limits: Limits): StepResult {
  const result = objectAt(step, 'result')
  const word = result && field(result, 'status')
  const status = typeof word === 'string' ? word.toLowerCase() : null
  const outcome = OUTCOMES.get(status) ?? 'error'
  const open = status === 'undefined' || status === 'pending'
  const error = result && textAt(result, 'error_message', limits)
  const name = textAt(step, 'name', limits) ?? textAt(step, 'keyword', limits)?.trim() ?? ''
  return {
    outcome,
    open,
    nanoseconds: result && countAt(result, 'duration'),
    line: lineOf(field(step, 'line')),
    message:
      firstLineOf(error) ?? (outcome === 'passed' ? null : `${status ?? 'no result'}: ${name}`.slice(0, limits.textLength)),
    trace: error,
  }
}

/** The first of the worst steps is the one told of. */
export function judged(all: readonly StepResult[]): {
  outcome: TestOutcome
  open: boolean
  seconds: number | null
  told: StepResult | null
} {
  // A scenario without steps evaluates nothing.
  const outcome = all.length === 0 ? 'skipped' : all.map((step) => step.outcome).reduce(worse)
  const told = outcome === 'passed' ? null : (all.find((step) => step.outcome === outcome) ?? null)
  const open = outcome === 'skipped' && all.some((step) => step.open)
  const times = all.flatMap(({ nanoseconds }) => (nanoseconds === null ? [] : [nanoseconds]))
  return { outcome, open, seconds: times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / 1e9, told }
}
