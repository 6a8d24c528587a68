// Dates and durations as a config may write them: real calendar dates only, durations in ISO 8601 or shorthand, all in UTC.
import { type Duration, lastDayOf } from '../model/calendar.ts'
import { quoted } from './term.ts'

export type ParsedDate = { date: string } | { problem: string; hint?: string }
export type ParsedDuration = { duration: Duration } | { problem: string; hint?: string }

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

/** Longest duration understood: a century. Beyond it a date is more likely a mistake, and Date would overflow. */
const MAX_SECONDS = 100 * 366 * 86_400
const MAX_MONTHS = 100 * 12

/** A calendar date `YYYY-MM-DD` that exists; anything else is a problem that suggests what was probably meant. */
export function parseDate(raw: unknown): ParsedDate {
  if (typeof raw !== 'string') return { problem: 'this is not a date', hint: 'write it as YYYY-MM-DD, for example 2027-06-30' }
  const text = raw.trim()
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (iso !== null) return checked(text, Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const meant = inWords(text)
  if (meant === null) return { problem: `${quoted(text)} is not a date`, hint: 'write it as YYYY-MM-DD, for example 2027-06-30' }
  const known = checked(text, meant.year, meant.month, meant.day)
  return 'problem' in known ? known : { problem: `${quoted(text)} is not written as YYYY-MM-DD`, hint: `write ${known.date}` }
}

function checked(text: string, year: number, month: number, day: number): ParsedDate {
  if (month < 1 || month > 12)
    return { problem: `${quoted(text)} is no date: there is no month ${month}`, hint: 'the order is year-month-day' }
  if (year < 1970) return { problem: `${quoted(text)} is too long ago`, hint: 'write it as YYYY-MM-DD, for example 2027-06-30' }
  const last = lastDayOf(year, month)
  if (day >= 1 && day <= last) return { date: isoDate(year, month, day) }
  const name = MONTHS[month - 1]!
  const days = `${name[0]!.toUpperCase()}${name.slice(1)} ${year} has ${last} days`
  return { problem: `${quoted(text)} is no date: ${days}`, hint: `did you mean ${isoDate(year, month, day < 1 ? 1 : last)}?` }
}

/** "November 31, 2025", "31 Nov 2025", "2025/11/31", "2025-11-31T00:00:00Z": told apart only to suggest the ISO form. */
function inWords(text: string): { year: number; month: number; day: number } | null {
  if (text.length > 40) return null
  const numeric = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][0-9:.+Z-]*)?$/.exec(text)
  if (numeric !== null) return { year: Number(numeric[1]), month: Number(numeric[2]), day: Number(numeric[3]) }
  const words = text
    .toLowerCase()
    .split(/[\s,.]+/)
    .filter((word) => word !== '')
  const month = MONTHS.findIndex((name) => words.some((word) => word.length >= 3 && name.startsWith(word))) + 1
  const day = words.map((word) => /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1]).find((found) => found !== undefined)
  const year = words.find((word) => /^\d{4}$/.test(word))
  if (words.length !== 3 || month === 0 || day === undefined || year === undefined) return null
  return { year: Number(year), month, day: Number(day) }
}

function isoDate(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const SECONDS = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 } as const
const IN_MONTHS = { mo: 1, q: 3, y: 12 } as const
const ISO = /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/

/** P6M, PT10M, 10m or 10min (minutes), 24h, 90d, 4w, 6mo, 1y; a bare whole number counts in `bare` (null: refused). */
export function parseDuration(raw: unknown, bare: 's' | 'm' | 'min' | 'h' | 'd' | null): ParsedDuration {
  const text = typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw.trim() : null
  if (text === null) return { problem: 'this is not a duration', hint: 'for example 10m, 24h, 30d or P6M' }
  if (/^\d{1,15}$/.test(text)) {
    if (bare === null) return { problem: `${quoted(text)} has no unit`, hint: `for example ${text}d (days) or ${text}h (hours)` }
    return limited(text, 0, Number(text) * SECONDS[bare])
  }
  const short = /^(\d{1,9})(ms|s|min|m|h|d|w|mo|q|y)$/.exec(text)
  if (short !== null) {
    const count = Number(short[1])
    const unit = short[2] as keyof typeof SECONDS | keyof typeof IN_MONTHS
    return unit in IN_MONTHS
      ? limited(text, count * IN_MONTHS[unit as keyof typeof IN_MONTHS], 0)
      : limited(text, 0, count * SECONDS[unit as keyof typeof SECONDS])
  }
  const iso = ISO.exec(text)
  if (iso === null || text === 'P' || iso[5] === 'T') return notADuration(text)
  const part = (index: number) => Number(iso[index] ?? 0)
  return limited(text, part(1) * 12 + part(2), part(3) * 604_800 + part(4) * 86_400 + part(6) * 3600 + part(7) * 60 + part(8))
}

function limited(text: string, months: number, seconds: number): ParsedDuration {
  if (months > MAX_MONTHS || seconds > MAX_SECONDS) return { problem: `${quoted(text)} is longer than a hundred years` }
  return { duration: { months, seconds } }
}

/** What a duration in words is in ISO 8601: "6 months" is P6M, "10 minutes" PT10M. */
function notADuration(text: string): ParsedDuration {
  const problem = `${quoted(text)} is not a duration`
  if (text.startsWith('-')) return { problem, hint: 'a duration is not negative' }
  const words = text.length > 40 ? null : /^(\d{1,9})\s*([a-z]{1,10}?)s?$/i.exec(text)
  const word = words?.[2]?.toLowerCase() ?? ''
  const letter = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'].find(
    (name) => word !== '' && (name === word || (word.length >= 3 && name.startsWith(word))),
  )
  if (words == null || letter === undefined) return { problem, hint: 'for example 10m (minutes), 24h, 30d, 4w, 6mo or P6M' }
  const isTime = ['hour', 'minute', 'second'].includes(letter)
  return { problem, hint: `write P${isTime ? 'T' : ''}${words[1]}${letter[0]!.toUpperCase()}` }
}

/** Seconds of a duration that has no months in it; null where it has. */
export function secondsOf(duration: Duration): number | null {
  return duration.months === 0 ? duration.seconds : null
}
