import { describe, expect, it } from '@jest/globals'
import { gitleaks } from '../../../src/evidence/formats/security/gitleaks.ts'
import { scorecard } from '../../../src/evidence/formats/security/scorecard.ts'
import { zapJson } from '../../../src/evidence/formats/security/zap-json.ts'
import { zapXml } from '../../../src/evidence/formats/security/zap-xml.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const refusal = (code: string) => expect.objectContaining({ code })
const json = (value: unknown) => sourceOf(JSON.stringify(value))

describe.each([
  ['JSON', zapJson, 'zap-json', 'json'],
  ['XML', zapXml, 'zap-xml', 'xml'],
] as const)('ZAP as %s', (_, format, folder, end) => {
  const read = (name: string) => format.read(sourceOf(fixture(`${folder}/${name}.${end}`)), DEFAULT_LIMITS)

  it('counts each alert once a site, and sets the false positives aside', () => {
    const { facts, info, problems } = read('failing')
    expect(facts.findings.map(({ rule, severity, path, state }) => [rule, severity, path, state])).toEqual([
      ['40018', 'high', 'https://shop.example/pay?id=1', 'active'],
      ['10038-1', 'medium', 'https://shop.example/', 'active'],
      ['10038-2', 'low', 'https://shop.example/', 'active'],
      ['10096', 'info', 'https://shop.example/', 'active'],
      ['90001', 'unknown', 'https://shop.example/', 'active'],
      ['10055', 'medium', 'https://shop.example/', 'suppressed'],
      ['10038-1', 'medium', 'http://static.shop.example/a', 'active'],
    ])
    const prints = facts.findings.map((finding) => finding.fingerprint)
    expect(new Set(prints).size).toBe(prints.length)
    expect(facts).toMatchObject({ scans: ['dast'], scanFailed: false })
    expect(info).toEqual({ producer: 'ZAP 2.16.1', commit: null, createdAt: '2026-03-01T10:00:00.123Z' })
    expect(problems).toEqual([])
  })

  it('takes a site without alerts for a clean scan, and no site for none', () => {
    expect(read('valid').facts).toMatchObject({ findings: [], scanFailed: false })
    expect(read('empty')).toMatchObject({ facts: { scanFailed: true }, problems: [{ code: 'nothing_measured' }] })
  })
})

describe('ZAP', () => {
  it('reads a lone site that is no list, and names of older versions', () =>
    expect(zapJson.read(sourceOf(fixture('zap-json/failing-2.7.json')), DEFAULT_LIMITS).facts.findings).toMatchObject([
      { rule: '40018', title: 'SQL Injection' },
    ]))

  it.each([[{}], [{ site: 'a' }], [{ site: [1] }], [{ site: [{ alerts: {} }] }], [{ site: [{ alerts: [1] }] }]])(
    'refuses %j',
    (root) => expect(() => zapJson.read(json(root), DEFAULT_LIMITS)).toThrow(refusal('wrong_shape')),
  )

  it.each([3, null, 'high'])('does not rate a risk of %j', (riskcode) =>
    expect(zapJson.read(json({ site: [{ alerts: [{ riskcode }] }] }), DEFAULT_LIMITS).facts.findings).toMatchObject([
      { severity: 'unknown', rule: 'unknown' },
    ]),
  )

  it.each([1, 3, 1 << 20])('passes over comments before the XML declaration, in chunks of %i', (size) => {
    const bytes = fixture('zap-xml/valid-late-declaration.xml')
    const before = bytes.slice()
    expect(zapXml.read(sourceOf(bytes, 'a.xml', size), DEFAULT_LIMITS).facts).toMatchObject({ findings: [], scanFailed: false })
    expect(bytes).toEqual(before)
  })

  it.each(['x<?xml version="1.0"?><OWASPZAPReport version="1"/>', '<!-- a <?xml version="1.0"?><OWASPZAPReport version="1"/>'])(
    'but not over anything else: %s',
    (text) => expect(() => zapXml.read(sourceOf(text), DEFAULT_LIMITS)).toThrow(),
  )

  it('keeps the place of a fault behind such a declaration', () =>
    expect(
      inspect(
        sourceOf('<!-- a -->\n<?xml version="1.0"?>\n<OWASPZAPReport version="1"><site></OWASPZAPReport>'),
        DEFAULT_LIMITS,
        zapXml,
      ),
    ).toMatchObject({
      ok: false,
      problems: [{ line: 3 }],
    }))
})

