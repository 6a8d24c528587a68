// Dates and durations as a config may write them: real calendar dates only, durations in ISO 8601 or shorthand, all in UTC.

/** Months are not a number of seconds; both may be set (P1M1D). */
export interface Duration {
  months: number
  seconds: number
}

export type ParsedDate = { date: string } | { problem: string; hint?: string }
export type ParsedDuration = { duration: Duration } | { problem: string; hint?: string }

/** A calendar date `YYYY-MM-DD` that exists; anything else is a problem that suggests what was probably meant. */
export function parseDate(_raw: unknown): ParsedDate {
  return { problem: 'not written yet' }
}

/** P6M, PT10M, 10m (minutes), 24h, 90d, 4w, 6mo, 1y; a bare whole number counts in `bare` (null: refused). */
export function parseDuration(_raw: unknown, _bare: 's' | 'm' | 'h' | 'd' | null): ParsedDuration {
  return { problem: 'not written yet' }
}

/** Seconds of a duration that has no months in it; null where it has. */
export function secondsOf(duration: Duration): number | null {
  return duration.months === 0 ? duration.seconds : null
}

/** The same day of the month, or the month's last day (2025-05-31 + 6 = 2025-11-30), in UTC. */
export function addMonths(date: Date, _months: number): Date {
  return date
}

export function addDuration(date: Date, duration: Duration): Date {
  return new Date(addMonths(date, duration.months).getTime() + duration.seconds * 1000)
}
