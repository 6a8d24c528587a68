import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { depcheckJson } from '../../../src/evidence/formats/security/depcheck-json.ts'
import { depcheckXml } from '../../../src/evidence/formats/security/depcheck-xml.ts'
import { npmAuditV1 } from '../../../src/evidence/formats/security/npm-audit-v1.ts'
import { pipAudit } from '../../../src/evidence/formats/security/pip-audit.ts'
import { yarnAudit } from '../../../src/evidence/formats/security/yarn-audit.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const readBy = (format: Format<'security'>) => (content: string | Uint8Array | object) =>
  format.read(
    sourceOf(typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)),
    DEFAULT_LIMITS,
  )
const shown = (result: ReturnType<ReturnType<typeof readBy>>) =>
  result.facts.findings.map(({ rule, severity, package: name, version }) => [rule, severity, name, version])
const refusal = (code: string) => expect.objectContaining({ code })

const ADVISORIES = [
  ['GHSA-aaaa-bbbb-0001', 'critical', 'one', '1.0.0'],
  ['GHSA-aaaa-bbbb-0002', 'medium', 'two', null],
  ['npm-advisory:1103', 'low', 'two', '1.0.0'],
  ['GHSA-aaaa-bbbb-0004', 'unknown', 'three', '1.0.0'],
]

describe('npm audit, version 1', () => {
  const read = readBy(npmAuditV1)

  it('counts each advisory once, however many paths lead to it', () => {
    const result = read(fixture('npm-audit-v1/failing.json'))
    expect(shown(result)).toEqual(ADVISORIES)
    expect(result.facts).toMatchObject({ scans: ['sca'], scanFailed: false })
    expect(result.facts.findings.map(({ fixedIn, score }) => [fixedIn, score])).toEqual([
      ['>=2.0.0', 9.8],
      ['>=2.0.0', 5.3],
      [null, null],
      ['>=2.0.0', null],
    ])
    expect(result.facts.findings[0]!.identifiers).toEqual(['GHSA-aaaa-bbbb-0001', 'CVE-2026-20001'])
    expect(result.problems).toEqual([])
  })

  it('says so where a severity is counted and not listed', () => {
    expect(read(fixture('npm-audit-v1/valid.json')).problems).toMatchObject([{ code: 'declared_recount_differ' }])
    expect(read(fixture('npm-audit-v1/empty.json'))).toMatchObject({ problems: [], facts: { findings: [], scanFailed: false } })
  })

  it('refuses the error that pnpm writes instead of a result, and tells it', () =>
    expect(() => read(fixture('npm-audit-v1/malformed-error.json'))).toThrow(/responded with 405/))

  it.each([[{ metadata: {} }], [{ advisories: [] }], [{ advisories: { 1: 'x' } }], [{ advisories: { 1: { findings: 1 } } }]])(
    'refuses %j',
    (root) => expect(() => read(root)).toThrow(refusal('wrong_shape')),
  )

  it('refuses counts that nobody counted', () =>
    expect(() => read({ advisories: {}, metadata: { vulnerabilities: { high: '1' } } })).toThrow(refusal('wrong_shape')))
})

describe('yarn audit', () => {
  const read = readBy(yarnAudit)

  it('counts the lines of Yarn 1 once an advisory and package', () => {
    const result = read(fixture('yarn-audit/failing.json'))
    expect(shown(result)).toEqual(ADVISORIES)
    expect(result).toMatchObject({ problems: [], facts: { scans: ['sca'], scanFailed: false } })
  })

  it('reads Yarn 4, whose deprecations are no security findings', () => {
    const { facts } = read(fixture('yarn-audit/failing-berry.json'))
    expect(facts.findings.map(({ rule, severity, version, security }) => [rule, severity, version, security])).toEqual([
      ['GHSA-aaaa-bbbb-0001', 'critical', '1.0.0', true],
      ['GHSA-aaaa-bbbb-0002', 'medium', null, true],
      ['npm-advisory:old (deprecation)', 'medium', '3.0.0', false],
    ])
    expect(facts.scanFailed).toBe(false)
  })

  it.each([
    ['failing-no-summary.json', 'it ends without a summary'],
    [
      'failing-unreached.json',
      'Yarn reported an error: Error: https://registry.example/-/npm/v1/security/audits: Request "https://registry.example/-/npm/v1/security/audits" returned a 405',
    ],
  ])('takes %s for a scan that failed', (name, failure) =>
    expect(read(fixture(`yarn-audit/${name}`))).toMatchObject({
      facts: { scanFailed: true, failure },
      problems: [{ code: 'scan_failed' }],
    }),
  )

  it('takes a last line that is cut off for a scan that failed', () => {
    const whole = '{"value":"one","children":{"ID":1,"Severity":"low"}}\n'
    expect(read(`${whole}{"value":"two","chil`).facts).toMatchObject({ scanFailed: true, findings: [{ package: 'one' }] })
  })

  it('keeps apart what has no id', () => {
    const line = '{"type":"auditAdvisory","data":{"advisory":{"module_name":"a"}}}\n'
    expect(read(line + line).facts.findings).toHaveLength(2)
  })

  it.each(['{"value":1,"children":{}}\n', '{"value":"a"}\n', '{"type":"auditAdvisory"}\n{"type":"info"}\n'])(
    'refuses %s',
    (text) => expect(() => read(text)).toThrow(),
  )
})

