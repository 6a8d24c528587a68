import { describe, expect, it } from '@jest/globals'
import { openvex } from '../../../src/evidence/formats/security/openvex.ts'
import { vexStatements } from '../../../src/evidence/formats/security/openvex-statements.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const of = (name: string) => openvex.read(sourceOf(fixture(`openvex/${name}`)), DEFAULT_LIMITS)
const statements = (name: string) =>
  vexStatements(JSON.parse(new TextDecoder().decode(fixture(`openvex/${name}`))), DEFAULT_LIMITS)

describe('OpenVEX', () => {
  it.each(['valid.json', 'valid-govulncheck.json', 'failing.json', 'empty.json'])('is no scan, and finds nothing: %s', (name) => {
    const { facts, problems } = of(name)
    expect(facts).toMatchObject({ scans: [], scanFailed: true, failure: expect.stringContaining('no scan') })
    expect(facts.findings.filter(({ state }) => state !== 'suppressed')).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['nothing_measured'])
  })

  it('sets aside what is not affected or fixed', () => {
    expect(of('valid.json').facts.findings).toMatchObject([
      { rule: 'CVE-2026-10001', package: 'basket', version: '1.0.0', title: 'component_not_present', severity: 'unknown' },
      { rule: 'CVE-2026-10002', package: null, version: null },
    ])
    expect(of('valid-govulncheck.json').facts.findings).toMatchObject([
      {
        rule: 'GO-2026-10002',
        package: 'golang.org/x/text',
        version: 'v0.3.5',
        identifiers: ['GO-2026-10002', 'CVE-2026-10002'],
      },
      { rule: 'GO-2026-10003' },
    ])
  })

  it('sets aside nothing by what is affected or not yet known', () => expect(of('failing.json').facts.findings).toEqual([]))

  it('has each statement with its products, parts and time, old and new', () => {
    expect(statements('valid.json')).toEqual([
      {
        vulnerability: ['CVE-2026-10001'],
        products: [{ names: ['pkg:npm/basket@1.0.0'], parts: [] }],
        status: 'not_affected',
        justification: 'component_not_present',
        impact: null,
        saidAt: '2026-03-01T09:00:00.000Z',
      },
      {
        vulnerability: ['CVE-2026-10002'],
        products: [
          { names: ['pkg:npm/basket@1.0.0'], parts: [] },
          { names: ['pkg:npm/words@2.0.0'], parts: [] },
        ],
        status: 'fixed',
        justification: null,
        impact: null,
        saidAt: '2026-02-01T00:00:00.000Z',
      },
    ])
    expect(statements('valid-govulncheck.json')[0]).toMatchObject({
      products: [{ names: ['Unknown Product'], parts: ['pkg:golang/golang.org%2Fx%2Ftext@v0.3.5'] }],
      status: 'affected',
    })
    expect(statements('failing.json')[0]).toMatchObject({
      vulnerability: ['https://example.org/CVE-2026-10003'],
      products: [{ names: ['pkg:oci/shop', 'cpe:2.3:a:example:shop:1:*:*:*:*:*:*:*'], parts: [] }],
    })
  })

  it.each([
    ['malformed-status.json', 'wrong_shape'],
    ['malformed-nothing.json', 'wrong_shape'],
    ['malformed-context.json', 'wrong_version'],
    ['malformed.json', 'json_truncated'],
  ])('refuses %s', (name, code) =>
    expect(inspect(sourceOf(fixture(`openvex/${name}`)), DEFAULT_LIMITS)).toMatchObject({
      ok: false,
      format: 'openvex',
      problems: [{ code }],
    }),
  )
})
