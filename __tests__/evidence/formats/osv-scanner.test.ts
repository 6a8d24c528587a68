import { describe, expect, it } from '@jest/globals'
import { osvScanner } from '../../../src/evidence/formats/security/osv-scanner.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => osvScanner.read(sourceOf(content), DEFAULT_LIMITS)
const inPackage = (more: object) =>
  read(JSON.stringify({ results: [{ source: { path: 'p' }, packages: [{ package: { name: 'a', version: '1' }, ...more }] }] }))
    .facts.findings

describe('OSV-Scanner', () => {
  it('counts a group of aliases once, by its score, else by its words', () => {
    const { facts } = read(fixture('osv-scanner/failing.json'))
    expect(facts).toMatchObject({ scans: ['sca'], scanFailed: false, tools: ['OSV-Scanner'] })
    expect(
      facts.findings.map(({ rule, severity, score, package: name, fixedIn }) => [rule, severity, score, name, fixedIn]),
    ).toEqual([
      ['CVE-2026-10001', 'critical', 9.8, 'basket', '1.2.0'],
      ['MAL-2026-1', 'unknown', null, 'tools', '9.0.0'],
      ['GHSA-dddd-eeee-ffff', 'medium', null, 'words', '2.0.0'],
    ])
    expect(facts.findings[0]).toMatchObject({
      title: 'basket reads beyond its end',
      version: '1.0.0',
      path: '/tmp/app/package-lock.json',
      identifiers: ['CVE-2026-10001', 'GHSA-aaaa-bbbb-cccc'],
    })
  })

  it('takes an empty list of results for a clean scan', () =>
    expect(read(fixture('osv-scanner/valid.json'))).toMatchObject({ facts: { findings: [], scans: ['sca'], scanFailed: false } }))

  it('fails for nothing that OSV-Scanner does not fail for, and for licences', () => {
    const { facts } = read(fixture('osv-scanner/failing-image.json'))
    expect(facts.scans).toEqual(['container', 'license'])
    expect(facts.findings.map(({ rule, severity, state }) => [rule, severity, state])).toEqual([
      ['ALPINE-CVE-2026-10001', 'high', 'active'],
      ['ALPINE-CVE-2026-10002', 'critical', 'not_failure'],
      ['ALPINE-CVE-2026-10003', 'unknown', 'not_failure'],
      ['GPL-3.0-only', 'unknown', 'active'],
    ])
    expect(facts.findings[0]!.identifiers).toEqual(['ALPINE-CVE-2026-10001', 'CVE-2026-10001'])
  })

  it('counts a vulnerability that is in no group', () =>
    expect(inPackage({ vulnerabilities: [{ id: 'A' }, { id: 'B' }], groups: [{ ids: ['A'] }] }).map(({ rule }) => rule)).toEqual([
      'A',
      'B',
    ]))

  it('counts a group of entries that are not there', () =>
    expect(inPackage({ groups: [{ ids: ['A'], max_severity: '5.0' }, {}] })).toMatchObject([
      { rule: 'A', severity: 'medium', state: 'active' },
      { rule: 'unknown', severity: 'unknown', state: 'active' },
    ]))

  it.each([
    [{}, 'active'],
    [{ A: {} }, 'active'],
    [{ A: { called: 'no' } }, 'active'],
    [{ A: 'no' }, 'active'],
    [{ A: { called: false }, B: { called: true } }, 'active'],
    [{ A: { called: false }, B: { called: false } }, 'not_failure'],
  ])('takes the analysis %j for %s', (experimental_analysis, state) =>
    expect(inPackage({ groups: [{ ids: ['A'], experimental_analysis }] })).toMatchObject([{ state }]),
  )

  it.each([['11.0'], ['-1'], ['high'], [9.8], ['NaN'], ['']])('takes %j for no score', (max_severity) =>
    expect(inPackage({ groups: [{ ids: ['A'], max_severity }] })).toMatchObject([{ severity: 'unknown', score: null }]),
  )

  it('is known without its configuration, as version 1 may be', () => {
    const text = JSON.stringify({
      results: [{ source: { path: 'p' }, packages: [{ package: { name: 'a' }, vulnerabilities: [] }] }],
    })
    expect(inspect(sourceOf(text), DEFAULT_LIMITS)).toMatchObject({ ok: true, format: 'osv-scanner' })
  })

  it.each([
    ['malformed-results.json', 'wrong_shape'],
    ['malformed-entry.json', 'wrong_shape'],
    ['malformed.json', 'json_truncated'],
  ])('refuses %s', (name, code) =>
    expect(inspect(sourceOf(fixture(`osv-scanner/${name}`)), DEFAULT_LIMITS, osvScanner)).toMatchObject({
      ok: false,
      problems: [{ code }],
    }),
  )
})
