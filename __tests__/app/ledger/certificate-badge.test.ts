// A branch's certificate as a badge: green only while it holds, amber with open conditions, red when it ended, grey when nobody knows.
import { describe, expect, it } from '@jest/globals'
import { together } from '../../../src/app/ledger/badges.ts'
import { certificatePath, certificateSaid, certificatesBeside } from '../../../src/app/ledger/certificate-badge.ts'
import { historyOf } from '../../../src/certificate/history.ts'
import type { Certificate } from '../../../src/model/certificate.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import { COMMIT, certificate, condition, type Entry, issuedChain, OTHER_ID, revokedData } from '../../support/certificates.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { evaluationData, PULL_REQUEST } from '../../support/ledger/evaluations.ts'

const FILE = 'certificates/main.json'
const BADGE = 'badges/main_certificate'
const CONDITIONS: Partial<Certificate> = { conditions: [condition('load', '2026-12-10T00:00:00.000Z')] }
const TODAY = '2026-12-01T12:00:00Z'

function said(change: Partial<Certificate> = {}, more: Entry[] = [], at = TODAY, before: string | null = null) {
  const extras = certificateSaid(historyOf(issuedChain(change, more)), certificate(change))
  return extras.write([before === null ? null : Buffer.from(before)], { at: new Date(at), seq: 99 })
}

function beside(change: Partial<EvaluationData>, file: string | null, badge: string | null, at = TODAY) {
  const extras = certificatesBeside([draft('d7', evaluationData(7, change))])
  expect(extras.paths).toEqual([FILE, `${BADGE}.svg`])
  return extras.write(
    [file, badge].map((text) => (text === null ? null : Buffer.from(text))),
    { at: new Date(at), seq: 99 },
  )
}

function shown(files: ReadonlyMap<string, string>): string {
  const { label, message, color } = JSON.parse(files.get(`${BADGE}.json`)!)
  expect(files.get(`${BADGE}.svg`)).toContain(`<title>${label}: ${message}</title>`)
  return `${color}: ${label} ${message}`
}

const revoked: Entry = { type: 'certificate.revoked', data: revokedData() }

describe('what is said of a certificate', () => {
  it.each<[string, ReadonlyMap<string, string>, string]>([
    ['active', said(), 'brightgreen: certificate level 2 · until 2027-05-20'],
    ['conditional', said(CONDITIONS), 'orange: certificate level 2, conditional · until 2026-12-10'],
    ['revoked', said({}, [revoked]), 'red: certificate revoked 2026-11-25'],
    ['expired', said({}, [], '2027-05-20T12:00:00Z'), 'red: certificate expired 2027-05-20'],
    ['overdue', said(CONDITIONS, [], '2026-12-10T00:00:00Z'), 'red: certificate expired 2026-12-10'],
    ['unreadable', said({}, [{ type: 'certificate.suspended', data: {} }]), 'lightgrey: certificate not known'],
  ])('%s', (_, files, text) => {
    expect([...files.keys()]).toEqual([FILE, `${BADGE}.json`, `${BADGE}.svg`])
    expect(shown(files)).toBe(text)
  })

  it('does not turn back a newer certificate that another writer put there meanwhile', () => {
    const newer = said()
      .get(FILE)!
      .replace(/"seq":\d+\}$/, '"seq":99}')
      .replaceAll(certificate().id, OTHER_ID)
    const text = newer.replace(/"seq":\d+,"unread"/, '"seq":99,"unread"')
    expect(said({}, [revoked], TODAY, text).get(FILE)).toBe(text)
    // Nobody's: the chain has no such record yet.
    const forged = said({}, [revoked], TODAY, text.replace('"seq":99', '"seq":100'))
    expect(shown(forged)).toMatch(/^red/)
  })

  it('is of no file where the ref is no branch', () => {
    const tagged = { ref: 'refs/tags/v1' }
    expect(certificateSaid(historyOf(issuedChain(tagged)), certificate(tagged)).paths).toEqual([])
  })
})

describe('a record of the branch', () => {
  it('without a certificate makes one grey badge, once', () => {
    const files = beside({}, null, null)
    expect(shown(files)).toBe('lightgrey: certificate none')
    expect(files.has(FILE)).toBe(false)
    expect([...beside({}, null, files.get(`${BADGE}.svg`)!)]).toEqual([])
  })

  it('turns it red when it has ended by then', () => {
    expect(shown(beside({}, said().get(FILE)!, 'x', '2027-05-20T12:00:00Z'))).toBe('red: certificate expired 2027-05-20')
  })

  it('that meets its condition turns it green, and says so in the file', () => {
    const criteria = { load: { ...evaluationData(1).outcome.criteria.test_coverage!, outcome: 'pass' as const } }
    const run = {
      subject: { ...evaluationData(7).subject, commit: COMMIT },
      outcome: { ...evaluationData(7).outcome, criteria },
    }
    const file = said(CONDITIONS).get(FILE)!
    const files = beside(run, file, 'x')
    expect(shown(files)).toBe('brightgreen: certificate level 2 · until 2027-05-20')
    expect(shown(beside({}, files.get(FILE)!, 'x', '2026-12-11T00:00:00Z'))).toMatch(/^brightgreen/)
    expect(shown(beside(run, file, 'x', '2026-12-11T00:00:00Z'))).toMatch(/^red/)
  })

  it.each(['', '{}', 'null', '{"schema":"certify/certificate-last/v1"}'])('beside what is no such file (%j) is grey', (file) => {
    expect(shown(beside({}, file, 'x'))).toBe('lightgrey: certificate not known')
  })

  it('has none for a pull request, nor on a laptop', () => {
    const laptop = { subject: { ...evaluationData(1).subject, run: null, attempt: null } }
    for (const change of [PULL_REQUEST, laptop])
      expect(certificatesBeside([draft('d1', evaluationData(1, change))]).paths).toEqual([])
  })
})

it('files of several kinds each get what stood of their own', () => {
  const one = (path: string) => ({
    paths: [path],
    write: ([before]: readonly (Uint8Array | null)[]) => new Map([[path, String(before)]]),
  })
  const all = together(one('a'), { paths: [], write: () => new Map() }, one('b'))
  expect([...all.write([Buffer.from('A'), Buffer.from('B')], { at: new Date(TODAY), seq: 99 })]).toEqual([
    ['a', 'A'],
    ['b', 'B'],
  ])
})

it('no other branch’s badge has the name of a certificate’s', () => {
  expect(certificatePath('nightly', 'release/1')).toBe('certificates/nightly/release_2f1.json')
})
