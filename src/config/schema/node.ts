// The little language the config's JSON Schema is written in: plain data, a few shapes that come up everywhere.

/** What a string stands for beyond its JSON type; read and worded by src/config, so it carries no `pattern` of its own there. */
export type Meaning = 'threshold' | 'date' | 'duration' | 'secret' | 'cron' | 'framework'

type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

export interface SchemaNode {
  $ref?: string
  $defs?: Record<string, SchemaNode>
  title?: string
  description?: string
  /** A list of types takes the keywords of each: what fits an object does not touch a string. */
  type?: JsonType | JsonType[]
  properties?: Record<string, SchemaNode>
  patternProperties?: Record<string, SchemaNode | true>
  additionalProperties?: boolean | SchemaNode
  propertyNames?: SchemaNode
  required?: string[]
  items?: SchemaNode
  minItems?: number
  uniqueItems?: boolean
  enum?: readonly (string | number)[]
  const?: string | number | boolean
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  default?: unknown
  deprecated?: boolean
  /** The environment variable that sets it. */
  'x-env'?: string
  /** The unit of a bare number. */
  'x-unit'?: 's' | 'min' | 'h' | 'd'
  'x-meaning'?: Meaning
  if?: SchemaNode
  then?: SchemaNode
  else?: SchemaNode
}

const EXTENSIONS: Record<string, SchemaNode | true> = { '^x-': true }

/** An object of exactly these keys (and `x-*`). */
export function record(properties: Record<string, SchemaNode>, required: string[] = [], description?: string): SchemaNode {
  return {
    ...(description === undefined ? {} : { description }),
    type: 'object',
    properties,
    patternProperties: EXTENSIONS,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  }
}

/** As `record`, and `true` or `false` may stand for `{ enabled: ... }`. */
export function section(properties: Record<string, SchemaNode>, env?: string, description?: string): SchemaNode {
  const enabled: SchemaNode = { type: 'boolean', default: true, ...(env === undefined ? {} : { 'x-env': env }) }
  return { ...record({ enabled, ...properties }, [], description), type: ['boolean', 'object'] }
}

/** As `record`, and a plain string is its short form. */
export function orText(node: SchemaNode): SchemaNode {
  return { ...node, type: ['string', 'object'], minLength: 1 }
}

/** Names chosen by the user, all of one shape. */
export function named(node: SchemaNode, description?: string): SchemaNode {
  return {
    ...(description === undefined ? {} : { description }),
    type: 'object',
    propertyNames: { pattern: '^(?:[a-z][a-z0-9_]*|x-.*)$' },
    patternProperties: EXTENSIONS,
    additionalProperties: node,
  }
}

export function ref(name: string, more: SchemaNode = {}): SchemaNode {
  return { $ref: `#/$defs/${name}`, ...more }
}

export const flag = (fallback: boolean, env?: string): SchemaNode => ({
  type: 'boolean',
  default: fallback,
  ...(env === undefined ? {} : { 'x-env': env }),
})

export const text: SchemaNode = { type: 'string' }
export const texts: SchemaNode = { type: 'array', items: { type: 'string', minLength: 1 } }
/** One string, or a list of them. */
export const oneOrMore: SchemaNode = {
  type: ['string', 'array'],
  minLength: 1,
  minItems: 1,
  items: { type: 'string', minLength: 1 },
}

/** One of these words, or a list of them. */
export function oneOrMoreOf(words: readonly string[]): SchemaNode {
  return { type: ['string', 'array'], pattern: `^(?:${words.join('|')})$`, items: { type: 'string', enum: words } }
}
