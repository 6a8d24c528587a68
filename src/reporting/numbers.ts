// How a number is shown: never rounded to the better side, with its unit, and never equal to a limit that it is not.

const MAX_DECIMALS = 12

/**
 * A value with its unit, cut (not rounded) towards the side that fails: down for a floor, up for a ceiling ("< 200 ms").
 * Decimals grow where two would show the limit itself or a plain zero for a value that is neither.
 */
export function amount(value: number | null, unit: string, limit = ''): string {
  if (value === null || !Number.isFinite(value)) return 'unknown'
  const exact = Number(value.toPrecision(15))
  const up = isCeiling(limit)
  const taken = new Set(numbersIn(limit).concat(0))
  const least = decimalsOf(exact)
  let shown = cut(exact, least, up)
  for (let decimals = least + 1; decimals <= MAX_DECIMALS && shown !== exact && taken.has(shown); decimals++)
    shown = cut(exact, decimals, up)
  return withUnit(grouped(shown), unit)
}

/** An integer count with thousands marked: `12,480`. */
export function count(value: number): string {
  return grouped(value)
}

/** `1 line`, `2 lines`; irregular plurals are passed in. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`
}

/** A limit whose first term is a ceiling. */
export function isCeiling(limit: string): boolean {
  return limit.trimStart().startsWith('<')
}

/** Two decimals, or as many as show two digits of a small number. */
function decimalsOf(value: number): number {
  const size = Math.abs(value)
  return size === 0 || size >= 0.1 ? 2 : Math.min(MAX_DECIMALS, Math.ceil(-Math.log10(size)) + 1)
}

function numbersIn(text: string): number[] {
  return (text.slice(0, 200).match(/\d{1,15}(?:\.\d{1,15})?/g) ?? []).map(Number)
}

function cut(value: number, decimals: number, up: boolean): number {
  const scaled = Number((value * 10 ** decimals).toPrecision(15))
  return Number(((up ? Math.ceil(scaled) : Math.floor(scaled)) / 10 ** decimals).toPrecision(15))
}

function withUnit(number: string, unit: string): string {
  return unit === '' || unit === 'count' ? number : `${number} ${unit.slice(0, 20)}`
}

function grouped(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value)
  if (Math.abs(value) < 10_000 || text.includes('e')) return text
  const [whole = '', fraction] = text.split('.')
  const marked = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? marked : `${marked}.${fraction}`
}

/** Seconds as the two largest units a person would say: `3 d 4 h`, `12 min`. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return 'unknown'
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ]
  let rest = Math.max(0, Math.floor(seconds))
  const parts: string[] = []
  for (const [name, size] of units) {
    const n = Math.floor(rest / size)
    if (n > 0 && parts.length < 2) parts.push(`${n} ${name}`)
    else if (parts.length > 0) break
    rest -= n * size
  }
  return parts.join(' ') || '0 s'
}
