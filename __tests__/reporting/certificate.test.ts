// The certificate as people see it: what it must say, and that nothing in it is alive.
import { describe, expect, it } from '@jest/globals'
import type { Certificate, Signing } from '../../src/model/certificate.ts'
import type { DoorAnswer } from '../../src/model/door.ts'
import { renderCertificateHtml } from '../../src/reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../src/reporting/renderers/certificate-markdown.ts'
import { renderDoor } from '../../src/reporting/renderers/certificate-terminal.ts'
import { certificate } from '../support/certificates.ts'
import { certificateOf } from '../support/issuing.ts'
import { flawsOf } from '../support/well-formed.ts'

const ABOUT: { digest: string; signing: Signing } = {
  digest: 'd'.repeat(64),
  signing: { state: 'unsigned', why: 'the plan has no attestations' },
}
const EVIL = '<img src=x onerror=alert(1)> | `code` **bold** @octocat #12 https://evil.example [x](y) \u202e\n# heading'

/** Every text that comes from a policy, a report or a repository. */
function hostile(): Certificate {
  const base = certificateOf()
  return {
    ...base,
    system: EVIL,
    authority: EVIL,
    statement: EVIL,
    ref: EVIL,
    subjects: [{ name: EVIL, digest: { sha256: 'a'.repeat(64) } }],
    policy: { source: EVIL, digest: EVIL },
    levels: base.levels.map((one) => ({ ...one, name: EVIL })),
    gates: base.gates.map((one) => ({ ...one, name: EVIL })),
    domains: base.domains.map((one) => ({ ...one, name: EVIL, open: [EVIL, EVIL, EVIL, EVIL, EVIL, EVIL] })),
    blockers: [{ issue: EVIL, impact: EVIL, action: EVIL }],
    conditions: [{ id: EVIL, level: 4, text: EVIL, due: '2026-12-31T00:00:00.000Z' }],
    signOffs: [{ role: EVIL, gate: 4, record: EVIL, before: null }],
    loosened: [EVIL],
    excluded: [EVIL],
    notApplicable: [{ criterion: EVIL, reason: EVIL, expires: EVIL }],
    evidence: [{ path: EVIL, sha256: EVIL, format: EVIL }],
    ledger: { place: EVIL, seq: 1, hash: EVIL },
  }
}

const markdown = (of: Certificate): string => renderCertificateMarkdown(of, ABOUT)
const html = (of: Certificate): string => renderCertificateHtml(of, ABOUT)
const ours = (flaw: string): boolean => flaw.startsWith('foreign heading: #') && !flaw.includes('heading: # heading')

describe.each([
  ['Markdown', markdown],
  ['the page', html],
])('%s', (_, render) => {
  it('says what is certified, how far, until when, by whose word and how to check it', () => {
    const of = certificateOf()
    const text = render(of)
    for (const said of [
      of.id,
      of.commit,
      of.policy.digest,
      of.evaluation.evidenceDigest,
      of.validUntil.slice(0, 10),
      'Functional',
      'sha256sum',
    ])
      expect(text).toContain(said)
    expect(text).toContain('Gate 4')
    expect(text).toContain('the plan has no attestations')
  })

  it('has blockers as issue, impact and action, and conditions with their day', () => {
    const condition = { id: 'x', level: 4 as const, text: 'Coverage over 90 %', due: '2026-12-31T00:00:00.000Z' }
    const text = render({
      ...certificateOf(),
      conditions: [condition],
      blockers: [{ issue: 'No audit', impact: 'Not known', action: 'Have one' }],
    })
    for (const said of ['Issue', 'No audit', 'Impact', 'Not known', 'Action', 'Have one', 'Coverage over 90 %', '2026-12-31'])
      expect(text).toContain(said)
  })
})

it('Markdown of hostile texts is well-formed and has nothing alive in it', () => {
  expect(flawsOf(markdown(hostile()), []).filter((flaw) => !ours(flaw))).toEqual([])
})

it('the page of hostile texts runs nothing and fetches nothing', () => {
  const page = html(hostile())
  expect(page).not.toMatch(/<(?:img|script|iframe|link|object|embed)\b/i)
  expect(page).not.toMatch(/<[^>]*\son\w+=/i)
  expect(page).not.toMatch(/<[^>]*\b(?:src|href)=/i)
  expect(page).toContain("default-src 'none'")
})

describe('the answer at the door', () => {
  const answer: DoorAnswer = {
    ok: false,
    code: 'REVOKED',
    refusals: [{ code: 'REVOKED', text: `It was revoked.\u001b[2J${EVIL}`, fix: 'Certify a commit that holds.' }],
    notes: ['No artifact was asked for.'],
    certificate: certificate(),
    status: null,
    signer: null,
  }
  const look = { color: false, width: 100 }

  it('names each reason by its code, with what to do, and no control character', () => {
    const text = renderDoor(answer, look)
    expect(text).toMatch(/refused: CERT-/)
    expect(text).toContain('REVOKED: It was revoked.')
    expect(text).toContain('Certify a commit that holds.')
    expect(text).toContain('No artifact was asked for.')
    expect(text).not.toMatch(/[\u001b\u202e]/)
  })

  it('accepted reads as nothing else', () => {
    const text = renderDoor({ ...answer, ok: true, code: null, refusals: [] }, look)
    expect(text).toMatch(/✓ accepted/)
    expect(text).not.toContain('refused')
  })
})
