// The digest of a resolved config: what it says, not where or in which layout it was written.
import { createHash } from 'node:crypto'
import { canonicalJson } from '../model/canonical.ts'
import type { Config } from '../model/config.ts'

/** `sha256:` over the canonical JSON (RFC 8785) of the config without its origins. */
export function digestOf(config: Config): string {
  const text = canonicalJson(withoutOrigins(config)) ?? ''
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`
}

/** A line number is no policy: a comment above must not change the digest. */
function withoutOrigins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigins)
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'origin' && inner !== undefined)
  return Object.fromEntries(kept.map(([key, inner]) => [key, key === 'reserved' ? inner : withoutOrigins(inner)]))
}
