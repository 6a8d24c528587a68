// JSON in its one canonical form (RFC 8785), so that equal values have equal bytes and can be known by their hash.

/** undefined for what JSON leaves out. Throws for what it cannot say: NaN, infinities, half a surrogate pair. */
export function canonicalJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return scalar(value)
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item) ?? 'null'}`
    return `[${items}]`
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
  let members = ''
  // Sorted as RFC 8785 asks: by UTF-16 units.
  for (const key of Object.keys(value).sort()) {
    const member = canonicalJson((value as Record<string, unknown>)[key])
    if (member !== undefined) members += `${members === '' ? '' : ','}${scalar(key)}:${member}`
  }
  return `{${members}}`
}

/** What stands for itself between quotes: most keys and most values. */
const PLAIN = /^[ !#-[\]-~]*$/

/** JSON.stringify writes numbers and strings as RFC 8785 does. */
function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (PLAIN.test(value)) return `"${value}"`
    if (!value.isWellFormed()) throw new TypeError('half a surrogate pair is not JSON')
  } else if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is not JSON`)
  return JSON.stringify(value)
}
