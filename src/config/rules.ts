// The schema as data to walk along: which rule holds at a place of the written config, and every place a rule is about.

import { child, isTree, keysOf } from './pointer.ts'
import { CONFIG_SCHEMA, PROCESS, WRAPPER } from './schema/index.ts'
import type { SchemaNode } from './schema/node.ts'

/** The node with its $ref followed; what stands beside the $ref wins. */
export function followed(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node
  const { $ref, ...own } = node
  const target = CONFIG_SCHEMA.$defs![$ref.slice('#/$defs/'.length)]
  return target === undefined ? own : { ...followed(target), ...own }
}

/** The rule for a key of an object or an index of a list; null where the schema has none. */
export function below(node: SchemaNode, key: string): SchemaNode | null {
  const rule = followed(node)
  const property = rule.properties !== undefined && Object.hasOwn(rule.properties, key) ? rule.properties[key] : undefined
  if (property !== undefined) return property
  if (key.startsWith('x-') && rule.patternProperties !== undefined) return null
  if (typeof rule.additionalProperties === 'object') return rule.additionalProperties
  return rule.items !== undefined && /^\d+$/.test(key) ? rule.items : null
}

/** The rule of the written file as a whole: wrapped or not. */
export function rootRule(written: unknown): SchemaNode {
  return isTree(written) && Object.hasOwn(written, WRAPPER) ? CONFIG_SCHEMA.then! : PROCESS
}

/** The rule at a pointer into the written file, or null. */
export function ruleAt(written: unknown, pointer: string): SchemaNode | null {
  let rule: SchemaNode | null = rootRule(written)
  for (const key of keysOf(pointer)) {
    if (rule === null) return null
    rule = below(rule, key)
  }
  return rule === null ? null : followed(rule)
}

/** Every value that a rule is about, parents first. Values are as given: they may be of a type the rule does not allow. */
export function walk(
  value: unknown,
  visit: (rule: SchemaNode, value: unknown, pointer: string) => void,
  root: SchemaNode = PROCESS,
  at = '',
): void {
  const rule = followed(root)
  visit(rule, value, at)
  if (value === null || typeof value !== 'object') return
  for (const [key, item] of Object.entries(value)) {
    const next = below(rule, key)
    if (next !== null) walk(item, visit, next, child(at, key))
  }
}

export interface Variable {
  name: string
  pointer: string
  rule: SchemaNode
}

let known: Variable[] | null = null

/** The variables that set a key of the config, as the schema annotates them. */
export function variables(): readonly Variable[] {
  known ??= annotated(PROCESS, '', new Map())
  return known
}

function annotated(node: SchemaNode, pointer: string, found: Map<string, Variable>): Variable[] {
  const rule = followed(node)
  const name = rule['x-env']
  if (name !== undefined && !found.has(name)) found.set(name, { name, pointer, rule })
  for (const [key, next] of Object.entries(rule.properties ?? {})) {
    // The sections by environment are the same keys once more.
    if (key !== 'environments') annotated(next, child(pointer, key), found)
  }
  return [...found.values()]
}
