// Security and code quality: each finding once, points by severity, suppressions that policy owns and that run out (spec 2.5, decisions 11, 23).
import { describe, expect, it } from '@jest/globals'
import type { MetricConfig, Suppression } from '../../src/model/config.ts'
import type { Finding, SecurityFacts } from '../../src/model/evidence.ts'
import { codes, configOf, finding, measured, scan } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const suppression = (change: Partial<Suppression> = {}): Suppression => ({
  id: 'rule-1',
  path: null,
  package: null,
  justification: 'not reachable from outside',
  owner: 'security',
  expires: '2026-12-31',
  origin: 'default',
  ...change,
})

function security(facts: SecurityFacts[], suppressions: Suppression[] = [], change: Partial<MetricConfig> = {}) {
  const config = configOf({ family: 'security', ...change }, (it) => {
    it.suppressions = suppressions
  })
  return measured(
    config,
    facts.map((one, at) => admitted(`${at}.sarif`, 'component', one)),
  )
}
const scored = (...findings: Finding[]) => security([scan(findings)])

describe('the score', () => {
  it.each<[string, Finding[], number, string]>([
    ['nothing open', [], 100, 'A'],
    ['info only', [finding({ severity: 'info' })], 100, 'A'],
    ['one low', [finding({ severity: 'low' })], 99, 'B'],
    ['one medium', [finding({ severity: 'medium' })], 95, 'C'],
    ['one high', [finding()], 75, 'D'],
    ['one of unknown severity, as grave as high', [finding({ severity: 'unknown' })], 75, 'D'],
    ['one critical', [finding({ severity: 'critical' })], 0, 'E'],
    ['more than there are points', [finding({ severity: 'critical' }), finding({ line: 9 })], 0, 'E'],
    [
      'two mediums and a low',
      [finding({ severity: 'medium' }), finding({ severity: 'medium', line: 9 }), finding({ severity: 'low', line: 10 })],
      89,
      'C',
    ],
  ])('%s', (_, findings, value, letter) => {
    const found = scored(...findings)
    expect(found).toMatchObject({ state: 'known', value })
    expect(found.formula).toMatch(new RegExp(`= ${value} % over 1 report of 1 tool, rating ${letter}$`))
  })

  it('shows its sum', () => {
    expect(scored(finding(), finding({ severity: 'medium', line: 9 })).formula).toBe(
      '100 - (1 high × 25 + 1 medium × 5) = 70 % over 1 report of 1 tool, rating D',
    )
  })

  it('counts by the config’s weights', () => {
    const weights = { critical: 50, high: 10, medium: 0, low: 0, info: 0, unknown: 1 }
    expect(security([scan([finding(), finding({ severity: 'medium', line: 9 })])], [], { weights }).value).toBe(90)
  })
})

describe('one finding', () => {
  const cve = finding({ rule: 'CVE-2026-1', identifiers: ['GHSA-x', 'CVE-2026-1'], package: 'left', version: '1.0', path: 'a' })
  it.each<[string, Finding[], number]>([
    [
      'seen by two tools by its CVE counts once',
      [cve, { ...cve, tool: 'other', rule: 'x', path: 'b', identifiers: ['CVE-2026-1'] }],
      75,
    ],
    ['in two versions of a package counts twice', [cve, { ...cve, version: '2.0' }], 50],
    ['with one fingerprint counts once', [finding({ fingerprint: 'f' }), finding({ fingerprint: 'f', line: 99 })], 75],
    ['at one place counts once', [finding(), finding()], 75],
    ['at two places counts twice', [finding(), finding({ line: 4 })], 50],
    ['counts as grave as its gravest copy', [finding({ severity: 'low' }), finding({ severity: 'critical' })], 0],
    [
      'that is gone, or was no failure, does not count',
      [finding({ state: 'absent' }), finding({ line: 4, state: 'not_failure' })],
      100,
    ],
    ['that is not about security does not count', [finding({ security: false })], 100],
  ])('%s', (_, findings, value) => {
    expect(scored(...findings).value).toBe(value)
  })
})

