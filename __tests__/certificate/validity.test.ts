// How long a certificate holds: real months, real days, in UTC; the earliest end ends it.
import { describe, expect, it } from '@jest/globals'
import { type End, validityOf } from '../../src/certificate/validity.ts'
import type { CertificateConfig } from '../../src/model/certificate-config.ts'
import { seedConfig } from '../support/config.ts'
import { resolved } from '../support/resolving.ts'

const none: End[] = []
const at = (text: string) => new Date(text)

function config(change: Partial<CertificateConfig> = {}): CertificateConfig {
  return { ...seedConfig().certificate, ...change }
}

function until(issued: string, change: Partial<CertificateConfig> = {}, ends: End[] = none): string {
  const found = validityOf(config(change), [], ends, at(issued))
  return 'past' in found ? `past: ${found.past.what}` : `${found.validUntil} ${found.expiresBecause}`
}

describe('the end of a certificate', () => {
  it.each([
    ['2025-05-31T10:00:00Z', 6, '2025-11-30T10:00:00.000Z'],
    ['2027-08-31T10:00:00Z', 18, '2029-02-28T10:00:00.000Z'],
    ['2027-08-31T10:00:00Z', 6, '2028-02-29T10:00:00.000Z'],
    ['2028-02-29T00:00:00Z', 12, '2029-02-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 2, '2027-02-28T23:59:59.999Z'],
    // The nights on which clocks change in New York, in both directions.
    ['2026-09-08T06:30:00Z', 6, '2027-03-08T06:30:00.000Z'],
    ['2026-05-01T05:30:00Z', 6, '2026-11-01T05:30:00.000Z'],
  ])('%s and %i months: %s', (issued, months, expected) => {
    expect(until(issued, { validity: { months, seconds: 0 } })).toBe(`${expected} policy`)
  })

  it('is the last day of the policy where that comes first', () => {
    expect(until('2026-11-22T09:00:00Z', { validUntil: '2027-01-01' })).toBe('2027-01-01T00:00:00.000Z policy')
    expect(until('2026-12-31T23:59:59.999Z', { validUntil: '2027-01-01' })).toBe('2027-01-01T00:00:00.000Z policy')
    expect(until('2027-01-01T00:00:00Z', { validUntil: '2027-01-01' })).toBe('past: valid_until 2027-01-01')
  })

  it('is never a day that does not exist', () => {
    expect(until('2025-05-31T00:00:00Z', { validUntil: '2025-11-31' })).toBe('past: valid_until 2025-11-31')
    const { problems } = resolved('certificate:\n  valid_until: "2025-11-31"\n')
    expect(problems).toEqual([
      expect.objectContaining({
        line: 2,
        message: expect.stringContaining('November 2025 has 30 days'),
        hint: 'did you mean 2025-11-30?',
      }),
    ])
    expect(resolved('certificate:\n  valid_until: November 31, 2025\n').problems).toEqual([
      expect.objectContaining({ hint: 'did you mean 2025-11-30?' }),
    ])
  })

  it('is the earliest of all, and says which', () => {
    const ends: End[] = [
      { at: at('2027-02-01T00:00:00Z'), because: 'waiver', what: 'a' },
      { at: at('2027-01-02T00:00:00Z'), because: 'evidence', what: 'b' },
    ]
    expect(until('2026-11-22T09:00:00Z', {}, ends)).toBe('2027-01-02T00:00:00.000Z evidence')
    expect(until('2026-11-22T09:00:00Z', {}, [{ at: at('2026-11-22T09:00:00Z'), because: 'evidence', what: 'b' }])).toBe(
      'past: b',
    )
    expect(until('2026-11-22T09:00:00Z', {}, [{ at: new Date(Number.NaN), because: 'evidence', what: 'unread' }])).toBe(
      'past: unread',
    )
  })

  it('comes with the day on which renewal is due, never before it began', () => {
    const found = validityOf(config(), [], none, at('2026-11-22T09:00:00Z'))
    expect(found).toMatchObject({ renewalDue: '2027-04-22T09:00:00.000Z' })
    const soon = validityOf(config({ validUntil: '2026-11-25' }), [], none, at('2026-11-22T09:00:00Z'))
    expect(soon).toMatchObject({ renewalDue: '2026-11-22T09:00:00.000Z' })
  })
})
