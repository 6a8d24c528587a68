import { describe, expect, it } from '@jest/globals'
import { parseDate, parseDuration, secondsOf } from '../../src/config/calendar.ts'

describe('parseDate', () => {
  it.each(['2025-11-30', '2028-02-29', '2027-01-01', '2027-12-31', '2000-02-29'])('takes %s', (text) => {
    expect(parseDate(text)).toEqual({ date: text })
    expect(parseDate(` ${text} `)).toEqual({ date: text })
  })

  it.each([
    ['2025-11-31', 'did you mean 2025-11-30'],
    ['2027-02-29', 'did you mean 2027-02-28'],
    ['2100-02-29', 'did you mean 2100-02-28'],
    ['2027-04-00', 'did you mean 2027-04-01'],
    ['November 31, 2025', 'did you mean 2025-11-30'],
    ['31 Nov 2025', 'did you mean 2025-11-30'],
    ['Nov. 31st, 2025', 'did you mean 2025-11-30'],
    ['June 30, 2027', 'write 2027-06-30'],
    ['2027/6/3', 'write 2027-06-03'],
    ['2027-06-03T00:00:00Z', 'write 2027-06-03'],
    ['2027-13-01', 'year-month-day'],
    ['30-06-2027', 'YYYY-MM-DD'],
    ['06/07/2027', 'YYYY-MM-DD'],
    ['1025-01-01', 'YYYY-MM-DD'],
    ['soon', 'YYYY-MM-DD'],
    ['', 'YYYY-MM-DD'],
    ['٢٠٢٧-٠٦-٠٣', 'YYYY-MM-DD'],
    [20270630, 'YYYY-MM-DD'],
    [null, 'YYYY-MM-DD'],
    [new Date(0), 'YYYY-MM-DD'],
    ['9'.repeat(100_000), 'YYYY-MM-DD'],
    [`November ${' '.repeat(100_000)}31, 2025`, 'YYYY-MM-DD'],
  ])('refuses %p', (raw, hint) => {
    const parsed = parseDate(raw)
    expect('hint' in parsed && parsed.hint).toContain(hint)
    expect('problem' in parsed && parsed.problem.length).toBeLessThan(200)
  })

  it('says how long the month is', () => {
    expect(parseDate('2027-02-29')).toEqual({
      problem: '"2027-02-29" is no date: February 2027 has 28 days',
      hint: 'did you mean 2027-02-28?',
    })
  })

  it('agrees with the calendar on every day of four years', () => {
    let known = 0
    for (let year = 2025; year < 2029; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        for (let day = 1; day <= 31; day += 1) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
          if ('date' in parseDate(text)) {
            known += 1
            expect(new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10)).toBe(text)
          }
        }
      }
    }
    expect(known).toBe(365 * 4 + 1)
  })
})

describe('parseDuration', () => {
  it.each([
    ['10m', 0, 600],
    ['10min', 0, 600],
    ['24h', 0, 86_400],
    ['90d', 0, 7_776_000],
    ['4w', 0, 2_419_200],
    ['500ms', 0, 0.5],
    ['6mo', 6, 0],
    ['1y', 12, 0],
    ['2q', 6, 0],
    ['P6M', 6, 0],
    ['PT6M', 0, 360],
    ['P1Y2M', 14, 0],
    ['P1M1DT2H3M4S', 1, 93_784],
    ['P2W', 0, 1_209_600],
    ['P0D', 0, 0],
  ])('%s is %i months and %d seconds', (text, months, seconds) => {
    expect(parseDuration(text, null)).toEqual({ duration: { months, seconds } })
  })

  it('counts a bare whole number in the unit of its place', () => {
    expect(parseDuration(24, 'h')).toEqual({ duration: { months: 0, seconds: 86_400 } })
    expect(parseDuration('600', 's')).toEqual({ duration: { months: 0, seconds: 600 } })
    expect(parseDuration(90, 'd')).toEqual({ duration: { months: 0, seconds: 7_776_000 } })
    expect(parseDuration(90, null)).toHaveProperty('problem')
  })

  it.each([
    ['6 months', 'write P6M'],
    ['6months', 'write P6M'],
    ['1 year', 'write P1Y'],
    ['10 minutes', 'write PT10M'],
    ['2 hrs', 'for example'],
    ['30 days', 'write P30D'],
    ['-5d', 'not negative'],
    [-5, 'not negative'],
    [1.5, 'for example'],
    ['P', 'for example'],
    ['PT', 'for example'],
    ['P1DT', 'for example'],
    ['P6m', 'for example'],
    ['forever', 'for example'],
    ['', 'for example'],
    [null, 'for example'],
    [Number.NaN, 'for example'],
    [true, 'for example'],
    ['P'.repeat(100_000), 'for example'],
  ])('refuses %p', (raw, hint) => {
    const parsed = parseDuration(raw, 's')
    expect('hint' in parsed && parsed.hint).toContain(hint)
  })

  it('stops at a century', () => {
    expect(parseDuration('1201mo', null)).toHaveProperty('problem')
    expect(parseDuration('999999999y', null)).toHaveProperty('problem')
    expect(parseDuration('999999999999999', 's')).toHaveProperty('problem')
  })
})

describe('a duration in seconds', () => {
  it('is none where it has months', () => {
    expect(secondsOf({ months: 0, seconds: 60 })).toBe(60)
    expect(secondsOf({ months: 1, seconds: 0 })).toBeNull()
  })
})
