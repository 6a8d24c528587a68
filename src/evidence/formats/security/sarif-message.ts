// The words of a SARIF result: written out, or kept with its rule and filled in (SARIF 3.11).
import type { Limits } from '../../format.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import type { Rules } from './sarif-rules.ts'

/** Of a message that is filled in: no more of it, and of each word that goes into it, than anybody reads. */
const [LONGEST, WORD] = [1000, 200]

export function messageOf(result: JsonObject, rule: JsonObject | null, rules: Rules, limits: Limits): string | null {
  const message = objectAt(result, 'message')
  const text = (message && wordsOf(message, rule, rules, limits)) ?? titleOf(rule, limits)
  const words = (message && arrayAt(message, 'arguments')) ?? []
  return text !== null && words.length > 0 ? filled(text, words) : text
}

function wordsOf(message: JsonObject, rule: JsonObject | null, rules: Rules, limits: Limits): string | null {
  const text = textAt(message, 'text', limits) ?? textAt(message, 'markdown', limits)
  const id = field(message, 'id')
  if (text !== null || typeof id !== 'string') return text
  const own = rule && field(rule, 'messageStrings')
  const kept = (isObject(own) ? field(own, id) : null) ?? rules.message(id)
  return isObject(kept) ? textAt(kept, 'text', limits) : null
}

function filled(text: string, words: readonly unknown[]): string {
  return text.slice(0, LONGEST).replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (found, index?: string) => {
    if (index === undefined) return found[0]!
    const word = words[Number(index)]
    return typeof word === 'string' ? word.slice(0, WORD) : found
  })
}

function titleOf(rule: JsonObject | null, limits: Limits): string | null {
  const short = rule && field(rule, 'shortDescription')
  return (isObject(short) ? textAt(short, 'text', limits) : null) ?? (rule && textAt(rule, 'name', limits))
}
