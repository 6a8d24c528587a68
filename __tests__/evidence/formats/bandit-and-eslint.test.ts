import { describe, expect, it } from '@jest/globals'
import { bandit } from '../../../src/evidence/formats/security/bandit.ts'
import { eslintJson } from '../../../src/evidence/formats/security/eslint-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const refusal = (code: string) => expect.objectContaining({ code })
const json = (value: unknown) => sourceOf(JSON.stringify(value))

describe('Bandit', () => {
  const read = (name: string) => bandit.read(sourceOf(fixture(`bandit/${name}.json`)), DEFAULT_LIMITS)
  const report = (more: object) => json({ errors: [], results: [], metrics: { 'a.py': {} }, ...more })

  it('counts each result, and what comments hid as suppressed findings of the file', () => {
    const { facts, info, problems } = read('failing')
    expect(facts.findings.map(({ rule, severity, path, line, state }) => [rule, severity, path, line, state])).toEqual([
      ['B404', 'low', 'shop/app.py', 1, 'active'],
      ['B602', 'high', 'shop/app.py', 6, 'active'],
      ['B301', 'medium', 'shop/app.py', 8, 'active'],
      ['nosec', 'unknown', 'shop/app.py', null, 'suppressed'],
      ['nosec', 'unknown', 'shop/app.py', null, 'suppressed'],
    ])
    const [first, second] = facts.findings.slice(3)
    expect(first!.fingerprint).not.toBe(second!.fingerprint)
    expect(facts).toMatchObject({ scans: ['sast'], scanFailed: false })
    expect(info.createdAt).toMatch(/^2026-/)
    expect(problems).toEqual([])
  })

  it('passes a clean file, but no file that it could not read, and no file at all', () => {
    expect(read('valid').facts).toMatchObject({ findings: [], scanFailed: false })
    expect(read('failing-unread').facts).toMatchObject({
      scanFailed: true,
      failure: 'Bandit could not read ./shop/bad.py: syntax error while parsing AST from file',
    })
    expect(read('empty').facts).toMatchObject({ scanFailed: true, failure: 'no file was looked into' })
    expect(bandit.read(report({ errors: ['odd'] }), DEFAULT_LIMITS).facts.scanFailed).toBe(true)
  })

  it('does not rate UNDEFINED, or what it does not know', () => {
    const results = [{ issue_severity: 'UNDEFINED' }, { issue_severity: 'SEVERE' }, {}]
    const { facts } = bandit.read(report({ results }), DEFAULT_LIMITS)
    expect(facts.findings.map(({ severity, rule }) => [severity, rule])).toEqual(results.map(() => ['unknown', 'unknown']))
  })

  it('says so where it lists less than it counts', () =>
    expect(bandit.read(report({ metrics: { _totals: { 'SEVERITY.LOW': 2 } } }), DEFAULT_LIMITS).problems).toMatchObject([
      { code: 'declared_recount_differ' },
    ]))

  it.each([
    [{ metrics: null }, 'wrong_shape'],
    [{ results: null }, 'wrong_shape'],
    [{ errors: null }, 'wrong_shape'],
    [{ metrics: { 'a.py': 1 } }, 'wrong_shape'],
    [{ metrics: { 'a.py': { nosec: '1' } } }, 'wrong_shape'],
    [{ metrics: { 'a.py': { nosec: -1 } } }, 'wrong_shape'],
    [{ metrics: { 'a.py': { nosec: 1e15 } } }, 'too_many'],
    [{ metrics: { _totals: { 'SEVERITY.LOW': '2' } } }, 'wrong_shape'],
  ])('refuses %j', (more, code) => expect(() => bandit.read(report(more), DEFAULT_LIMITS)).toThrow(refusal(code)))
})

describe('ESLint', () => {
  const read = (name: string) => eslintJson.read(sourceOf(fixture(`eslint-json/${name}.json`)), DEFAULT_LIMITS)

  it('is lint, but for the rules of security plugins, and claims no scan', () => {
    const { facts, problems } = read('failing')
    expect(facts.findings.map(({ rule, severity, security, line, state }) => [rule, severity, security, line, state])).toEqual([
      ['no-unused-vars', 'medium', false, 1, 'active'],
      ['eqeqeq', 'high', false, 2, 'active'],
      ['security/detect-eval-with-expression', 'high', true, 2, 'active'],
      ['eqeqeq', 'high', false, 4, 'suppressed'],
    ])
    expect(facts).toMatchObject({ scans: [], scanFailed: false })
    expect(facts.findings[0]!.path).toBe('/shop/shop.mjs')
    expect(problems).toEqual([])
  })

  it('passes a clean file, but none that it could not parse, and no file at all', () => {
    expect(read('valid').facts).toMatchObject({ findings: [], scanFailed: false })
    expect(read('failing-unparsed')).toMatchObject({
      facts: {
        scanFailed: true,
        failure: '/shop/broken.mjs: Parsing error: Unexpected token =',
        findings: [{ severity: 'high' }],
      },
      problems: [{ code: 'scan_failed' }],
    })
    expect(read('empty')).toMatchObject({ facts: { scanFailed: true }, problems: [{ code: 'nothing_measured' }] })
  })

  it.each([['2'], [0], [3], [null]])('does not rate a severity of %j', (severity) => {
    const report = json([{ filePath: 'a', messages: [{ severity }] }])
    expect(eslintJson.read(report, DEFAULT_LIMITS).facts.findings).toMatchObject([{ severity: 'unknown', rule: 'unknown' }])
  })

  it('says so where its counts differ from its messages', () =>
    expect(eslintJson.read(json([{ messages: [], errorCount: 1 }]), DEFAULT_LIMITS).problems).toMatchObject([
      { code: 'declared_recount_differ' },
    ]))

  it.each([
    ['no-security/a', false],
    ['@scope/security/a', true],
    ['no-unsanitized/method', true],
    ['security', false],
  ])('takes %s for security: %s', (ruleId, security) =>
    expect(eslintJson.read(json([{ messages: [{ ruleId }] }]), DEFAULT_LIMITS).facts.findings).toMatchObject([{ security }]),
  )

  it.each([[{}], [[1]], [[{}]], [[{ messages: [1] }]], [[{ messages: [], errorCount: '1' }]]])('refuses %j', (root) =>
    expect(() => eslintJson.read(json(root), DEFAULT_LIMITS)).toThrow(refusal('wrong_shape')),
  )
})
