// A branch's newest certificate beside the chain: it stands as the chain has it at any time, and what cannot be read stands as nothing.
import { describe, expect, it } from '@jest/globals'
import { historyOf } from '../../src/certificate/history.ts'
import { lastOf, lastStatus, lastText, lastWith, openLast } from '../../src/certificate/last.ts'
import { statusOf } from '../../src/certificate/status.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { LastCertificate } from '../../src/model/last-certificate.ts'
import {
  COMMIT,
  certificate,
  condition,
  type Entry,
  evaluationOf,
  ID,
  issuedChain,
  OTHER_ID,
  revokedData,
} from '../support/certificates.ts'

const CONDITIONS: Partial<Certificate> = { conditions: [condition('load', '2026-12-10T00:00:00.000Z')] }
const met: Entry = { type: 'evaluation', data: evaluationOf({ load: 'pass' }), at: '2026-12-01T00:00:00.000Z' }
const revoked: Entry = { type: 'certificate.revoked', data: revokedData(ID, { comment: 'says Anna' }) }
const MAIN = 'refs/heads/main'

/** Through the file, as others read it. */
function read(last: LastCertificate | null): LastCertificate {
  return openLast(Buffer.from(lastText(last!)), 99)!
}

describe.each<[string, Partial<Certificate>, Entry[]]>([
  ['nothing was said', {}, []],
  ['it has an open condition', CONDITIONS, []],
  ['its condition was met', CONDITIONS, [met]],
  ['it was revoked', CONDITIONS, [met, revoked]],
])('where %s', (_, change, said) => {
  const records = issuedChain(change, said)
  const history = historyOf(records)

  it.each(['2026-11-26', '2026-12-02', '2026-12-10', '2027-05-20', '2028-01-01'])(
    'it stands as the chain has it on %s',
    (day) => {
      const now = new Date(`${day}T12:00:00Z`)
      expect(lastStatus(read(lastOf(history, 'certify', MAIN)), now)).toEqual(
        statusOf(history.issued[0]!.data.certificate, history, now),
      )
    },
  )

  it('holds nobody’s words', () => {
    expect(lastText(lastOf(history, 'certify', MAIN)!)).not.toMatch(/Anna/)
  })
})

it('is of its own name and branch alone', () => {
  const history = historyOf(issuedChain())
  expect([lastOf(history, 'nightly', MAIN), lastOf(history, 'certify', 'refs/heads/next')]).toEqual([null, null])
})

it('is told by nobody where the chain has words on certificates that this version cannot read', () => {
  const history = historyOf(issuedChain({}, [{ type: 'certificate.suspended', data: { id: ID } }]))
  expect(lastStatus(read(lastOf(history, 'certify', MAIN)), new Date('2026-12-01T00:00:00Z'))).toBeNull()
})

describe('an evaluation that is recorded later', () => {
  const last = lastOf(historyOf(issuedChain(CONDITIONS)), 'certify', MAIN)!
  const at = new Date('2026-12-01T00:00:00Z')
  const state = (one: LastCertificate, now = at): string | undefined => lastStatus(one, now)?.state

  it('closes the condition that it meets', () => {
    expect(state(last)).toBe('conditional')
    const closed = read(lastWith(last, evaluationOf({ load: 'pass', other: 'pass' }), at))
    expect([state(closed), closed.met]).toEqual(['active', [expect.objectContaining({ criteria: ['load'] })]])
    expect(lastWith(closed, evaluationOf({ load: 'pass' }), at)).toBe(closed)
  })

  it.each<[string, unknown]>([
    ['does not meet it', evaluationOf({ load: 'no_evidence' })],
    ['is of another commit', evaluationOf({ load: 'pass' }, { subject: { commit: 'd'.repeat(40), event: 'push', ref: MAIN } })],
    ['is of another ref', evaluationOf({ load: 'pass' }, { subject: { commit: COMMIT, event: 'push', ref: 'refs/heads/lax' } })],
    ['is a pull request’s', evaluationOf({ load: 'pass' }, { subject: { commit: COMMIT, event: 'pull_request', ref: MAIN } })],
    ['is of another name', evaluationOf({ load: 'pass' }, { name: 'nightly' })],
    ['is no run of the branch', evaluationOf({ load: 'pass' }, { main: false })],
  ])('changes nothing where it %s', (_, evaluation) => {
    expect(lastWith(last, evaluation, at)).toBe(last)
  })

  it('is too late once the condition was due', () => {
    const late = new Date('2026-12-10T00:00:00Z')
    expect(state(lastWith(last, evaluationOf({ load: 'pass' }), late), late)).toBe('expired')
  })
})

describe('what is not such a file', () => {
  const good = lastText(lastOf(historyOf(issuedChain()), 'certify', MAIN)!)
  const parsed = JSON.parse(good)

  it.each<[string, string]>([
    ['empty', ''],
    ['no JSON', '<html>'],
    ['another document', '{"schema":"certify/revocations/v1"}'],
    ['written otherwise', `${good} `],
    ['of no level', good.replace(/"level":2/, '"level":9')],
    ['without revocations', JSON.stringify({ ...parsed, revoked: undefined })],
    ['of a time that is none', good.replace('2027-05-20T12:00:00.000Z', 'for ever')],
  ])('%s is read as nothing', (_, text) => {
    expect(text).not.toBe(good)
    expect(openLast(Buffer.from(text), 99)).toBeNull()
  })

  it('the whole one is read', () => expect(openLast(Buffer.from(good), parsed.seq)).toEqual(parsed))

  it('one that is newer than the chain is nobody’s', () => expect(openLast(Buffer.from(good), parsed.seq - 1)).toBeNull())
})

it('the newest is the last one issued, whichever holds longer', () => {
  const newer = certificate({ id: OTHER_ID, commit: 'd'.repeat(40) })
  const history = historyOf(issuedChain())
  history.issued.push({ ...history.issued[0]!, seq: 9, data: { ...history.issued[0]!.data, certificate: newer } })
  expect(lastOf(history, 'certify', MAIN)?.certificate.id).toBe(OTHER_ID)
})
