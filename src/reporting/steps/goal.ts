// What a criterion's value has to come to: its limits, and the line of a regression test, as one question and in words.
import { bound, compareAll } from '../../model/compare.ts'
import type { CriterionResult } from '../../model/judgement.ts'
import { amount } from '../numbers.ts'

export interface Goal {
  meets: (value: number) => boolean
  /** `to exceed 95 %`; of several floors the highest. */
  words: string
}

interface Floor {
  value: number
  strict: boolean
}

/** null: something else than a floor has to be met, or nothing is known to be held against. */
export function goalOf({ criterion, metric, baseline, reasons }: CriterionResult): Goal | null {
  const unit = metric?.unit ?? ''
  const lines = reasons.flatMap(({ code, args }) => (code === 'regressed' && args.line > args.actual ? [args.line] : []))
  const floors: Floor[] = lines.map((value) => ({ value, strict: false }))
  for (const { op, ...term } of criterion.pass.flatMap((limit) => limit.terms)) {
    const value = bound({ op, ...term }, unit, baseline)
    if (value !== null && Number.isFinite(value) && (op === '>' || op === '>=')) floors.push({ value, strict: op === '>' })
  }
  const highest = floors.reduce<Floor | null>((most, one) => (most === null || isHigher(one, most) ? one : most), null)
  if (highest === null) return null
  return {
    meets: (value) => compareAll(criterion.pass, value, unit, baseline) === 'holds' && lines.every((line) => value >= line),
    words: `to ${highest.strict ? 'exceed' : 'reach'} ${amount(highest.value, unit)}`,
  }
}

function isHigher(one: Floor, other: Floor): boolean {
  return one.value === other.value ? one.strict && !other.strict : one.value > other.value
}
