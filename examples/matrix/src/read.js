import { write } from './write.js'

const VALUES = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }

/** Only what would be written that way is read: IIII is no number. */
export function read(text) {
  const values = [...text].map((sign) => VALUES[sign])
  if (values.length === 0 || values.includes(undefined)) {
    throw new SyntaxError(`${text} is no Roman number`)
  }
  const number = values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
  if (write(number) !== text) {
    throw new SyntaxError(`${text} would be written ${write(number)}`)
  }
  return number
}
