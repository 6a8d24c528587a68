// How far a value has to move to meet a limit that is given as text.
import { amount } from './numbers.ts'

/** How far a value is from a limit given as text: `Lower it by 50 ms`. */
export function distance(actual: number, unit: string, limit: string, what = 'it'): string | null {
  const match = /^\s*(>=|<=|>|<)\s*(\d{1,15}(?:\.\d{1,15})?)\s*([^\s\d]{0,10})\s*$/.exec(limit.slice(0, 60))
  if (!match || !Number.isFinite(actual) || (match[3] !== '' && match[3] !== unit)) return null
  const gap = Number((Number(match[2]) - actual).toPrecision(12))
  const floor = match[1]!.startsWith('>')
  if (floor ? gap < 0 : gap > 0) return null
  const strict = match[1]!.length === 1
  if (gap === 0)
    return strict ? `${floor ? 'Raise' : 'Lower'} ${what} ${floor ? 'above' : 'below'} ${amount(Number(match[2]), unit)}` : null
  const size = unit === '%' ? amount(Math.abs(gap), '', '<').concat(' points') : amount(Math.abs(gap), unit, '<')
  return `${floor ? 'Raise' : 'Lower'} ${what} by ${strict ? 'more than' : 'at least'} ${size}`
}
