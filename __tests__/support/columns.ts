// Typed columns as the numbers they hold: a column is as wide as its largest number needs, and two that say the same may differ in that.

/** The same value with each typed array made a list of numbers. */
export function numbered<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Uint32Array) as T
  if (Array.isArray(value)) return value.map(numbered) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbered(one)])) as T
}
