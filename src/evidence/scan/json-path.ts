// The way to the parts of a JSON document: `runs[].results[]`, or `{}` for the entries of the document itself.

export const OBJECT = 1
export const LIST = 2

/** One container on the way. */
export interface PathStep {
  kind: typeof OBJECT | typeof LIST
  /** Where the way goes on in an object; null: in every element, or the container holds the parts. */
  key: string | null
}

/** The last step is the container of the parts. */
export function pathSteps(path: string): PathStep[] {
  const tokens = path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? []
  return tokens.map((token) => {
    if (token === '[]') return { kind: LIST, key: null }
    return { kind: OBJECT, key: token === '{}' ? null : token }
  })
}

/** The two hashes by which a key is known. */
export function keyHashes(bytes: Uint8Array): { one: number; two: number } {
  let one = 0
  let two = 0
  for (const byte of bytes) {
    one = (Math.imul(one, 31) + byte) | 0
    two = Math.imul(two, 0x01000193) ^ byte
  }
  return { one, two }
}
