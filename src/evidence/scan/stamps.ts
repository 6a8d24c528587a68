// Commits and times as reports write them, made uniform; anything else is not known.

/** A full commit hash (SHA-1 or SHA-256) in lower case. Short ones name no commit for certain. */
export function commitOf(value: unknown): string | null {
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value) ? value.toLowerCase() : null
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/
/** Before it: a clock that was never set (containers write 0001-01-01 or 1970). After it: seconds read as milliseconds. */
const [EARLIEST, LATEST] = [Date.UTC(2000, 0, 1), Date.UTC(2200, 0, 1)]

/** ISO UTC of an ISO time with a zone, or of milliseconds since 1970; null: absent, without zone, or out of reason. */
export function isoOf(value: unknown): string | null {
  const milliseconds =
    typeof value === 'number' ? value : typeof value === 'string' && TIME.test(value) ? Date.parse(value) : Number.NaN
  return milliseconds >= EARLIEST && milliseconds < LATEST ? new Date(milliseconds).toISOString() : null
}
