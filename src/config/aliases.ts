// The many ways to write the same config made one: no wrapper, long ids, section objects for booleans, no x- keys.
import { child, define, isTree, keysOf, type Tree } from './pointer.ts'
import { below, followed, rootRule } from './rules.ts'
import { GATE_KEYS } from './schema/gates.ts'
import { WRAPPER } from './schema/index.ts'
import { LEVEL_KEYS } from './schema/levels.ts'
import type { SchemaNode } from './schema/node.ts'

export interface Canonical {
  tree: Tree
  /** The pointer into the file, for a pointer into the tree. */
  written(pointer: string): string
  /** Level or gate written under both names: pointers into the file. */
  twice: string[]
}

const LONG: Record<string, string> = Object.fromEntries([
  ...LEVEL_KEYS.map((key, index) => [`level_${index + 1}`, key]),
  ...GATE_KEYS.map((key, index) => [`gate_${index + 1}`, key]),
])

export function longId(key: string): string {
  return Object.hasOwn(LONG, key) ? LONG[key]! : key
}

/** A pointer into the config with the short ids of levels and gates written out. */
export function longPointer(pointer: string): string {
  const keys = keysOf(pointer)
  return (keys[0] === WRAPPER ? keys.slice(1) : keys).reduce((made, key) => child(made, longId(key)), '')
}

export function canonical(written: unknown): Canonical {
  const wrapped = isTree(written) && Object.hasOwn(written, WRAPPER)
  const renamed = new Map<string, string>()
  const twice: string[] = []
  const make = (value: unknown, node: SchemaNode, from: string, to: string): unknown => {
    const rule = followed(node)
    if (typeof value === 'boolean' && takesBoolean(rule)) return { enabled: value }
    if (Array.isArray(value))
      return value.map((item, index) =>
        rule.items === undefined ? item : make(item, rule.items, child(from, String(index)), child(to, String(index))),
      )
    if (!isTree(value)) return value
    const tree: Tree = {}
    for (const [key, item] of Object.entries(value)) {
      const next = below(rule, key)
      if (next === null && key.startsWith('x-') && rule.patternProperties !== undefined) continue
      const long = rule.properties !== undefined && Object.hasOwn(rule.properties, longId(key)) ? longId(key) : key
      if (long !== key && Object.hasOwn(value, long)) twice.push(child(from, key))
      if (long !== key) renamed.set(child(to, long), child(from, key))
      define(tree, long, next === null ? item : make(item, next, child(from, key), child(to, long)))
    }
    return tree
  }
  const prefix = wrapped ? `/${WRAPPER}` : ''
  const inner = wrapped ? (written as Tree)[WRAPPER] : written
  const made = make(inner ?? {}, wrapped ? below(rootRule(written), WRAPPER)! : rootRule(written), prefix, '')
  const tree: Tree = isTree(made) ? made : {}
  if (wrapped)
    for (const key of ['version', 'extends']) if (Object.hasOwn(written as Tree, key)) tree[key] = (written as Tree)[key]
  return { tree, twice, written: (pointer) => writtenAt(pointer, prefix, renamed) }
}

function takesBoolean(rule: SchemaNode): boolean {
  return Array.isArray(rule.type) && rule.type.includes('boolean') && rule.type.includes('object')
}

function writtenAt(pointer: string, prefix: string, renamed: Map<string, string>): string {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    const from = renamed.get(pointer.slice(0, end))
    if (from !== undefined) return from + pointer.slice(end)
  }
  return prefix + pointer
}
