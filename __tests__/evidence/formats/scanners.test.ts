import { describe, expect, it } from '@jest/globals'
import { npmAuditV2 } from '../../../src/evidence/formats/security/npm-audit-v2.ts'
import { trivy } from '../../../src/evidence/formats/security/trivy.ts'
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
