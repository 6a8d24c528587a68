// `${{ }}` as GitHub evaluates it, by GitHub's own library.
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

export type Contexts = Record<string, unknown>

/** What the status functions say at this place. */
export interface Status {
  success: boolean
  failure: boolean
  cancelled: boolean
}

type Data = ReturnType<Evaluator['evaluate']>

const STATUS = /\b(?:success|failure|cancelled|always)\s*\(/i

function evaluated(expression: string, contexts: Contexts, status: Status | null): Data {
  const says: Record<string, boolean> = status === null ? {} : { ...status, always: true }
  const functions = Object.entries(says).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }))
  const known = new data.Dictionary()
  for (const [key, value] of Object.entries(contexts)) known.add(key, JSON.parse(JSON.stringify(value ?? null), data.reviver))
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse()
  return new Evaluator(tree, known, new Map(functions.map((one) => [one.name, one]))).evaluate()
}

/** A job's or step's `if:`. Without a status function it means `success() && (...)`. */
export function holds(condition: string | boolean | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status.success
  const text = String(condition).trim()
  const inner = /^\$\{\{(.*)\}\}$/s.exec(text)?.[1] ?? text
  const value = plain(evaluated(STATUS.test(inner) ? inner : `success() && (${inner})`, contexts, status))
  return Boolean(value)
}

/** Every `${{ }}` in a value replaced; a string that is nothing else keeps the type of what it stands for. */
export function filledIn(value: unknown, contexts: Contexts): unknown {
  if (Array.isArray(value)) return value.map((one) => filledIn(one, contexts))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, contexts)]))
  if (typeof value !== 'string') return value
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(value.trim())
  if (whole !== null) return plain(evaluated(whole[1]!, contexts, null))
  return value.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => evaluated(inner, contexts, null).coerceString())
}

/** As `filledIn`, and then text, as inputs of actions, outputs and variables are. */
export function textsIn(values: Record<string, unknown> | undefined, contexts: Contexts): Record<string, string> {
  const filled = Object.entries(values ?? {}).map(([key, value]) => [key, textOf(filledIn(value, contexts))])
  return Object.fromEntries(filled)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return Array.isArray(value) ? 'Array' : 'Object'
  return String(value)
}

function plain(value: Data): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer) ?? 'null')
}
