// The time, and when SOURCE_DATE_EPOCH may set it (decision 14).
import { describe, expect, it } from '@jest/globals'
import { clockFrom } from '../../../src/adapters/node/clock.ts'

describe('the clock', () => {
  it.each([undefined, ''])("is the system's where SOURCE_DATE_EPOCH is %j", (epoch) => {
    const clock = clockFrom(epoch, true)
    const before = Date.now()
    const now = clock.now().getTime()
    expect(clock.kind).toBe('system')
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  it('stands still at SOURCE_DATE_EPOCH, and says that it is fixed', () => {
    const clock = clockFrom('1795348800', true)
    expect(clock.kind).toBe('fixed')
    expect([clock.now().toISOString(), clock.now().toISOString()]).toEqual(Array(2).fill('2026-11-22T12:00:00.000Z'))
    expect(clockFrom('0', true).now().toISOString()).toBe('1970-01-01T00:00:00.000Z')
  })

  it('is not moved where it may not be: a real run ignores the variable, even a wrong one', () => {
    expect(clockFrom('1795348800', false).kind).toBe('system')
    expect(clockFrom('nonsense', false).kind).toBe('system')
  })

  it.each(['yesterday', '-5', '1.5', '1e9', '0x10', ' 1', '9'.repeat(30), '2026-11-22'])(
    'refuses %j, with what to do',
    (epoch) => {
      expect(() => clockFrom(epoch, true)).toThrow(
        expect.objectContaining({ code: 'clock_invalid', message: expect.stringContaining(epoch), hint: expect.any(String) }),
      )
    },
  )
})