describe('a suppression', () => {
  const high = scan([finding({ identifiers: ['CVE-1'], package: 'left', path: 'src/a.ts', fingerprint: 'abc' })])
  it.each<[string, Partial<Suppression>, number]>([
    ['by rule', {}, 100],
    ['by identifier', { id: 'cve-1' }, 100],
    ['by fingerprint', { id: 'abc' }, 100],
    ['for its path', { path: 'src/**' }, 100],
    ['for another path', { path: 'lib/**' }, 75],
    ['for its package', { package: 'left' }, 100],
    ['for another package', { package: 'right' }, 75],
    ['of another rule', { id: 'rule-2' }, 75],
    ['on its last day', { expires: '2026-11-22' }, 100],
    ['the day after', { expires: '2026-11-21' }, 75],
    ['that never runs out', { expires: '2036-01-01' }, 75],
    ['at the longest', { expires: '2027-05-21' }, 100],
    ['a day longer', { expires: '2027-05-22' }, 75],
    ['until a day that is none', { expires: 'some day' }, 75],
  ])('%s', (_, change, value) => {
    expect(security([high], [suppression(change)]).value).toBe(value)
  })

  it('is said, used, expired or too long', () => {
    expect(codes(security([high], [suppression()]))).toEqual(['findings_suppressed'])
    expect(codes(security([high], [suppression({ expires: '2026-01-01' })]))).toContain('suppression_expired')
    expect(codes(security([high], [suppression({ expires: '2036-01-01' })]))).toContain('suppression_too_long')
  })

  it('written into the scanned code does not count: policy decides', () => {
    const found = scored(finding({ state: 'suppressed' }))
    expect(found.value).toBe(75)
    expect(codes(found)).toContain('findings_suppressed_in_source')
  })
})

describe('what is not known', () => {
  it('a lint report is no scan, however empty', () => {
    expect(security([scan([], { scans: [], tools: ['ESLint'] })])).toMatchObject({ state: 'no_evidence', value: null })
  })

  it('a scan that policy requires and nobody ran', () => {
    const found = security([scan()], [], { requireScans: ['sast', 'sca', 'secrets'] })
    expect(found).toMatchObject({
      state: 'no_evidence',
      value: null,
      reasons: [{ code: 'scan_missing', args: { kinds: ['sca', 'secrets'] } }],
    })
    expect(
      security([scan([], { scans: ['sca', 'secrets'] }), scan()], [], { requireScans: ['sast', 'sca', 'secrets'] }).value,
    ).toBe(100)
  })

  it('weights that are no numbers', () => {
    const weights = { critical: Number.NaN, high: Number.NaN, medium: 0, low: 0, info: 0, unknown: 0 }
    expect(security([scan([finding()])], [], { weights })).toMatchObject({ state: 'error', value: null })
  })
})

it('points at the lines of what is open, gravest first', () => {
  const found = scored(
    finding({ severity: 'low', line: 9 }),
    finding({ title: 'SQL injection', severity: 'critical', line: 3, endLine: 5, fixedIn: null }),
  )
  expect(found.parts[0]).toEqual({
    name: 'rule-1: SQL injection',
    state: 'short',
    detail: 'critical, scanner',
    path: 'src/a.ts',
    ranges: [[3, 5]],
    kind: 'finding',
    lacks: 100,
  })
})

describe('code quality', () => {
  const quality = (facts: SecurityFacts[]) =>
    measured(
      configOf({ family: 'quality' }),
      facts.map((one, at) => admitted(`${at}.sarif`, 'component', one)),
    )
  const lint = (...findings: Finding[]): SecurityFacts => scan(findings, { scans: [], tools: ['ESLint'] })
  const warning = finding({ security: false, severity: 'medium' })

  it.each<[string, SecurityFacts[], number]>([
    ['a clean report', [lint()], 100],
    ['two warnings', [lint(warning, { ...warning, line: 8 })], 90],
    ['a warning that the code excuses', [lint({ ...warning, state: 'suppressed' })], 100],
    ['beside a security scan', [lint(warning), scan([finding()])], 95],
  ])('%s', (_, facts, value) => {
    expect(quality(facts)).toMatchObject({ state: 'known', value })
  })

  it('is not known from a security scan alone', () => {
    expect(quality([scan()])).toMatchObject({ state: 'no_evidence', value: null })
  })
})

it('of components is that of the worst, and unscanned ones are unknown', () => {
  const config = configOf({ family: 'security' }, (it) => {
    it.components = ['web', 'api'].map((id) => ({ id, paths: [`packages/${id}`], evidence: [] }))
  })
  const of = (component: string, ...findings: Finding[]) => {
    const one = admitted(`${component}.sarif`, 'component', scan(findings))
    return { ...one, declaredBy: { ...one.declaredBy, component } }
  }
  expect(measured(config, [of('web'), of('api', finding())])).toMatchObject({ state: 'known', value: 75 })
  expect(measured(config, [of('web')])).toMatchObject({ state: 'no_evidence', value: null })
  expect(measured(config, [admitted('all.sarif', 'component', scan())])).toMatchObject({ state: 'known', value: 100 })
})
