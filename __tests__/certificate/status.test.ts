// The status of a certificate at any time: revoked before expired before superseded before conditional before active.
import { describe, expect, it } from '@jest/globals'
import { historyOf } from '../../src/certificate/history.ts'
import { statusOf } from '../../src/certificate/status.ts'
import { notInForce } from '../../src/certificate/wording.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { LedgerRecord } from '../../src/model/ledger.ts'
import {
  COMMIT,
  certificate,
  chain,
  condition,
  type Entry,
  evaluationOf,
  ID,
  issuedChain,
  issuedData,
  lastOf,
  OTHER_ID,
  positioned,
  revokedData,
} from '../support/certificates.ts'

const CONDITIONS: Partial<Certificate> = {
  conditions: [condition('load', '2026-12-10T00:00:00.000Z'), condition('docs', '2026-12-05T00:00:00.000Z')],
  validUntil: '2026-12-20T00:00:00.000Z',
}

function status(records: LedgerRecord[], now: string) {
  return statusOf(lastOf(records).certificate, historyOf(records), new Date(now))
}

const met = (criteria: Record<string, string>, at: string, change: Record<string, unknown> = {}): Entry => ({
  type: 'evaluation',
  data: evaluationOf(criteria, change),
  at,
})
const revoked: Entry = { type: 'certificate.revoked', data: revokedData() }

