const SIGNS = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** 1 to 3999: there is no sign for more. */
export function write(number) {
  if (!Number.isInteger(number) || number < 1 || number > 3999) {
    throw new RangeError(`${number} cannot be written in Roman numbers`)
  }
  let left = number
  let text = ''
  for (const [value, sign] of SIGNS) {
    while (left >= value) {
      text += sign
      left -= value
    }
  }
  return text
}
