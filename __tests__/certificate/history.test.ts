// What the ledger says of certificates, out of records whose data may be anything.
import { describe, expect, it } from '@jest/globals'
import { historyOf } from '../../src/certificate/history.ts'
import { revocationsOf, revocationsText } from '../../src/certificate/revocations.ts'
import { isCertificate, isIssued } from '../../src/certificate/shape.ts'
import { CERTIFICATE_NOTICE } from '../../src/model/certificate.ts'
import { RECORD_TYPES } from '../../src/model/ledger.ts'
import {
  COMMIT,
  certificate,
  chain,
  condition,
  evaluationOf,
  ID,
  issuedChain,
  issuedData,
  OTHER_ID,
  revokedData,
} from '../support/certificates.ts'
import { everyValue } from '../support/ledger/edits.ts'

const NOTICE = { schema: CERTIFICATE_NOTICE, id: ID, what: 'renewal_due', text: 'soon', at: '2027-04-20T00:00:00.000Z' }
const ODD: unknown[] = [
  null,
  undefined,
  7,
  'x',
  true,
  [],
  {},
  [[]],
  { schema: 'certify/certificate-issued/v1' },
  { policy: null },
  { id: 7 },
  { id: `${ID}x` },
]

describe('the history', () => {
  const records = issuedChain({}, [
    { type: 'certificate.revoked', data: revokedData(OTHER_ID) },
    { type: 'notification', data: NOTICE },
    { type: 'notification', data: { schema: 'something/else' } },
    {
      type: 'evaluation',
      data: evaluationOf({ a: 'pass', b: 'fail', c: 'warn', d: 'not_applicable', e: 'skipped' }),
      at: '2026-11-30T00:00:00Z',
    },
  ])

  it('holds each thing with where it stands, in whatever order the records come', () => {
    const history = historyOf(records)
    expect(history.issued).toEqual([expect.objectContaining({ seq: 2, hash: records[1]!.hash, at: '2026-11-20T12:00:00.000Z' })])
    expect(history.revoked).toEqual([{ seq: 3, data: revokedData(OTHER_ID) }])
    expect(history.notices).toEqual([{ seq: 4, data: NOTICE }])
    expect(history.met.at(-1)).toEqual({
      seq: 6,
      commit: COMMIT,
      name: 'certify',
      ref: 'refs/heads/main',
      at: '2026-11-30T00:00:00.000Z',
      criteria: ['a', 'c', 'd'],
    })
    expect(history.unread).toEqual([])
    expect(historyOf([...records].reverse())).toEqual(history)
    expect(historyOf([])).toEqual({ issued: [], revoked: [], notices: [], met: [], unread: [] })
  })

  it('passes over data of every other shape, in every type, and never throws', () => {
    for (const type of RECORD_TYPES)
      for (const data of ODD) {
        const history = historyOf(chain([{ type, data: data ?? null }]))
        expect([type, data, history.issued, history.revoked, history.met]).toEqual([type, data, [], [], []])
        const said = [
          'certificate.issued',
          'certificate.renewed',
          'certificate.revoked',
          'certificate.suspended',
          'certificate.reinstated',
        ].includes(type)
        expect([type, history.unread.length]).toEqual([type, said ? 1 : 0])
      }
  })

  it('takes no certificate whose digest is another, that stands where it could not, or whose id is there already', () => {
    const other = (data: unknown) =>
      historyOf(
        chain([
          { type: 'evaluation', data: {} },
          { type: 'certificate.issued', data },
        ]),
      )
    expect(other(issuedData()).issued).toHaveLength(1)
    expect(other(issuedData(certificate(), { digest: '0'.repeat(64) })).issued).toEqual([])
    expect(other(issuedData(certificate({ ledger: { place: 'x', seq: 2, hash: '1'.repeat(64) } }))).issued).toEqual([])
    const twice = historyOf(
      chain([
        { type: 'evaluation', data: {} },
        { type: 'certificate.issued', data: issuedData() },
        { type: 'certificate.issued', data: issuedData(certificate({ level: 1 })) },
      ]),
    )
    expect(twice.issued.map((one) => one.data.certificate.level)).toEqual([2])
    expect(twice.unread).toEqual([{ seq: 3, type: 'certificate.issued' }])
  })

  it('takes no certificate with any part of another kind', () => {
    const full = issuedData(
      certificate({
        notApplicable: [{ criterion: 'a', reason: 'b', expires: '2027-01-01' }],
        conditions: [condition('load', '2027-01-01T00:00:00.000Z')],
        domains: [{ id: 'security', name: 'x', done: 1, total: 1, percent: 100, open: [] }],
        blockers: [{ issue: 'a', impact: 'b', action: 'c' }],
        levels: [
          {
            number: 2,
            id: 'integration',
            name: 'x',
            state: 'passed',
            criteria: [{ id: 'a', outcome: 'pass', value: 1, unit: '%', limit: '> 0' }],
          },
        ],
      }),
      { owners: { load: 'zoe' } },
    )
    expect(isIssued(full)).toBe(true)
    let edits = 0
    for (const { set, restore } of everyValue(full, 9)) {
      set({ of: 7 })
      expect(isIssued(full)).toBe(false)
      restore()
      edits++
    }
    expect(edits).toBeGreaterThan(80)
    expect(isIssued(full)).toBe(true)
  })

  it.each([
    ['a key more', { more: 1 }],
    ['a day that does not exist', { validUntil: '2027-02-29T00:00:00.000Z' }],
    ['a time of another zone', { validUntil: '2027-05-20T12:00:00.000+02:00' }],
    ['an end before its beginning', { validUntil: '2026-11-20T12:00:00.000Z' }],
    ['a beginning before it was issued', { validFrom: '2026-11-19T12:00:00.000Z' }],
    ['a level that it does not show', { level: 4 }],
    ['no open gate', { gates: [{ number: 1, name: 'x', state: 'approved', decision: null }] }],
    ['an id of other letters', { id: 'CERT-01KB8M4Z7Q9V3T5W2X8Y6R1N0I' }],
    ['serial 0', { serial: 0 }],
    ['a short commit', { commit: 'c0ffee' }],
    ['a repository that is a path', { repository: '../x/y' }],
  ])('takes no certificate with %s', (_, change) => {
    expect(isCertificate(certificate())).toBe(true)
    expect(isCertificate({ ...certificate(), ...change })).toBe(false)
  })
})

describe('revocations.json', () => {
  it('lists each revoked certificate once, by its first record, without a word of anybody', () => {
    const records = issuedChain({}, [
      { type: 'certificate.revoked', data: revokedData(ID, { comment: 'said canary-login' }) },
      { type: 'certificate.revoked', data: revokedData(ID, { reason: 'requested' }) },
      { type: 'certificate.revoked', data: revokedData(OTHER_ID) },
      { type: 'certificate.revoked', data: { nobody: true } },
    ])
    expect(revocationsOf(historyOf(records))).toEqual({
      schema: 'certify/certificate-revocations/v1',
      revoked: [
        { id: ID, reason: 'vulnerability', at: '2026-11-25T00:00:00.000Z', seq: 3 },
        { id: OTHER_ID, reason: 'vulnerability', at: '2026-11-25T00:00:00.000Z', seq: 5 },
      ],
    })
    expect(revocationsText(revocationsOf(historyOf(records)))).not.toContain('canary-login')
    expect(JSON.parse(revocationsText(revocationsOf({ revoked: [] })))).toEqual({
      schema: 'certify/certificate-revocations/v1',
      revoked: [],
    })
  })
})
