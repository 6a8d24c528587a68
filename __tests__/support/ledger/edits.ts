// Hands on a record: each number, or each value, of something that is JSON can be changed and put back.

type Tree = Record<string, unknown>

/** Every number, one more. */
export function* everyNumber(root: unknown, at = ''): Generator<{ at: string; change: () => void; restore: () => void }> {
  for (const [key, value] of entriesOf(root)) {
    const place = `${at}.${key}`
    const tree = root as Tree
    if (typeof value === 'number') {
      const change = () => {
        tree[key] = value + 1
      }
      const restore = () => {
        tree[key] = value
      }
      yield { at: place, change, restore }
    } else yield* everyNumber(value, place)
  }
}

/** Every value at most so deep; of a long list only the first and the last. */
export function* everyValue(root: unknown, depth: number): Generator<{ set: (value: unknown) => void; restore: () => void }> {
  const entries = entriesOf(root)
  const few = Array.isArray(root) ? entries.filter((_, at) => at === 0 || at === entries.length - 1) : entries
  for (const [key, value] of few) {
    const tree = root as Tree
    const set = (other: unknown) => {
      tree[key] = other
    }
    yield { set, restore: () => set(value) }
    if (depth > 1) yield* everyValue(value, depth - 1)
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
