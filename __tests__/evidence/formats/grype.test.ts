import { describe, expect, it } from '@jest/globals'
import { grype } from '../../../src/evidence/formats/security/grype.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => grype.read(sourceOf(content), DEFAULT_LIMITS)
const match = (vulnerability: object, artifact?: object) =>
  read(JSON.stringify({ matches: [{ vulnerability, artifact }] })).facts.findings[0]!

describe('Grype', () => {
  it('counts each match by its own severity, and sets the ignored ones aside', () => {
    const { facts, info } = read(fixture('grype/failing.json'))
    expect(facts).toMatchObject({ scans: ['container'], scanFailed: false, tools: ['Grype'] })
    expect(facts.findings.map(({ rule, severity, score, package: name, state }) => [rule, severity, score, name, state])).toEqual(
      [
        ['CVE-2026-10001', 'critical', 9.1, 'libone', 'active'],
        ['GHSA-aaaa-bbbb-cccc', 'medium', 7.5, 'org.example:core', 'active'],
        ['CVE-2026-10003', 'info', null, 'libone', 'active'],
        ['CVE-2026-10004', 'unknown', null, 'thing', 'active'],
        ['CVE-2026-10005', 'unknown', null, 'libone', 'active'],
        ['CVE-2026-10006', 'high', null, 'libone', 'suppressed'],
      ],
    )
    expect(facts.findings[1]).toMatchObject({
      title: 'core reads beyond its end',
      version: '2.0.0',
      path: '/app/core.jar',
      fixedIn: '2.0.1, 1.9.9',
      identifiers: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-10002'],
    })
    expect(info).toEqual({ producer: 'Grype 0.121.3', commit: null, createdAt: '2026-03-01T10:00:00.123Z' })
  })

  it('takes a directory without matches for a clean scan of it', () =>
    expect(read(fixture('grype/valid.json'))).toMatchObject({
      facts: { findings: [], scans: ['sca'], scanFailed: false },
      problems: [],
    }))

  it.each([['severe'], [''], [9], [null]])('does not rate %j', (severity) =>
    expect(match({ id: 'A', severity }).severity).toBe('unknown'),
  )

  it.each([
    [{ version: '3.1', metrics: { baseScore: '9.8' } }],
    [{ version: '3.1', metrics: { baseScore: -1 } }],
    [{ version: '3.1' }],
    [{ version: '2.0', metrics: { baseScore: 9 } }],
    ['9.8'],
  ])('takes %j for no score', (cvss) => expect(match({ id: 'A', cvss: [cvss] }).score).toBeNull())

  it('keeps a match of nothing that it knows', () =>
    expect(match({})).toMatchObject({ rule: 'unknown', package: null, state: 'active', identifiers: [] }))

  it('is known by its first match where that fills the head', () => {
    const text = JSON.stringify({ matches: [{ vulnerability: { id: 'A', description: 'x'.repeat(20_000) } }], descriptor: {} })
    expect(inspect(sourceOf(text), DEFAULT_LIMITS)).toMatchObject({ ok: true, format: 'grype', security: { active: 1 } })
  })

  it.each([
    ['malformed-matches.json', 'wrong_shape'],
    ['malformed-entry.json', 'wrong_shape'],
    ['malformed.json', 'json_truncated'],
  ])('refuses %s', (name, code) =>
    expect(inspect(sourceOf(fixture(`grype/${name}`)), DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      format: 'grype',
      problems: [{ code }],
    }),
  )
})
