// Makes the readable part of an address out of a title.

const LONGEST = 60

/** Lower-case letters and digits with single dashes between; `untitled` where nothing is left. */
export function slug(title) {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  if (words === null) return 'untitled'
  let made = words[0].slice(0, LONGEST)
  for (const word of words.slice(1)) {
    if (made.length + 1 + word.length > LONGEST) break
    made += `-${word}`
  }
  return made
}