describe('gitleaks', () => {
  const read = (name: string) => gitleaks.read(sourceOf(fixture(`gitleaks/${name}`)), DEFAULT_LIMITS)

  it('counts each secret, of no severity', () => {
    const { facts } = read('failing.json')
    expect(facts).toMatchObject({
      scans: ['secrets'],
      scanFailed: false,
      findings: [
        {
          rule: 'aws-access-token',
          severity: 'unknown',
          path: 'shop/settings.ini',
          line: 2,
          fingerprint: 'shop/settings.ini:aws-access-token:2',
        },
      ],
    })
  })

  it('says nothing of the secret itself', () => {
    const entry = { RuleID: 'a', Description: 'b', StartLine: 1, Match: 'key=HUSH', Secret: 'HUSH', Message: 'HUSH' }
    expect(JSON.stringify(gitleaks.read(json([entry]), DEFAULT_LIMITS))).not.toContain('HUSH')
  })

  it.each(['empty.json', 'empty-null.json'])('takes %s for a run that found nothing', (name) =>
    expect(read(name).facts).toMatchObject({ findings: [], scans: ['secrets'], scanFailed: false }),
  )

  it.each(['[]', 'null\n'])('knows %j by its name alone', (text) => {
    expect(inspect(sourceOf(text, 'out/gitleaks-report.json'), DEFAULT_LIMITS)).toMatchObject({ ok: true, format: 'gitleaks' })
    expect(inspect(sourceOf(text, 'gitleaks/report.json'), DEFAULT_LIMITS).ok).toBe(false)
  })

  it.each([[{}], [[1]], ['x'], [[null]]])('refuses %j', (root) =>
    expect(() => gitleaks.read(json(root), DEFAULT_LIMITS)).toThrow(refusal('wrong_shape')),
  )
})

describe('Scorecard', () => {
  it('has a figure for the project and for each check that came to something', () => {
    expect(scorecard.read(sourceOf(fixture('scorecard/valid.json')), DEFAULT_LIMITS)).toMatchObject({
      facts: {
        metrics: [
          { name: 'scorecard.score', value: 8.2, unit: null },
          { name: 'scorecard.Binary-Artifacts', value: 10 },
          { name: 'scorecard.Code-Review', value: 6 },
        ],
      },
      info: {
        producer: 'Scorecard v5.5.0',
        commit: '0123456789abcdef0123456789abcdef01234567',
        createdAt: '2026-03-01T10:00:00.000Z',
      },
      problems: [],
    })
    const { facts, problems } = scorecard.read(sourceOf(fixture('scorecard/failing.json')), DEFAULT_LIMITS)
    expect(facts.metrics.map(({ name }) => name)).toEqual(['scorecard.score', 'scorecard.Token-Permissions'])
    expect(problems).toMatchObject([
      { code: 'no_value', message: '"scorecard.Branch-Protection" was inconclusive: it has no value' },
    ])
  })

  it.each([
    [{ score: 11, checks: [] }, 'bad_number'],
    [{ score: -2, checks: [] }, 'bad_number'],
    [{ score: '7', checks: [] }, 'wrong_shape'],
    [{ score: 7 }, 'wrong_shape'],
    [{ score: 7, checks: [{ name: 'a' }] }, 'wrong_shape'],
    [{ score: 7, checks: [{ score: 1 }] }, 'wrong_shape'],
    [{ score: 7, checks: [{ name: 'score', score: 9 }] }, 'duplicate_name'],
  ])('refuses %j', (root, code) => expect(() => scorecard.read(json(root), DEFAULT_LIMITS)).toThrow(refusal(code)))
})
