// Secrets that somebody wrote into the config, and hiding them: a config names the variable, never the secret.

/** Shapes of well-known tokens and of URLs that carry one. Each is linear: no nested repetition. */
const SHAPES: readonly RegExp[] = [
  /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]+/,
  /discord(?:app)?\.com\/api\/webhooks\/[A-Za-z0-9/_-]+/,
  /[a-z0-9-]+\.webhook\.office\.com\/[A-Za-z0-9@/_-]+/,
  /xox[abeprs]-[A-Za-z0-9-]{10,}/,
  /gh[pousr]_[A-Za-z0-9]{20,}/,
  /github_pat_[A-Za-z0-9_]{20,}/,
  /glpat-[A-Za-z0-9_-]{20,}/,
  /(?:AKIA|ASIA)[A-Z0-9]{16}/,
  /sk-[A-Za-z0-9_-]{20,}/,
  /npm_[A-Za-z0-9]{30,}/,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/,
  /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{1,200}@/,
]

export type SecretReading = 'named' | 'unset' | 'literal'

/** `env:NAME` is named; the seed's literal `...` at the end means nothing was filled in; the rest is a secret in the open. */
export function readSecret(value: string): SecretReading {
  if (/^env:[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return 'named'
  return value === '' || value.endsWith('...') ? 'unset' : 'literal'
}

export function looksSecret(value: string): boolean {
  return !value.endsWith('...') && SHAPES.some((shape) => shape.test(value))
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
