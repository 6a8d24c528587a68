import { describe, expect, it } from '@jest/globals'
import { govulncheck } from '../../../src/evidence/formats/security/govulncheck.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => govulncheck.read(sourceOf(content), DEFAULT_LIMITS)
const of = (name: string) => read(fixture(`govulncheck/${name}`))
const stream = (...messages: object[]) => read(messages.map((message) => JSON.stringify(message)).join('\n'))
const CONFIG = { config: { protocol_version: 'v1.0.0', scanner_name: 'govulncheck' } }
const finding = (osv: unknown, ...trace: object[]) => ({ finding: { osv, trace } })
const [REQUIRED, IMPORTED, CALLED] = [
  { module: 'm' },
  { module: 'm', package: 'm/p' },
  { module: 'm', package: 'm/p', function: 'F' },
]
const states = (read: ReturnType<typeof stream>) => read.facts.findings.map(({ rule, state }) => [rule, state])

describe('govulncheck', () => {
  it('has open what the code calls, once, with the place that calls it', () => {
    const { facts, info } = of('failing.json')
    expect(facts).toMatchObject({ scans: ['sca'], scanFailed: false, tools: ['govulncheck'] })
    expect(facts.findings).toMatchObject([
      {
        rule: 'GO-2026-10001',
        state: 'active',
        severity: 'unknown',
        title: 'Reads beyond the end of a tag',
        path: 'main.go',
        line: 10,
        package: 'golang.org/x/text',
        version: 'v0.3.5',
        fixedIn: 'v0.3.7',
        identifiers: ['GO-2026-10001', 'CVE-2026-10001', 'GHSA-aaaa-bbbb-cccc'],
      },
      { rule: 'GO-2026-10002', state: 'not_failure' },
      { rule: 'GO-2026-10003', state: 'not_failure' },
    ])
    expect(info.producer).toBe('govulncheck v1.9.0')
  })

  // What govulncheck itself exits with 3 for, seen by running it without -json.
  it.each([
    ['valid.json', 0],
    ['valid-imported.json', 0],
    ['failing.json', 1],
    ['failing-package.json', 2],
    ['failing-module.json', 3],
  ])('agrees with the tool on %s', (name, count) => {
    const { facts, problems } = of(name)
    expect(facts.findings.filter(({ state }) => state === 'active')).toHaveLength(count)
    expect([facts.scanFailed, problems]).toEqual([false, []])
  })

  it.each([
    ['code that does not compile', fixture('govulncheck/empty-broken.json')],
    [
      'a fetch that failed',
      JSON.stringify(CONFIG) + JSON.stringify({ progress: { message: 'Fetching vulnerabilities from the database...' } }),
    ],
    [
      'a query',
      JSON.stringify({ config: { protocol_version: 'v1.0.0', scan_mode: 'query' } }) + JSON.stringify({ osv: { id: 'A' } }),
    ],
    [
      'a mode that is not known',
      JSON.stringify({ config: { protocol_version: 'v1', scan_mode: 7 } }) + JSON.stringify({ osv: { id: 'A' } }),
    ],
  ])('vouches for nothing by %s', (_, content) => {
    const { facts, problems } = read(content)
    expect(facts).toMatchObject({ findings: [], scanFailed: true })
    expect(problems.map(({ code }) => code)).toEqual(['scan_failed'])
  })

  it('counts the farthest reach, whatever the order', () => {
    expect(states(stream(CONFIG, finding('A', CALLED), finding('A', REQUIRED), finding('B', IMPORTED)))).toEqual([
      ['A', 'active'],
      ['B', 'not_failure'],
    ])
  })

  it.each([['module'], ['everything'], [7]])('has open what is required at the level %j', (scan_level) => {
    const config = { config: { ...CONFIG.config, scan_level } }
    expect(states(stream(config, finding('A', REQUIRED)))).toEqual([['A', 'active']])
  })

  it('keeps a finding without trace or entry', () => {
    const config = { config: { ...CONFIG.config, scan_level: 'module' } }
    expect(stream(config, { finding: { osv: 'A' } }).facts.findings).toMatchObject([
      { rule: 'A', package: null, state: 'active' },
    ])
  })

  it.each([
    ['a stream that was cut off', fixture('govulncheck/malformed.json'), 'json_truncated'],
    ['no configuration', '{"progress":{"message":"x"}}', 'wrong_shape'],
    ['a finding of nothing', `${JSON.stringify(CONFIG)}{"finding":{}}`, 'wrong_shape'],
    ['a message that is none', `${JSON.stringify(CONFIG)}[1]`, 'wrong_shape'],
    ['words after it', `${JSON.stringify(CONFIG)} exit status 1`, 'json_malformed'],
    ['nothing', '\n', 'empty'],
  ])('refuses %s', (_, content, code) =>
    expect(inspect(sourceOf(content), DEFAULT_LIMITS, govulncheck)).toMatchObject({ ok: false, problems: [{ code }] }),
  )
})
