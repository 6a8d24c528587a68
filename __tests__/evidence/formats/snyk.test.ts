import { describe, expect, it } from '@jest/globals'
import { snyk } from '../../../src/evidence/formats/security/snyk.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => snyk.read(sourceOf(content), DEFAULT_LIMITS)
const of = (name: string) => read(fixture(`snyk/${name}`))
const project = (more: object) => read(JSON.stringify({ ok: true, vulnerabilities: [], ...more }))
const one = (entry: object) => project({ ok: false, vulnerabilities: [{ id: 'A', ...entry }] }).facts.findings[0]!

describe('Snyk', () => {
  it('counts an issue once, whatever the paths and versions it comes by, as Snyk does', () => {
    const { facts, problems } = of('failing.json')
    expect(facts).toMatchObject({ scans: ['license', 'sca'], scanFailed: false, tools: ['Snyk'] })
    expect(
      facts.findings.map(({ rule, severity, package: name, version, state }) => [rule, severity, name, version, state]),
    ).toEqual([
      ['SNYK-JS-CORE-1000001', 'high', 'core', '2.0.0', 'active'],
      ['SNYK-JS-CLOCK-1000002', 'critical', 'clock', '1.0.0', 'active'],
      ['SNYK-JS-TOOLS-1000003', 'low', 'tools', null, 'active'],
      ['snyk:lic:npm:words:MPL-2.0', 'medium', 'words', '1.0.0', 'active'],
      ['SNYK-JS-OLD-1000004', 'critical', 'old', '1.0.0', 'suppressed'],
    ])
    expect(facts.findings[0]).toMatchObject({
      score: 8.1,
      path: 'package-lock.json',
      fixedIn: '1.9.9, 2.0.1',
      identifiers: ['CVE-2026-10001', 'GHSA-aaaa-bbbb-cccc', 'SNYK-JS-CORE-1000001'],
    })
    expect(problems).toEqual([])
  })

  it('takes a project without issues for a clean scan', () =>
    expect(of('valid.json')).toMatchObject({ facts: { findings: [], scans: ['sca'], scanFailed: false }, problems: [] }))

  it('reads the applications inside an image as well', () =>
    expect(of('failing-container.json').facts).toMatchObject({
      scans: ['container'],
      findings: [
        { rule: 'SNYK-DEBIAN12-LIBONE-1000005' },
        { rule: 'SNYK-GOLANG-LIB-1000006', path: '/bin/shop', severity: 'high' },
      ],
    }))

  it('tells places of a configuration apart, with a line or without', () => {
    const { facts } = of('failing-iac.json')
    expect(facts.scans).toEqual(['iac'])
    expect(facts.findings.map(({ rule, path, line, state }) => [rule, path, line, state])).toEqual([
      ['SNYK-CC-TF-1', 'main.tf', 7, 'active'],
      ['SNYK-CC-TF-1', 'main.tf', null, 'active'],
      ['SNYK-CC-TF-2', 'main.tf', 3, 'suppressed'],
    ])
    expect(new Set(facts.findings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })

  it('is no scan where one of its projects could not be tested', () => {
    const { facts, problems } = of('failing-error.json')
    expect(facts).toMatchObject({ scanFailed: true, failure: expect.stringContaining('Could not detect supported target files') })
    expect(problems.map(({ code }) => code)).toEqual(['scan_failed'])
  })

  it('does not believe a project that is not ok and lists nothing', () => {
    expect(project({ ok: false }).facts.scanFailed).toBe(true)
    expect(project({ ok: false, filtered: { ignore: [{ id: 'A', severity: 'low' }] } }).facts.scanFailed).toBe(false)
  })

  it('says so where the unique count is another', () =>
    expect(project({ uniqueCount: 3 }).problems.map(({ code }) => code)).toEqual(['declared_recount_differ']))

  it('leaves open what is ignored by one path only', () => {
    const { findings } = project({
      ok: false,
      vulnerabilities: [{ id: 'A', severity: 'low' }],
      filtered: { ignore: [{ id: 'A', severity: 'high' }] },
    }).facts
    expect(findings).toMatchObject([{ rule: 'A', severity: 'high', state: 'active' }])
  })

  it('keeps the same issue of two projects apart', () => {
    const two = ['one', 'two'].map((projectName) => ({ ok: false, projectName, vulnerabilities: [{ id: 'A', severity: 'low' }] }))
    expect(read(JSON.stringify(two)).facts.findings).toHaveLength(2)
  })

  it.each([['severe'], [null], [7], ['']])('does not rate %j', (severity) => expect(one({ severity }).severity).toBe('unknown'))

  it.each([['9.8'], [-1], [100]])('takes %j for no score', (cvssScore) => expect(one({ cvssScore }).score).toBeNull())

  it('keeps an issue without a name', () => expect(one({ id: 7 })).toMatchObject({ rule: 'unknown', state: 'active' }))

  it.each([
    ['a project without a list', fixture('snyk/malformed-no-list.json'), 'wrong_shape'],
    ['an entry that is none', fixture('snyk/malformed-entry.json'), 'wrong_shape'],
    ['text for people', fixture('snyk/malformed.txt'), 'json_malformed'],
    ['no project', fixture('snyk/empty.json'), 'nothing_measured'],
    ['a count in quotes', '{"ok":true,"vulnerabilities":[],"uniqueCount":"0"}', 'wrong_shape'],
  ])('refuses %s', (_, content, code) =>
    expect(inspect(sourceOf(content), DEFAULT_LIMITS, snyk)).toMatchObject({ ok: false, problems: [{ code }] }),
  )

  it('is known by its entries where they fill the head', () => {
    const entry = {
      id: 'A',
      severity: 'low',
      semver: { vulnerable: ['*'] },
      packageManager: 'npm',
      description: 'x'.repeat(20_000),
    }
    const text = JSON.stringify({ vulnerabilities: [entry], ok: false })
    expect(inspect(sourceOf(text), DEFAULT_LIMITS)).toMatchObject({ ok: true, format: 'snyk', security: { active: 1 } })
  })
})
