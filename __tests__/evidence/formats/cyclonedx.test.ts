import { describe, expect, it } from '@jest/globals'
import { cyclonedxJson } from '../../../src/evidence/formats/security/cyclonedx-json.ts'
import { cyclonedxXml } from '../../../src/evidence/formats/security/cyclonedx-xml.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const json = (content: string | Uint8Array) => cyclonedxJson.read(sourceOf(content), DEFAULT_LIMITS)
const xml = (content: string | Uint8Array) => cyclonedxXml.read(sourceOf(content, 'bom.xml'), DEFAULT_LIMITS)
const bom = (more: object) => json(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', ...more }))
const one = (entry: object) => bom({ vulnerabilities: [{ id: 'CVE-2026-1', ...entry }] }).facts.findings[0]!

describe('CycloneDX (JSON)', () => {
  it('rates by the worst word, else by the highest CVSS score, and sets aside what the analysis does', () => {
    const { facts, info } = json(fixture('cyclonedx-json/failing.json'))
    expect(facts).toMatchObject({ scans: ['sca'], scanFailed: false, tools: ['Dependency-Track'] })
    expect(facts.findings.map(({ rule, severity, score, state }) => [rule, severity, score, state])).toEqual([
      ['CVE-2026-10001', 'high', 8.2, 'active'],
      ['CVE-2026-10002', 'critical', 9.1, 'active'],
      ['CVE-2026-10003', 'unknown', null, 'active'],
      ['CVE-2026-10004', 'low', null, 'active'],
      ['CVE-2026-10005', 'critical', null, 'suppressed'],
      ['CVE-2026-10006', 'medium', null, 'suppressed'],
      ['CVE-2026-10007', 'medium', null, 'suppressed'],
      ['CVE-2026-10008', 'unknown', null, 'active'],
    ])
    expect(info).toEqual({ producer: 'Dependency-Track 4.12.0', commit: null, createdAt: '2026-03-01T09:00:00.000Z' })
  })

  it('names packages as the scanners do, wherever the component is described', () => {
    const { findings } = json(fixture('cyclonedx-json/failing.json')).facts
    expect(findings.map(({ package: name, version }) => [name, version])).toEqual([
      ['org.example:core', '2.0.0'],
      ['org.example:core', null],
      ['vendor/thing', '3'],
      ['@words/clock', '1.0.0'],
      ['@words/clock', '1.0.0'],
      ['org.example:core', '2.0.0'],
      ['org.example:core', '2.0.0'],
      ['example.org/lib', 'v1.2.3'],
    ])
    expect(findings[0]).toMatchObject({ fixedIn: '2.0.2', identifiers: ['CVE-2026-10001', 'GHSA-aaaa-bbbb-cccc'] })
  })

  it('takes the empty list of a scanner for a clean scan of an image', () =>
    expect(json(fixture('cyclonedx-json/valid.json'))).toMatchObject({
      facts: { findings: [], scans: ['container'], scanFailed: false },
      problems: [],
    }))

  it.each([
    ['an inventory', 'empty-inventory.json', 0],
    ['an inventory with the empty list that Trivy writes into it', 'empty-trivy.json', 0],
    ['a VEX document', 'empty-vex.json', 1],
  ])('vouches for nothing by %s', (_, name, suppressed) => {
    const { facts, problems } = json(fixture(`cyclonedx-json/${name}`))
    expect(facts).toMatchObject({ scans: [], scanFailed: true })
    expect(facts.findings.map(({ state }) => state)).toEqual(Array(suppressed).fill('suppressed'))
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured'])
  })

  it('counts what is open in a document without components', () => {
    const entries = [{ id: 'CVE-2026-1' }, { id: 'CVE-2026-2', analysis: { state: 'not_affected' } }]
    expect(bom({ vulnerabilities: entries }).facts).toMatchObject({ scanFailed: false, scans: ['sca'] })
  })

  it.each([['exploitable'], ['in_triage'], ['harmless'], ['NOT_AFFECTED'], ['']])('leaves open what is %s', (state) =>
    expect(one({ analysis: { state } }).state).toBe('active'),
  )

  it.each([
    [[{ score: '9.8' }], 'unknown', null],
    [[{ score: -1 }], 'unknown', null],
    [[{ score: 11 }], 'unknown', null],
    [[{ score: 9.8, method: 'OWASP' }], 'unknown', null],
    [[{ severity: 'severe' }], 'unknown', null],
    [[{ severity: 7 }, null, 'high'], 'unknown', null],
    [[{ score: 0 }], 'info', 0],
    [[{ severity: 'unknown' }, { score: 5, method: 'CVSSv3' }], 'medium', 5],
  ])('rates %j as %s', (ratings, severity, score) => expect(one({ ratings })).toMatchObject({ severity, score }))

  it('keeps an entry without an id, of no component', () =>
    expect(bom({ vulnerabilities: [{}] }).facts.findings).toMatchObject([
      { rule: 'unknown', severity: 'unknown', package: null, identifiers: [], state: 'active' },
    ]))

  it('survives a list of components that is none', () =>
    expect(bom({ components: 'none', vulnerabilities: [{ id: 'A', affects: [{ ref: 'x' }] }] }).facts.findings).toHaveLength(1))

  it.each([
    ['malformed-version.json', 'wrong_version'],
    ['malformed-entry.json', 'wrong_shape'],
    ['malformed.json', 'json_truncated'],
  ])('refuses %s', (name, code) =>
    expect(inspect(sourceOf(fixture(`cyclonedx-json/${name}`)), DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      format: 'cyclonedx-json',
      problems: [{ code }],
    }),
  )
})

describe('CycloneDX (XML)', () => {
  const inBom = (inner: string) => xml(`<bom xmlns="http://cyclonedx.org/schema/bom/1.5">${inner}</bom>`)
  const one = (inner: string) =>
    inBom(`<vulnerabilities><vulnerability><id>A</id>${inner}</vulnerability></vulnerabilities>`).facts.findings[0]!

  it.each(['failing.xml', 'failing-tools.xml'])('reads what the JSON form has as well: %s', (name) => {
    const { facts, info } = xml(fixture(`cyclonedx-xml/${name}`))
    expect(facts).toMatchObject({ scans: ['sca'], scanFailed: false, tools: ['checker'] })
    expect(
      facts.findings.map(({ rule, severity, score, package: of, version, state }) => [rule, severity, score, of, version, state]),
    ).toEqual([
      ['CVE-2026-10001', 'high', 8.2, 'org.example:core', '2.0.0', 'active'],
      ['CVE-2026-10002', 'critical', 9.1, null, null, 'active'],
      ['CVE-2026-10003', 'unknown', null, null, null, 'active'],
      ['CVE-2026-10004', 'critical', null, '@words/clock', '1.0.0', 'suppressed'],
    ])
    expect(facts.findings[0]).toMatchObject({
      title: 'core reads beyond its end',
      fixedIn: '2.0.2',
      identifiers: ['CVE-2026-10001', 'GHSA-aaaa-bbbb-cccc'],
    })
    expect(info).toEqual({ producer: 'checker 3.1', commit: null, createdAt: '2026-03-01T09:00:00.000Z' })
  })

  it('takes the empty list of a scanner for a clean scan of an image', () =>
    expect(xml(fixture('cyclonedx-xml/valid.xml'))).toMatchObject({
      facts: { findings: [], scans: ['container'], scanFailed: false, tools: ['grype'] },
      problems: [],
    }))

  it.each([
    ['an inventory', fixture('cyclonedx-xml/empty.xml')],
    ['a VEX document', fixture('cyclonedx-xml/empty-vex.xml')],
    [
      'the inventory of a scanner that lists nothing',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><tools><tool><name>grype</name></tool></tools></metadata></bom>',
    ],
    [
      'an empty list by nobody',
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><tools><tool/></tools></metadata><vulnerabilities/></bom>',
    ],
  ])('vouches for nothing by %s', (_, content) => {
    const { facts, problems } = xml(content)
    expect(facts).toMatchObject({ scans: [], scanFailed: true })
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured'])
  })

  it('does not take the tools of a vulnerability for the writer, nor a vulnerability elsewhere for one', () => {
    const tools = '<tools><tool><name>grype</name></tool></tools>'
    const elsewhere =
      '<components><component><name>x</name><vulnerabilities><vulnerability><id>B</id></vulnerability></vulnerabilities></component></components>'
    const { facts } = inBom(`<vulnerabilities><vulnerability><id>A</id>${tools}</vulnerability></vulnerabilities>${elsewhere}`)
    expect([facts.tools, facts.findings.map(({ rule }) => rule)]).toEqual([['CycloneDX'], ['A']])
  })

  it.each([['NaN'], ['-1'], ['1e1'], ['11'], ['high']])('takes %s for no score', (score) =>
    expect(one(`<ratings><rating><score>${score}</score></rating></ratings>`)).toMatchObject({
      score: null,
      severity: 'unknown',
    }),
  )

  it('refuses more findings than the limit', () =>
    expect(() => cyclonedxXml.read(sourceOf(fixture('cyclonedx-xml/failing.xml')), { ...DEFAULT_LIMITS, findings: 3 })).toThrow(
      'more than 3 findings',
    ))

  it.each([
    ['malformed-version.xml', 'wrong_version'],
    ['malformed.xml', 'xml_truncated'],
  ])('refuses %s', (name, code) =>
    expect(inspect(sourceOf(fixture(`cyclonedx-xml/${name}`), 'bom.xml'), DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      format: 'cyclonedx-xml',
      problems: [{ code }],
    }),
  )
})
