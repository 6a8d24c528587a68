// VEX documents as the policy names them: two formats, one kind of statement; anything else is refused.
import { describe, expect, it } from '@jest/globals'
import { readVex } from '../../src/evidence/vex.ts'
import { fixture } from '../support/source.ts'

const bom = (vulnerability: object, more: object = {}) =>
  readVex(
    'vex.cdx.json',
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: {
        timestamp: '2026-11-01T00:00:00Z',
        component: { 'bom-ref': 'shop', type: 'application', name: 'shop', purl: 'pkg:npm/shop@2.0.0' },
      },
      components: [{ 'bom-ref': 'l', type: 'library', name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' }],
      vulnerabilities: [{ id: 'CVE-2026-1', affects: [{ ref: 'l' }], ...vulnerability }],
      ...more,
    }),
  )

describe('CycloneDX', () => {
  it.each([
    ['not_affected', 'not_affected'],
    ['false_positive', 'not_affected'],
    ['resolved', 'fixed'],
    ['resolved_with_pedigree', 'fixed'],
    ['exploitable', 'affected'],
    ['in_triage', 'under_investigation'],
    ['of_a_later_version', 'under_investigation'],
  ])('%s is %s', (state, status) => {
    expect(bom({ analysis: { state, justification: 'code_not_reachable' } })).toEqual([
      {
        vulnerability: ['CVE-2026-1'],
        products: [
          {
            names: [
              { id: 'l', package: null, version: null },
              { id: 'pkg:npm/left@1.0.0', package: 'left', version: '1.0.0' },
            ],
            parts: [],
          },
        ],
        status,
        why: 'code_not_reachable',
        saidAt: '2026-11-01T00:00:00.000Z',
      },
    ])
  })

  it('says nothing of a vulnerability without an analysis', () => expect(bom({})).toEqual([]))

  it('takes the detail for a reason, the time of the analysis, and the other names', () => {
    const analysis = { state: 'not_affected', detail: 'never loaded', lastUpdated: '2026-11-05T00:00:00Z' }
    expect(bom({ analysis, references: [{ id: 'GHSA-x', source: { name: 'GitHub' } }] })).toMatchObject([
      { vulnerability: ['CVE-2026-1', 'GHSA-x'], why: 'never loaded', saidAt: '2026-11-05T00:00:00.000Z' },
    ])
    expect(bom({ analysis: { state: 'not_affected' } })).toMatchObject([{ why: null }])
  })

  it('finds what is affected in the document, behind a link to another one, by purl, and the product itself', () => {
    const names = (ref: string) =>
      bom({ analysis: { state: 'resolved' }, affects: [{ ref }] })[0]!.products[0]!.names.map(({ id }) => id)
    expect(names('l')).toContain('pkg:npm/left@1.0.0')
    expect(names('urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#l')).toContain('pkg:npm/left@1.0.0')
    expect(names('urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:npm/else@3')).toContain('pkg:npm/else@3')
    expect(names('shop')).toContain('pkg:npm/shop@2.0.0')
    expect(names('nothing')).toEqual(['nothing'])
  })

  it('of some versions sets aside those that are named, and leaves all open', () => {
    const versions = [{ version: '1.2.0' }, { range: 'vers:npm/<1.0.0' }]
    const of = (state: string) =>
      bom({ analysis: { state }, affects: [{ ref: 'l', versions }] })[0]!.products[0]!.names.map(({ id }) => id)
    expect(of('resolved')).toEqual(['pkg:npm/left@1.2.0'])
    expect(of('exploitable')).toContain('pkg:npm/left@1.0.0')
  })
})

describe('OpenVEX', () => {
  it('has the packages of its purls', () => {
    const text = new TextDecoder().decode(fixture('openvex/valid-govulncheck.json'))
    expect(readVex('vex.json', text)).toMatchObject([
      { status: 'affected', why: null },
      {
        vulnerability: ['GO-2026-10002', 'CVE-2026-10002'],
        status: 'not_affected',
        why: 'vulnerable_code_not_in_execute_path',
        products: [
          { names: [{ id: 'Unknown Product', package: null }], parts: [{ package: 'golang.org/x/text', version: 'v0.3.5' }] },
        ],
      },
      {},
    ])
  })
})

it.each([
  ['nothing', ''],
  ['no JSON', 'vex'],
  ['a list', '[]'],
  ['another document', '{"runs":[]}'],
  ['a later OpenVEX', '{"@context":"https://openvex.dev/ns/v1.0.0","statements":[]}'],
  ['a CycloneDX of another version', '{"bomFormat":"CycloneDX","specVersion":"2.0","vulnerabilities":[]}'],
  ['a key twice', '{"@context":"https://openvex.dev/ns","statements":[],"statements":[]}'],
  [
    'a status that nobody knows',
    '{"@context":"https://openvex.dev/ns","statements":[{"vulnerability":"CVE-1","status":"fine"}]}',
  ],
])('refuses %s', (_, text) => {
  expect(() => readVex('vex.json', text)).toThrow()
})