describe('pip-audit', () => {
  const read = readBy(pipAudit)

  it('counts each vulnerability of each package, of no severity', () => {
    const { facts, problems } = read(fixture('pip-audit/failing.json'))
    expect(facts).toMatchObject({ scanFailed: false, scans: ['sca'] })
    expect(facts.findings).toMatchObject([
      {
        rule: 'PYSEC-2026-1',
        severity: 'unknown',
        package: 'one',
        version: '1.0',
        fixedIn: '1.1, 2.0',
        identifiers: ['PYSEC-2026-1', 'CVE-2026-30001', 'GHSA-aaaa-bbbb-0005'],
      },
      { rule: 'GHSA-aaaa-bbbb-0006', fixedIn: null },
    ])
    expect(problems).toEqual([{ code: 'no_value', message: '1 package(s) not known to PyPI, the first shop' }])
  })

  it('reads the list of its older versions', () =>
    expect(read(fixture('pip-audit/failing-list.json')).facts.findings).toMatchObject([{ rule: 'PYSEC-2026-1' }]))

  it('takes a package that could not be audited for a scan that failed', () =>
    expect(read(fixture('pip-audit/failing-skipped.json'))).toMatchObject({
      facts: { scanFailed: true, findings: [] },
      problems: [{ code: 'scan_failed' }],
    }))

  it.each(['failing-unreached.json', 'empty.json'])('passes nothing where nothing was audited: %s', (name) =>
    expect(read(fixture(`pip-audit/${name}`)).facts).toMatchObject({ scanFailed: true, failure: 'no package was audited' }),
  )

  it.each([[{ dependencies: {} }], [{ dependencies: [{ name: 'a' }] }], [{ dependencies: [{ vulns: [] }] }], [[1]], [null]])(
    'refuses %j',
    (root) => expect(() => read(JSON.stringify(root))).toThrow(refusal('wrong_shape')),
  )
})

describe.each([
  ['JSON', depcheckJson, 'depcheck-json', 'json'],
  ['XML', depcheckXml, 'depcheck-xml', 'xml'],
] as const)('Dependency-Check as %s', (_, format, folder, end) => {
  const read = readBy(format)

  it('counts each vulnerability of each dependency, and sets the suppressed ones aside', () => {
    const { facts, info } = read(fixture(`${folder}/failing.${end}`))
    expect(
      facts.findings.map(({ rule, severity, score, package: name, version, state }) => [
        rule,
        severity,
        score,
        name,
        version,
        state,
      ]),
    ).toEqual([
      ['CVE-2026-40001', 'critical', 9.1, 'org.example:core', '2.0.0', 'active'],
      ['GHSA-aaaa-bbbb-0007', 'medium', null, 'org.example:core', '2.0.0', 'active'],
      ['CVE-2026-40003', 'high', null, 'org.example:core', '2.0.0', 'suppressed'],
      ['CVE-2026-40004', 'unknown', null, 'thing.dll', null, 'active'],
    ])
    expect(facts.findings[0]).toMatchObject({
      title: 'core reads beyond its end',
      path: 'C:/shop/lib/core-2.0.0.jar',
      fixedIn: '2.0.1',
      identifiers: ['CVE-2026-40001'],
    })
    expect(facts).toMatchObject({ scanFailed: false, scans: ['sca'] })
    expect(info).toEqual({ producer: 'OWASP Dependency-Check 12.1.0', commit: null, createdAt: '2026-03-01T10:00:00.123Z' })
  })

  it('takes dependencies without vulnerabilities for a clean scan', () =>
    expect(read(fixture(`${folder}/valid.${end}`))).toMatchObject({ facts: { findings: [], scanFailed: false }, problems: [] }))

  it('takes an analyzer that failed for a scan that failed', () =>
    expect(read(fixture(`${folder}/failing-scan.${end}`)).facts).toMatchObject({
      scanFailed: true,
      failure: 'Failed to request component-reports',
    }))

  it('passes nothing where nothing was looked into', () =>
    expect(read(fixture(`${folder}/empty.${end}`))).toMatchObject({
      facts: { scanFailed: true },
      problems: [{ code: 'nothing_measured' }],
    }))
})

describe('Dependency-Check that is none', () => {
  it.each([[{}], [{ dependencies: {} }], [{ dependencies: [1] }], [{ dependencies: [{ vulnerabilities: [1] }] }]])(
    'refuses %j',
    (root) => expect(() => readBy(depcheckJson)(root)).toThrow(refusal('wrong_shape')),
  )

  it('refuses an analysis without a list of dependencies', () =>
    expect(() => readBy(depcheckXml)('<analysis><scanInfo/></analysis>')).toThrow(refusal('wrong_shape')))

  it.each(['ten', '11', '-1', ''])('takes %j for no score', (score) => {
    const text = `<analysis><dependencies><dependency><vulnerabilities><vulnerability><cvssV3><baseScore>${score}</baseScore></cvssV3></vulnerability></vulnerabilities></dependency></dependencies></analysis>`
    expect(readBy(depcheckXml)(text).facts.findings).toMatchObject([{ rule: 'unknown', score: null }])
  })
})
