// Calendar arithmetic, held under zones whose clocks jump: nothing here may follow the machine's.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'
import { addDuration, addMonths, dayStart } from '../../src/model/calendar.ts'

const SUMS = [
  ['2025-05-31', 6, '2025-11-30'],
  ['2027-08-31', 18, '2029-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2027-12-31', 2, '2028-02-29'],
  ['2027-01-15', 12, '2028-01-15'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2028-02-29', 48, '2032-02-29'],
  ['2096-02-29', 48, '2100-02-28'],
  ['2027-03-31', -1, '2027-02-28'],
  ['2027-01-31', -2, '2026-11-30'],
  ['2027-06-30', 0, '2027-06-30'],
  ['2026-09-08', 6, '2027-03-08'],
  ['2026-04-05', 6, '2026-10-05'],
] as const

/** A process of its own for each zone: jest's share of one does not follow TZ. */
const SOURCE = ts.transpile(readFileSync('src/model/calendar.ts', 'utf8'), {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ES2022,
})

describe('month arithmetic', () => {
  it.each(SUMS)('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(new Date(`${date}T13:14:15.016Z`), months).toISOString()).toBe(`${expected}T13:14:15.016Z`)
  })

  it('adds months before seconds', () => {
    expect(addDuration(new Date('2025-05-31T00:00:00Z'), { months: 6, seconds: 86_400 }).toISOString()).toBe(
      '2025-12-01T00:00:00.000Z',
    )
  })

  // 02:30 does not exist on the days on which these zones' clocks go forward, by an hour and by half of one.
  it.each(['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])('is the same under TZ=%s', (zone) => {
    const script = `${SOURCE}
      const sums = ${JSON.stringify(SUMS)}
      const at = ['00:00:00.000', '02:30:00.000', '23:59:59.999']
      console.log(JSON.stringify({
        zone: new Date('2026-07-01T00:00:00Z').getTimezoneOffset(),
        sums: sums.flatMap(([date, months]) => at.map((time) => addMonths(new Date(date + 'T' + time + 'Z'), months).toISOString())),
        day: dayStart('2027-03-14').toISOString(),
      }))`
    const args = ['--input-type=module', '-e', script]
    const told = JSON.parse(execFileSync(process.execPath, args, { env: { ...process.env, TZ: zone }, encoding: 'utf8' }))
    expect(told.zone === 0).toBe(zone === 'UTC')
    expect(told.sums).toEqual(
      SUMS.flatMap(([, , day]) => ['00:00:00.000', '02:30:00.000', '23:59:59.999'].map((time) => `${day}T${time}Z`)),
    )
    expect(told.day).toBe('2027-03-14T00:00:00.000Z')
  })
})

describe('the start of a day', () => {
  it('is midnight in UTC', () => {
    expect(dayStart('2028-02-29')?.toISOString()).toBe('2028-02-29T00:00:00.000Z')
  })

  it.each(['2025-11-31', '2027-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-11-30T00:00:00Z', '', 'soon'])(
    'is none of %p',
    (day) => {
      expect(dayStart(day)).toBeNull()
    },
  )
})
