// A written value held against the schema: every rule that it breaks, in the order of the schema.
import { child, isTree } from './pointer.ts'
import { followed } from './rules.ts'
import type { SchemaNode } from './schema/node.ts'

/** A rule that is broken: the keyword, and where the value stands that breaks it. */
export interface SchemaError {
  keyword: string
  instancePath: string
  params: { additionalProperty?: string; missingProperty?: string; propertyName?: string; limit?: number }
}

type Fail = (keyword: string, params?: SchemaError['params']) => void
type Below = (key: string, inner: unknown, next: SchemaNode) => void

/** What a string means (`x-meaning`) is told in words elsewhere: its pattern is left alone here, or a mistake would be named twice. */
export function broken(value: unknown, rule: SchemaNode): SchemaError[] {
  const found: SchemaError[] = []
  hold(value, rule, '', found)
  return found
}

function hold(value: unknown, node: SchemaNode, at: string, found: SchemaError[]): void {
  const rule = followed(node)
  const fail: Fail = (keyword, params = {}) => found.push({ keyword, instancePath: at, params })
  const below: Below = (key, inner, next) => hold(inner, next, child(at, key), found)
  if (rule.type !== undefined && ![rule.type].flat().some((type) => isOf(type, value))) fail('type')
  if (typeof value === 'number' && Number.isFinite(value)) holdNumber(value, rule, fail)
  if (typeof value === 'string') holdText(value, rule, fail)
  if (rule.const !== undefined && value !== rule.const) fail('const')
  if (rule.enum !== undefined && !(rule.enum as readonly unknown[]).includes(value)) fail('enum')
  if (rule.if !== undefined) hold(value, (broken(value, rule.if).length === 0 ? rule.then : rule.else) ?? {}, at, found)
  if (Array.isArray(value)) holdList(value, rule, fail, below)
  else if (isTree(value)) holdKeys(value, rule, fail, below)
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'object') return isTree(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'null') return value === null
  if (type === 'integer') return Number.isInteger(value)
  return type === 'number' ? Number.isFinite(value) : typeof value === type
}

function holdNumber(value: number, rule: SchemaNode, fail: Fail): void {
  if (rule.maximum !== undefined && value > rule.maximum) fail('maximum', { limit: rule.maximum })
  if (rule.minimum !== undefined && value < rule.minimum) fail('minimum', { limit: rule.minimum })
  if (rule.exclusiveMinimum !== undefined && value <= rule.exclusiveMinimum)
    fail('exclusiveMinimum', { limit: rule.exclusiveMinimum })
}

function holdText(value: string, rule: SchemaNode, fail: Fail): void {
  // Characters are counted as a person does: a pair of surrogates is one.
  const length = rule.maxLength === undefined && rule.minLength === undefined ? 0 : [...value].length
  if (rule.maxLength !== undefined && length > rule.maxLength) fail('maxLength', { limit: rule.maxLength })
  if (rule.minLength !== undefined && length < rule.minLength) fail('minLength', { limit: rule.minLength })
  if (rule.pattern !== undefined && rule['x-meaning'] === undefined && !matches(value, rule.pattern)) fail('pattern')
}

function holdList(value: readonly unknown[], rule: SchemaNode, fail: Fail, below: Below): void {
  if (rule.minItems !== undefined && value.length < rule.minItems) fail('minItems', { limit: rule.minItems })
  const { items } = rule
  if (items !== undefined) for (const [index, item] of value.entries()) below(String(index), item, items)
  const words = rule.uniqueItems === true ? value.filter((item) => typeof item === 'string') : []
  if (new Set(words).size < words.length) fail('uniqueItems')
}

function holdKeys(value: Record<string, unknown>, rule: SchemaNode, fail: Fail, below: Below): void {
  const { properties = {}, propertyNames, additionalProperties } = rule
  const written = (key: string) => Object.hasOwn(value, key) && value[key] !== undefined
  for (const key of rule.required ?? []) if (!written(key)) fail('required', { missingProperty: key })
  const keys = Object.keys(value)
  if (propertyNames?.pattern !== undefined)
    for (const key of keys) if (!matches(key, propertyNames.pattern)) fail('propertyNames', { propertyName: key })
  for (const key of keys) {
    if (Object.hasOwn(properties, key) || (rule.patternProperties !== undefined && key.startsWith('x-'))) continue
    if (additionalProperties === false) fail('additionalProperties', { additionalProperty: key })
    else if (typeof additionalProperties === 'object') below(key, value[key], additionalProperties)
  }
  for (const [key, next] of Object.entries(properties)) if (written(key)) below(key, value[key], next)
}

const patterns = new Map<string, RegExp>()

function matches(text: string, pattern: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u')
  patterns.set(pattern, known)
  return known.test(text)
}
