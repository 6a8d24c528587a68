// JSON pointers (RFC 6901), and reading a tree by them.

export function child(pointer: string, key: string): string {
  // Nearly no key needs escaping, and this runs for every value of the config.
  const plain = !key.includes('/') && !key.includes('~')
  return `${pointer}/${plain ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

export function keysOf(pointer: string): string[] {
  if (pointer === '') return []
  const keys = pointer.slice(1).split('/')
  return pointer.includes('~') ? keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) : keys
}

/** True where `pointer` is `under` or lies below it. */
export function isBelow(pointer: string, under: string): boolean {
  return under === '' || pointer === under || pointer.startsWith(`${under}/`)
}

export type Tree = { [key: string]: unknown }

export function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** undefined where there is no such value. */
export function valueAt(tree: unknown, pointer: string): unknown {
  let here = tree
  for (const key of keysOf(pointer)) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = (here as Tree)[key]
  }
  return here
}

/** A copy of the tree with one value set (undefined: removed); shares what did not change. */
export function withValue(tree: unknown, pointer: string, value: unknown): unknown {
  return set(tree, keysOf(pointer), value)
}

function set(here: unknown, keys: readonly string[], value: unknown): unknown {
  const key = keys[0]
  if (key === undefined) return value
  if (Array.isArray(here)) {
    const items = [...here]
    if (keys.length === 1 && value === undefined) items.splice(Number(key), 1)
    else items[Number(key)] = set(items[Number(key)], keys.slice(1), value)
    return items
  }
  const tree: Tree = isTree(here) ? { ...here } : {}
  if (keys.length === 1 && value === undefined) delete tree[key]
  else define(tree, key, set(Object.hasOwn(tree, key) ? tree[key] : undefined, keys.slice(1), value))
  return tree
}

/** As `tree[key] = value`, also for the key `__proto__`. */
export function define(tree: Tree, key: string, value: unknown): void {
  Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true })
}
