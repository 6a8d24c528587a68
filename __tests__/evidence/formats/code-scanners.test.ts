import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { checkovJson } from '../../../src/evidence/formats/security/checkov-json.ts'
import { gosecJson } from '../../../src/evidence/formats/security/gosec-json.ts'
import { semgrepJson } from '../../../src/evidence/formats/security/semgrep-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const readBy = (format: Format<'security'>) => (content: string | Uint8Array | object) =>
  format.read(
    sourceOf(typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)),
    DEFAULT_LIMITS,
  )
const shown = (result: ReturnType<ReturnType<typeof readBy>>) =>
  result.facts.findings.map(({ rule, severity, state }) => [rule, severity, state])

describe('Semgrep', () => {
  const read = readBy(semgrepJson)

  it('counts each result by its severity; what nosemgrep hides is set aside', () => {
    const result = read(fixture('semgrep-json/failing.json'))
    expect(shown(result)).toEqual([
      ['rules.eval', 'high', 'active'],
      ['rules.shell', 'medium', 'active'],
      ['rules.note', 'low', 'active'],
      ['rules.new', 'critical', 'active'],
      ['rules.odd', 'unknown', 'active'],
      ['rules.quiet', 'high', 'suppressed'],
      ['rules.style', 'medium', 'active'],
    ])
    expect(result.facts.findings.map((finding) => finding.security)).toEqual([true, true, true, true, true, true, false])
    expect(result.facts.findings[0]).toMatchObject({ path: 'app/main.py', line: 3, endLine: 4, fingerprint: null })
    expect(result.facts.scanFailed).toBe(false)
    expect(result.info.producer).toBe('Semgrep 1.90.0')
  })

  it('takes an error for a scan that failed, a level that it does not know too', () => {
    expect(read(fixture('semgrep-json/failing-aborted.json')).facts).toMatchObject({
      scanFailed: true,
      failure: 'Semgrep reported an error: the rules could not be fetched',
    })
    expect(read({ results: [], errors: [{ level: 'odd' }] }).facts.scanFailed).toBe(true)
    expect(read({ results: [], errors: ['text'] }).facts.scanFailed).toBe(true)
  })

  it('says where it warned that a part was not scanned', () => {
    const warned = read({ results: [], errors: [{ level: 'warn', message: 'Partial parsing of a.js' }, { level: 'info' }] })
    expect(warned.facts.scanFailed).toBe(false)
    expect(warned.problems).toMatchObject([{ code: 'scan_failed', message: expect.stringContaining('Partial parsing of a.js') }])
    expect(read({ results: [], errors: [] }).problems).toEqual([])
  })

  it.each([[{ results: [] }], [{ errors: [] }], [{ results: {}, errors: [] }], [{ results: [1], errors: [] }]])(
    'refuses %j',
    (root) => expect(() => read(root)).toThrow(expect.objectContaining({ code: 'wrong_shape' })),
  )
})

describe('gosec', () => {
  const read = readBy(gosecJson)

  it('counts each issue by its severity, and sets the suppressed ones aside', () => {
    const result = read(fixture('gosec-json/failing.json'))
    expect(shown(result)).toEqual([
      ['G304', 'high', 'active'],
      ['G104', 'low', 'active'],
      ['G402', 'medium', 'suppressed'],
      ['G101', 'unknown', 'active'],
      ['G201', 'high', 'suppressed'],
    ])
    expect(result.facts.findings.slice(0, 2).map(({ line, endLine }) => [line, endLine])).toEqual([
      [7, 7],
      [12, 14],
    ])
    expect(result).toMatchObject({ problems: [], facts: { scanFailed: false, scans: ['sast'] } })
  })

  it('takes files that did not compile for a scan that failed', () =>
    expect(read(fixture('gosec-json/failing-unread.json')).facts).toMatchObject({ scanFailed: true }))

  it('says so where its own total differs', () =>
    expect(read({ 'Golang errors': {}, Issues: null, Stats: { found: 2 } }).problems).toMatchObject([
      { code: 'declared_recount_differ' },
    ]))

  it('refuses a report without issues, not even none', () =>
    expect(() => read({ 'Golang errors': {} })).toThrow(expect.objectContaining({ code: 'wrong_shape' })))
})

describe('Checkov', () => {
  const read = readBy(checkovJson)

  it('counts the failed checks of all frameworks, and sets the skipped ones aside', () => {
    const result = read(fixture('checkov-json/failing.json'))
    expect(shown(result)).toEqual([
      ['CKV_AWS_20', 'unknown', 'active'],
      ['CKV_AWS_21', 'high', 'active'],
      ['CKV_AWS_18', 'unknown', 'suppressed'],
      ['CKV_SECRET_6', 'low', 'active'],
    ])
    expect(result.facts).toMatchObject({ scans: ['iac', 'secrets'], scanFailed: false })
    expect(result.facts.findings[0]).toMatchObject({ path: 'main.tf', line: 2, endLine: 6 })
  })

  it.each(['unparsed', 'nothing'])('takes a report with files %s for a scan that failed', (name) =>
    expect(read(fixture(`checkov-json/failing-${name}.json`)).facts).toMatchObject({ findings: [], scanFailed: true }),
  )

  it('says so where its own total differs', () =>
    expect(read({ check_type: 'x', results: { failed_checks: [] }, summary: { failed: 2 } }).problems).toMatchObject([
      { code: 'declared_recount_differ' },
    ]))

  it.each([
    [[], 'nothing_measured'],
    [{ check_type: 'x', results: {} }, 'wrong_shape'],
    [{ checkov_version: '3', failed: 2 }, 'wrong_shape'],
  ])('refuses %j', (root, code) => expect(() => read(root)).toThrow(expect.objectContaining({ code })))
})