describe('the status', () => {
  it('is active until just before its end, and expired at it', () => {
    const records = issuedChain()
    expect(status(records, '2027-05-20T11:59:59.999Z')).toEqual({
      state: 'active',
      since: '2026-11-20T12:00:00.000Z',
      why: null,
      open: [],
      until: '2027-05-20T12:00:00.000Z',
      supersededBy: null,
    })
    const expired = status(records, '2027-05-20T12:00:00.000Z')
    expect(expired).toMatchObject({
      state: 'expired',
      since: '2027-05-20T12:00:00.000Z',
      why: 'It expired: its validity by the policy ended.',
    })
    expect(notInForce(expired)).toBe(
      'This certificate is not in force since 2027-05-20 12:00 UTC: It expired: its validity by the policy ended.',
    )
    expect(statusOf(certificate(), historyOf(records), new Date(Number.NaN)).state).toBe('expired')
  })

  it.each([
    ['policy', 'its validity by the policy ended'],
    ['evidence', 'evidence it rests on became too old'],
    ['waiver', 'a waiver or suppression it rests on ended'],
    ['condition', 'the time that it had with conditions ended'],
  ] as const)('says that it expired because of %s', (expiresBecause, why) => {
    expect(status(issuedChain({ expiresBecause }), '2030-01-01T00:00:00Z').why).toBe(`It expired: ${why}.`)
  })

  it('is revoked for ever, expired or not, however badly the record is written', () => {
    for (const now of ['2026-11-21T00:00:00Z', '2026-12-01T00:00:00Z', '2030-01-01T00:00:00Z'])
      expect(status(issuedChain({}, [revoked]), now)).toMatchObject({
        state: 'revoked',
        since: '2026-11-25T00:00:00.000Z',
        why: 'It was revoked: a vulnerability became known.',
      })
    for (const data of [{ id: ID }, { id: ID, reason: 'whim', comment: 7, at: 'soon' }, { ...revokedData(), schema: 'x' }])
      expect(status(issuedChain({}, [{ type: 'certificate.revoked', data }]), '2026-12-01T00:00:00Z')).toMatchObject({
        state: 'revoked',
        why: expect.stringMatching(/^It was revoked: (it was asked for|a vulnerability)/),
      })
    expect(
      status(issuedChain({}, [{ type: 'certificate.revoked', data: revokedData(OTHER_ID) }]), '2026-12-01T00:00:00Z').state,
    ).toBe('active')
  })

  it('is conditional while conditions are open, active when each was met in time', () => {
    const open = status(issuedChain(CONDITIONS), '2026-12-01T00:00:00Z')
    expect(open).toMatchObject({
      state: 'conditional',
      until: '2026-12-05T00:00:00.000Z',
      why: '2 of 2 conditions are open: load by 2026-12-10, docs by 2026-12-05.',
    })
    const half = issuedChain(CONDITIONS, [met({ docs: 'pass', load: 'fail' }, '2026-12-02T00:00:00Z')])
    expect(status(half, '2026-12-06T00:00:00Z')).toMatchObject({
      state: 'conditional',
      until: '2026-12-10T00:00:00.000Z',
      open: [{ id: 'load' }],
    })
    const both = issuedChain(CONDITIONS, [
      met({ docs: 'pass' }, '2026-12-02T00:00:00Z'),
      met({ load: 'warn' }, '2026-12-09T23:59:59.999Z'),
    ])
    expect(status(both, '2026-12-15T00:00:00Z')).toMatchObject({
      state: 'active',
      since: '2026-12-09T23:59:59.999Z',
      open: [],
      until: '2026-12-20T00:00:00.000Z',
    })
  })

  it('is expired from when a condition is overdue, and meeting it late does not bring it back', () => {
    expect(status(issuedChain(CONDITIONS), '2026-12-05T00:00:00.000Z')).toMatchObject({
      state: 'expired',
      since: '2026-12-05T00:00:00.000Z',
      why: 'The condition docs was due on 2026-12-05 and is not met.',
    })
    const late = issuedChain(CONDITIONS, [met({ docs: 'pass', load: 'pass' }, '2026-12-05T00:00:00.000Z')])
    expect(status(late, '2026-12-06T00:00:00Z').state).toBe('expired')
  })

  it.each([
    ['of another commit', { subject: { commit: 'e'.repeat(40), event: 'push', ref: 'refs/heads/main' } }],
    ['of another name', { name: 'docs' }],
    ['of a pull request', { subject: { commit: COMMIT, event: 'pull_request', ref: 'refs/heads/main' } }],
    ['of a merge queue', { subject: { commit: COMMIT, event: 'merge_group', ref: 'refs/heads/main' } }],
    ['that is no run of the branch', { main: false }],
    ['of another schema', { schema: 'certify/evaluation/v9' }],
    ['without a subject', { subject: null }],
    ['without outcomes', { outcome: null }],
    ['with outcomes of another shape', { outcome: { criteria: { load: 'pass', docs: ['pass'] } } }],
    ['that judged nothing', { outcome: { criteria: { load: { outcome: 'no_evidence' }, docs: { outcome: 'skipped' } } } }],
    ['with an unknown outcome', { outcome: { criteria: { load: { outcome: 'excellent' }, docs: {} } } }],
  ])('closes no condition by an evaluation %s', (_, change) => {
    const records = issuedChain(CONDITIONS, [met({ docs: 'pass', load: 'pass' }, '2026-12-01T00:00:00Z', change)])
    expect(status(records, '2026-12-02T00:00:00Z').open).toHaveLength(2)
  })

  it('closes no condition by the evaluation that was certified, or one before it', () => {
    const records = chain([
      { type: 'evaluation', data: evaluationOf({ docs: 'pass', load: 'pass' }) },
      (so) => ({ type: 'certificate.issued', data: issuedData(positioned(CONDITIONS, so)) }),
    ])
    expect(status(records, '2026-12-01T00:00:00Z').open).toHaveLength(2)
  })

  it('does not say that a condition fell due where it was met in time', () => {
    const due = '2026-12-15T00:00:00.000Z'
    const terms: Partial<Certificate> = { conditions: [condition('docs', due)], validUntil: due, expiresBecause: 'condition' }
    expect(status(issuedChain(terms, [met({ docs: 'pass' }, '2026-12-01T00:00:00Z')]), '2026-12-16T00:00:00Z').why).toBe(
      'It expired: the time that it had with conditions ended.',
    )
    expect(status(issuedChain(terms), '2026-12-16T00:00:00Z').why).toBe(
      'The condition docs was due on 2026-12-15 and is not met.',
    )
  })

  it('closes no condition by the evaluation of another ref', () => {
    const of = (ref: string) =>
      status(
        issuedChain(CONDITIONS, [
          met({ docs: 'pass', load: 'pass' }, '2026-12-01T00:00:00Z', { subject: { commit: COMMIT, event: 'push', ref } }),
        ]),
        '2026-12-02T00:00:00Z',
      ).state
    expect([of('refs/heads/main'), of('refs/heads/lax'), of('main')]).toEqual(['active', 'conditional', 'conditional'])
  })

  it('is superseded by a later one of the same commit, name and repository that says so', () => {
    const by = (change: Partial<Certificate>): LedgerRecord[] =>
      chain([
        { type: 'evaluation', data: evaluationOf({}) },
        (so) => ({ type: 'certificate.issued', data: issuedData(positioned({}, so)) }),
        (so) => ({
          type: 'certificate.renewed',
          data: issuedData(
            positioned(
              {
                id: OTHER_ID,
                supersedes: ID,
                issuedAt: '2026-11-21T00:00:00.000Z',
                validFrom: '2026-11-21T00:00:00.000Z',
                ...change,
              },
              so,
            ),
          ),
        }),
      ])
    const of = (records: LedgerRecord[], now = '2026-12-01T00:00:00Z') =>
      statusOf(certificate(), historyOf(records), new Date(now))
    expect(of(by({}))).toMatchObject({
      state: 'superseded',
      since: '2026-11-21T00:00:00.000Z',
      supersededBy: OTHER_ID,
      why: `${OTHER_ID} took its place.`,
    })
    expect(of(by({}), '2030-01-01T00:00:00Z')).toMatchObject({ state: 'expired', supersededBy: OTHER_ID })
    for (const change of [{ supersedes: null }, { name: 'docs' }, { repository: 'evil/shop' }, { commit: 'e'.repeat(40) }])
      expect(of(by(change)).state).toBe('active')
  })
})
