// JSON in its one canonical form (RFC 8785), so that equal values have equal bytes and can be known by their hash.

/** undefined for what JSON leaves out. Throws for what it cannot say: NaN, infinities, half a surrogate pair. */
export function canonicalJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return scalar(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item) ?? 'null').join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
  const members: string[] = []
  // Sorted as RFC 8785 asks: by UTF-16 units.
  for (const key of Object.keys(value).sort()) {
    const member = canonicalJson((value as Record<string, unknown>)[key])
    if (member !== undefined) members.push(`${scalar(key)}:${member}`)
  }
  return `{${members.join(',')}}`
}

/** JSON.stringify writes numbers and strings as RFC 8785 does. */
function scalar(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`)
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('half a surrogate pair is not JSON')
  return JSON.stringify(value)
}
