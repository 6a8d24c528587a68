import { describe, expect, it } from '@jest/globals'
import { npmAuditV2 } from '../../../src/evidence/formats/security/npm-audit-v2.ts'
import { trivy } from '../../../src/evidence/formats/security/trivy.ts'
import { trivyK8s } from '../../../src/evidence/formats/security/trivy-k8s.ts'
import { trivyLegacy } from '../../../src/evidence/formats/security/trivy-legacy.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

describe('npm audit', () => {
  const read = (path: string) => npmAuditV2.read(sourceOf(fixture(`npm-audit-v2/${path}`)), DEFAULT_LIMITS)

  it('counts packages as npm does', () => {
    const { facts, problems } = read('failing.json')
    expect(facts.findings.map(({ package: name, severity, rule, fixedIn }) => [name, severity, rule, fixedIn])).toEqual([
      ['args-parser', 'critical', 'GHSA-aaaa-bbbb-cccc', '1.2.6'],
      ['clock-words', 'medium', 'npm:clock-words', null],
      ['tool-belt', 'critical', 'npm:tool-belt', null],
    ])
    expect(problems).toEqual([])
  })

  it('gives a package with several advisories no id of one of them', () => {
    expect(read('failing.json').facts.findings[1]!.identifiers).toEqual([])
  })

  it('says so where the metadata counts otherwise', () => {
    const text = new TextDecoder()
      .decode(fixture('npm-audit-v2/failing.json'))
      .replace('"high": 0, "critical": 2', '"high": 0, "critical": 1')
    expect(npmAuditV2.read(sourceOf(text), DEFAULT_LIMITS).problems.map(({ code }) => code)).toEqual(['declared_recount_differ'])
  })

  it('takes an audit without findings for a scan', () =>
    expect(read('valid.json').facts).toMatchObject({ findings: [], scans: ['sca'], scanFailed: false }))

  it.each([
    ['the object npm writes when the registry refuses', fixture('npm-audit-v2/malformed-error.json')],
    [
      'one without a lockfile',
      '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile.","detail":""}}',
    ],
  ])('refuses an error object: %s', (_, content) => {
    expect(inspect(sourceOf(content), DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      format: 'npm-audit-v2',
      problems: [{ code: 'scan_failed' }],
    })
  })

  it('refuses an error beside a result', () => {
    const text = '{"auditReportVersion":2,"vulnerabilities":{},"error":{"code":"EAUDIT"}}'
    expect(() => npmAuditV2.read(sourceOf(text), DEFAULT_LIMITS)).toThrow('EAUDIT')
  })

  it('does not rate what npm does not know', () => {
    const text = '{"auditReportVersion":2,"vulnerabilities":{"a":{"severity":"severe","via":[]}}}'
    expect(npmAuditV2.read(sourceOf(text), DEFAULT_LIMITS).facts.findings[0]!.severity).toBe('unknown')
  })
})

describe('Trivy', () => {
  const read = (content: string | Uint8Array) => trivy.read(sourceOf(content), DEFAULT_LIMITS)

  it('reads each kind of finding, and what is set aside', () => {
    const { facts, info } = read(fixture('trivy/failing.json'))
    expect(facts.scans).toEqual(['container', 'iac', 'license', 'sca', 'secrets'])
    expect(facts.findings.map(({ rule, severity, state }) => [rule, severity, state])).toEqual([
      ['CVE-2026-10001', 'critical', 'active'],
      ['CVE-2026-10002', 'unknown', 'active'],
      ['CVE-2026-10003', 'high', 'suppressed'],
      ['AVD-DS-0002', 'high', 'active'],
      ['DS001', 'medium', 'not_failure'],
      ['DS026', 'low', 'not_failure'],
      ['example-token', 'high', 'active'],
      ['MPL-2.0', 'medium', 'active'],
    ])
    expect(facts.findings[0]).toMatchObject({ package: 'libone', version: '1.0.0-r0', fixedIn: '1.0.1-r0', score: 9.8 })
    expect(facts.findings[3]).toMatchObject({ path: 'Dockerfile', line: 3, endLine: 4 })
    expect(info).toEqual({ producer: 'Trivy 0.66.0', commit: null, createdAt: '2026-03-01T10:00:00.123Z' })
  })

  it('takes a target without findings for a scan of it, and the commit for what was scanned', () => {
    expect(read(fixture('trivy/valid.json')).facts).toMatchObject({
      findings: [],
      scans: ['sca'],
      scanFailed: false,
      revisions: ['0123456789abcdef0123456789abcdef01234567'],
    })
  })

  it.each([['{"SchemaVersion":2,"ArtifactName":"."}'], ['{"SchemaVersion":2,"ArtifactName":".","Results":null}']])(
    'vouches for nothing without results: %s',
    (text) => {
      expect(read(text)).toMatchObject({
        facts: { findings: [], scans: [], scanFailed: true },
        problems: [{ code: 'nothing_measured' }],
      })
    },
  )

  it('refuses a schema it does not know', () => expect(() => read('{"SchemaVersion":3,"ArtifactName":"."}')).toThrow())
})

