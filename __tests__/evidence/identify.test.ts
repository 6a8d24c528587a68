// The head of a file: what is seen of XML and JSON, in any encoding, however little of it there is.
import { describe, expect, it } from '@jest/globals'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { headOf, identify } from '../../src/evidence/identify.ts'
import { HEAD_BYTES } from '../../src/evidence/limits.ts'
import { sourceOf } from '../support/source.ts'

const head = (content: string | Uint8Array) => headOf(sourceOf(content, 'x', 5))

describe('of XML', () => {
  it('shows the root, its attributes and its children', () => {
    const found = head(
      `<?xml version="1.0"?>\n<!-- <no> -->\n<!DOCTYPE report [ <!ELEMENT a (b>c)> ]>\n<r a="1>" b='<'>\n <c d="1"><e/></c><f/><![CDATA[<g>]]></r>`,
    )
    expect([found.xmlRoot, [...found.xmlNames]]).toEqual(['r', ['a', 'b', 'c', 'f']])
    expect([found.jsonRoot, found.jsonKeys]).toEqual([null, null])
  })

  it('goes as far as the text does', () => {
    expect(head('<root a="1" b="2').xmlRoot).toBe('root')
    expect([...head('<root a="1"><child').xmlNames]).toEqual(['a', 'child'])
    expect([...head(`<root>${'<c/>'.repeat(HEAD_BYTES)}`).xmlNames]).toEqual(['c'])
    for (const text of ['<', '<!', '<!-- ', '<?xml ', '< a>', '<1>', 'a<b>', '<!DOCTYPE a ['])
      expect([text, head(text).xmlRoot]).toEqual([text, null])
  })

  it.each(['utf-16le', 'utf-16be'] as const)('in %s', (label) => {
    const bytes = new Uint8Array(16)
    const view = new DataView(bytes.buffer)
    for (const [at, character] of [...'\ufeff<a b/>'].entries())
      view.setUint16(at * 2, character.charCodeAt(0), label === 'utf-16le')
    expect(head(bytes).xmlRoot).toBe('a')
  })
})

describe('of JSON', () => {
  it('shows the keys of the top, or of the first object of a list', () => {
    const found = head('\ufeff{"a": {"no": 1}, "b\\"c": [{"no": 2}], "d": "x: y"}')
    expect([found.jsonRoot, [...found.jsonKeys!]]).toEqual(['object', ['a', 'b\\"c', 'd']])
    const list = head('[{"a": 1, "b": {"no": 1}}, {"c": 1}]')
    expect([list.jsonRoot, [...list.jsonKeys!]]).toEqual(['array', ['a', 'b']])
  })

  it('is no JSON where it only begins like it', () => {
    for (const text of ['[x](y)', '{a: 1}', 'null', '"a"', '']) expect([text, head(text).jsonRoot]).toEqual([text, null])
  })

  it('goes as far as the text does', () => {
    expect([...head('{"a": 1, "b": "cut').jsonKeys!]).toEqual(['a', 'b'])
    expect([...head(`{"a": "${'x'.repeat(HEAD_BYTES)}"`).jsonKeys!]).toEqual(['a'])
  })
})

it('does not stumble over hostile beginnings', () => {
  for (const text of [
    '['.repeat(HEAD_BYTES),
    '<a '.repeat(5000),
    '<a>'.repeat(5000),
    '{"a":'.repeat(3000),
    '"'.repeat(HEAD_BYTES),
    '\\'.repeat(HEAD_BYTES),
    ' '.repeat(HEAD_BYTES),
    '#\n'.repeat(8000),
  ]) {
    expect(identify(head(text), 'x', FORMATS).format).toBeNull()
  }
})

it('a test report is one, whatever its tests have printed', () => {
  const printed = [
    'Running 30s test @ http://localhost\n  Thread Stats   Avg      Stdev     Max',
    'BenchmarkAdd-8   100   12.5 ns/op',
    'test add ... bench:   12 ns/iter (+/- 1)',
    'add                     time:   [1.0 ns 1.1 ns 1.2 ns]',
    '{"reason":"benchmark-complete","id":"add"}',
    '{"protocolVersion":"0.1.1","runnerVersion":"1.2"}',
    '{"Action":"run","Package":"a"}',
    'apiVersion: openslo/v1',
  ]
  for (const text of printed) {
    const report = `<testsuites><testsuite name="s"><system-out><![CDATA[\n${text}\n]]></system-out></testsuite></testsuites>`
    expect([text, identify(head(report), 'x', FORMATS)]).toEqual([text, { format: expect.objectContaining({ id: 'junit' }) }])
  }
})

it('names the formats that claim a file by name, in whatever order the bundle has them', () => {
  const both = head(
    'mode: set\na.go:1.1,2.2 1 1\nRunning 30s test @ http://x\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n',
  )
  const claimed = { format: null, claimedBy: ['go-coverprofile', 'wrk-text'] }
  expect([FORMATS, FORMATS.toReversed()].map((formats) => identify(both, 'x', formats))).toEqual([claimed, claimed])
})
