// The evidence digest: one sha256 over what was judged (decision 25).
import { createHash } from 'node:crypto'
import { canonicalJson } from '../model/canonical.ts'

/** `sha256:` over the RFC 8785 form of `[[origin, path, sha256], ...]`, sorted. */
export function digestOf(entries: readonly (readonly [origin: string, path: string, sha256: string])[]): string {
  const sorted = [...entries].sort((a, b) => compare(a.join('\0'), b.join('\0')))
  return `sha256:${createHash('sha256')
    .update(canonicalJson(sorted) ?? '[]')
    .digest('hex')}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
