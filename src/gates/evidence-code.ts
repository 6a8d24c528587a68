// Eight characters that stand for what a reviewer is asked to approve: quoted, they show that it was this and nothing else.
import type { Snapshot } from '../model/approval.ts'

/** Crockford's alphabet: nothing in it is mistaken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Like `7KQ2-9XPA`, from a sha256 in hex over commit, evidence and policy. */
export function evidenceCode(digest: string): string {
  const bits = BigInt(`0x${digest.slice(0, 10)}`)
  const letters = Array.from({ length: 8 }, (_, at) => ALPHABET[Number((bits >> BigInt(35 - at * 5)) & 31n)])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** What the code is taken over. */
export function codeSubject({
  commit,
  evidenceDigest,
  policyDigest,
}: Pick<Snapshot, 'commit' | 'evidenceDigest' | 'policyDigest'>): string {
  return JSON.stringify([commit, evidenceDigest, policyDigest])
}

/** `quoted`: the right one stands in the comment. `wrong`: another one of its shape does. `none`: none does. */
export function quotedIn(comment: string, code: string): 'quoted' | 'wrong' | 'none' {
  const found: readonly string[] =
    comment
      .slice(0, 10_000)
      .toUpperCase()
      .match(/(?<![0-9A-Z-])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Z-])/g) ?? []
  if (found.includes(code)) return 'quoted'
  // Two words of four letters are no code that somebody mistook.
  return found.some((one) => /\d/.test(one)) ? 'wrong' : 'none'
}
