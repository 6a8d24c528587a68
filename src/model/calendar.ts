// Calendar arithmetic in UTC: months that keep to the month's end, and days that begin at 00:00Z whatever the machine's zone is.

/** Months are not a number of seconds; both may be set (P1M1D). */
export interface Duration {
  months: number
  seconds: number
}

/** Month from 1. */
export function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The same day of the month, or the month's last day (2025-05-31 + 6 = 2025-11-30), in UTC. */
export function addMonths(date: Date, months: number): Date {
  const month = date.getUTCMonth() + months
  const year = date.getUTCFullYear() + Math.floor(month / 12)
  const moved = new Date(date.getTime())
  // Day one first: setUTCMonth on a 31st would run over into the month after.
  moved.setUTCFullYear(year, ((month % 12) + 12) % 12, 1)
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDayOf(year, moved.getUTCMonth() + 1)))
  return moved
}

/** Months first, then seconds. */
export function addDuration(date: Date, duration: Duration): Date {
  return new Date(addMonths(date, duration.months).getTime() + duration.seconds * 1000)
}

/** When a day `YYYY-MM-DD` begins; null: there is no such day. */
export function dayStart(day: string): Date | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined) return null
  const start = new Date(`${year}-${month}-${date}T00:00:00Z`)
  // Date takes a 31 November for a 1 December.
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day) ? start : null
}