describe('Trivy on Kubernetes', () => {
  const read = (content: string | Uint8Array) => trivyK8s.read(sourceOf(content), DEFAULT_LIMITS)
  const states = (name: string) =>
    read(fixture(`trivy-k8s/${name}`)).facts.findings.map(({ rule, severity, state }) => [rule, severity, state])

  it('reads the results of every resource', () => {
    expect(states('failing.json')).toEqual([
      ['CVE-2026-10001', 'high', 'active'],
      ['AVD-KSV-0001', 'medium', 'active'],
      ['AVD-KSV-0003', 'low', 'not_failure'],
      ['example-token', 'critical', 'active'],
    ])
    expect(read(fixture('trivy-k8s/failing.json')).facts).toMatchObject({
      scans: ['container', 'iac', 'secrets'],
      scanFailed: false,
    })
  })

  it('reads the summary as well', () => expect(states('failing-summary.json')).toEqual(states('failing.json').slice(0, 3).sort()))

  it('takes resources without findings for a clean scan', () =>
    expect(read(fixture('trivy-k8s/valid.json'))).toMatchObject({
      facts: { findings: [], scans: ['container'], scanFailed: false },
      problems: [],
    }))

  it('is no scan where one of its resources could not be scanned', () =>
    expect(read(fixture('trivy-k8s/failing-error.json'))).toMatchObject({
      facts: { scanFailed: true, failure: 'Deployment tools: scan error: unable to find the image' },
      problems: [{ code: 'scan_failed' }],
    }))

  it.each([
    ['{"ClusterName":"a","Resources":[]}'],
    ['{"SchemaVersion":2,"ClusterName":""}'],
    ['{"ClusterName":"a","Resources":[{}]}'],
  ])('vouches for nothing without results: %s', (text) =>
    expect(read(text)).toMatchObject({ facts: { findings: [], scanFailed: true }, problems: [{ code: 'nothing_measured' }] }),
  )

  it('refuses a resource that is none', () => expect(() => read('{"ClusterName":"a","Resources":[1]}')).toThrow('Resources[0]'))
})

describe('Trivy before schema 2', () => {
  const read = (content: string | Uint8Array) => trivyLegacy.read(sourceOf(content), DEFAULT_LIMITS)

  it('reads a list of results, with the packages of a system for those of an image', () => {
    const { facts } = read(fixture('trivy-legacy/failing.json'))
    expect(facts).toMatchObject({ scans: ['container', 'sca'], scanFailed: false })
    expect(facts.findings.map(({ rule, severity, package: name, fixedIn }) => [rule, severity, name, fixedIn])).toEqual([
      ['CVE-2026-10001', 'critical', 'libone', '1.0-2'],
      ['CVE-2026-10002', 'unknown', 'libtwo', null],
      ['CVE-2026-10003', 'medium', 'basket', null],
    ])
  })

  it('tells the kinds of scan of a file system', () =>
    expect(read(fixture('trivy-legacy/failing-fs.json')).facts.scans).toEqual(['iac', 'sca']))

  it('takes a target without findings for a scan of it', () =>
    expect(read(fixture('trivy-legacy/valid.json'))).toMatchObject({
      facts: { findings: [], scans: ['container'], scanFailed: false },
      problems: [],
    }))

  it.each([['[]'], ['null']])('vouches for nothing by %s', (text) =>
    expect(read(text)).toMatchObject({
      facts: { findings: [], scans: [], scanFailed: true },
      problems: [{ code: 'nothing_measured' }],
    }),
  )

  it('refuses what is no list of results', () => {
    expect(() => read('{}')).toThrow('not a list')
    expect(() => read('[7]')).toThrow('result[0]')
  })
})
