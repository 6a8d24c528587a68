// Numbers inside a formula: cut, never rounded up, so that 94.996 shows as 94.99.

const DECIMALS = 2
const MOST_DECIMALS = 6

/** At least two decimals of a percentage, cut towards zero; more where two would show a small value as nothing. */
export function shown(value: number): string {
  for (let decimals = DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    const text = cut(value, decimals)
    if (Number(text) !== 0 || value === 0) return text
  }
  return String(value)
}

function cut(value: number, decimals: number): string {
  const scaled = Number((value * 10 ** decimals).toPrecision(15))
  return String(Number((Math.floor(scaled) / 10 ** decimals).toPrecision(15)))
}

/** `1 line`, `2 lines`; `one` is the singular. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
