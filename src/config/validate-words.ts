// What a broken rule of the schema means in words: the offending value, what is allowed, and the nearest name for a typo.

import { nearest } from '../model/nearest.ts'
import type { SchemaError } from './generated/validator.js'
import { child, isTree, keysOf, valueAt } from './pointer.ts'
import { ruleAt } from './rules.ts'
import { WRAPPER } from './schema/index.ts'
import type { SchemaNode } from './schema/node.ts'
import { looksSecret, masked, shown } from './secrets.ts'

export interface Words {
  code: string
  message: string
  hint?: string
  pointer: string
  /** Whether the key or the value is meant. */
  at: 'key' | 'value'
}

export function describe(error: SchemaError, written: unknown): Words {
  const pointer = error.instancePath
  const rule = ruleAt(written, pointer) ?? {}
  const value = valueAt(written, pointer)
  if (error.params.additionalProperty !== undefined) return unknownKey(error.params.additionalProperty, pointer, rule, written)
  if (error.keyword === 'propertyNames') return badName(error.params.propertyName ?? '', pointer)
  const name = nameOf(pointer)
  const is = rule['x-meaning'] === 'secret' && typeof value === 'string' ? JSON.stringify(masked(value)) : shown(value)
  const of = (code: string, message: string, hint?: string): Words => ({
    code,
    message,
    pointer,
    at: 'value',
    ...(hint === undefined ? {} : { hint }),
  })
  switch (error.keyword) {
    case 'type':
      return of('wrong_type', `${name} is ${is}: expected ${expected(rule)}`, typeHint(value, rule))
    case 'required':
      return {
        ...of('missing_key', `${name} lacks ${error.params.missingProperty}`, `${error.params.missingProperty} is required here`),
        at: 'key',
      }
    case 'enum':
    case 'const':
    case 'pattern':
      return notAllowed(name, is, value, rule, of)
    case 'uniqueItems':
      return of('not_allowed', `${name} names the same thing twice`)
    default:
      return of('out_of_range', `${name} is ${is}: ${bound(error.keyword, error.params.limit ?? 0)}`)
  }
}

const RESERVED: Record<string, string> = {
  expr: 'expressions (CEL) are reserved for a later version: write a limit such as "> 95%", or a check',
  applies_when: 'expressions (CEL) are reserved for a later version: use enabled, or environments',
  '<<': 'merge keys are not read: write the keys out, or use an alias for a whole value',
}

function unknownKey(key: string, pointer: string, rule: SchemaNode, written: unknown): Words {
  const at = { pointer: child(pointer, key), at: 'key' as const }
  const shownKey = looksSecret(key) ? masked(key) : key.slice(0, 80)
  const where = pointer === '' ? 'at top level' : `in ${nameOf(pointer)}`
  if (Object.hasOwn(RESERVED, key))
    return { code: 'reserved_key', message: `${key} is not available ${where}`, hint: RESERVED[key]!, ...at }
  if (pointer === '' && isTree(written) && Object.hasOwn(written, WRAPPER)) {
    return {
      code: 'two_forms',
      message: `${shownKey} stands beside ${WRAPPER}: a config has one form or the other`,
      hint: `move it below ${WRAPPER}, or leave the wrapper out`,
      ...at,
    }
  }
  const allowed = Object.keys(rule.properties ?? {})
  const meant = nearest(key, allowed)
  const list = allowed.length > 16 ? `${allowed.slice(0, 16).join(', ')}, ...` : allowed.join(', ')
  return {
    code: 'unknown_key',
    message: `unknown key ${JSON.stringify(shownKey)} ${where}`,
    hint: meant === null ? `allowed here: ${list}` : `did you mean ${meant}?`,
    ...at,
  }
}

function badName(name: string, pointer: string): Words {
  return {
    code: 'bad_name',
    message: `${JSON.stringify(name.slice(0, 80))} is no name for an entry of ${nameOf(pointer)}`,
    hint: 'names are lower-case letters, digits and _, and start with a letter',
    pointer: child(pointer, name),
    at: 'key',
  }
}

function notAllowed(
  name: string,
  is: string,
  value: unknown,
  rule: SchemaNode,
  of: (code: string, message: string, hint?: string) => Words,
): Words {
  const words = (rule.enum ?? (rule.const === undefined ? rule.items?.enum : [rule.const]))?.map(String)
  if (words === undefined)
    return of('not_allowed', `${name} is ${is}: ${FORMS[rule.pattern ?? ''] ?? `it must match ${rule.pattern}`}`)
  const meant = typeof value === 'string' ? nearest(value, words) : null
  return of(
    'not_allowed',
    `${name} is ${is}: allowed ${words.length === 1 ? 'is' : 'are'} ${words.join(', ')}`,
    meant === null ? undefined : `did you mean ${meant}?`,
  )
}

const FORMS: Record<string, string> = {
  '^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$': 'expected a GitHub login',
  '^/': 'expected a JSON pointer, such as /certification_gates/gate_3_service_gate',
  '^[#@]?[\\w.-]+$': 'expected a channel name',
}

const TYPES: Record<string, string> = {
  object: 'a group of keys',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
}

function expected(rule: SchemaNode): string {
  const types = (Array.isArray(rule.type) ? rule.type : [rule.type ?? 'object']).map((type) => TYPES[type]!)
  return types.length === 1 ? types[0]! : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`
}

function typeHint(value: unknown, rule: SchemaNode): string | undefined {
  if (value === null) return 'the key has no value: remove it, or give it one'
  if (rule.type === 'boolean' && typeof value === 'string') return 'write true or false, without quotes'
  if (rule.type === 'string' && typeof value === 'number') return `put it in quotes: "${value}"`
  if (
    (rule.type === 'integer' || rule.type === 'number') &&
    typeof value === 'string' &&
    value !== '' &&
    Number.isFinite(Number(value))
  ) {
    return rule.type === 'integer' && !Number.isInteger(Number(value)) ? undefined : `remove the quotes: ${Number(value)}`
  }
  return undefined
}

function bound(keyword: string, limit: number): string {
  switch (keyword) {
    case 'minLength':
      return limit === 1 ? 'it must not be empty' : `it needs at least ${limit} characters`
    case 'minItems':
      return 'the list must not be empty'
    case 'minimum':
      return `at least ${limit} is allowed`
    case 'exclusiveMinimum':
      return `it must be more than ${limit}`
    default:
      return `at most ${limit} is allowed`
  }
}

/** The last two keys of a pointer, as a person would say them. */
export function nameOf(pointer: string): string {
  const keys = keysOf(pointer).slice(-2)
  if (keys.length === 0) return 'the config'
  const [first, second] = keys
  const joined =
    second === undefined
      ? first!
      : /^\d+$/.test(second)
        ? `${first}[${second}]`
        : /^\d+$/.test(first!)
          ? second
          : `${first}.${second}`
  return joined.slice(0, 120)
}
