// Secrets that somebody wrote into the config, and hiding them: a config names the variable, never the secret.
import { SECRET_SHAPES } from '../model/secret-shapes.ts'

export type SecretReading = 'named' | 'unset' | 'literal'

/** `env:NAME` is named; the seed's literal `...` at the end means nothing was filled in; the rest is a secret in the open. */
export function readSecret(value: string): SecretReading {
  if (/^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return 'named'
  return value === '' || value.endsWith('...') ? 'unset' : 'literal'
}

export function looksSecret(value: string): boolean {
  return !value.endsWith('...') && SECRET_SHAPES.some((shape) => shape.test(value))
}

/** The host of a URL, so that its owner knows which secret is meant; of anything else nothing. */
export function masked(value: string): string {
  const host = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,80}(?=\/)/.exec(value)
  return `${host === null ? '' : `${host[0]}/`}***`
}

/** A value as a message may show it: short, quoted, never a secret. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return looksSecret(value) ? JSON.stringify(masked(value)) : JSON.stringify(cut(value))
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value !== null && typeof value === 'object') return 'a group of keys'
  return String(value)
}

function cut(value: string): string {
  return value.length > 80 ? `${value.slice(0, 77)}...` : value
}
