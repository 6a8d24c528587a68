// Each trap that hostile bytes can set: one problem that names the place, one file lost, and the file beside it is read all the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openDownload } from '../../src/adapters/github/artifact-content.ts'
import type { FoundFile } from '../../src/app/ports.ts'
import type { SourceFile } from '../../src/evidence/format.ts'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { EvidenceClaim, Origin, TestFacts } from '../../src/model/evidence.ts'
import type { MetricPart } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import { annotationsOf, MOST_ANNOTATIONS } from '../../src/reporting/renderers/annotations.ts'
import { collect } from '../support/collect.ts'
import { fileOf } from '../support/fixtures.ts'
import { bomb, type Packed, zip } from '../support/github/zip.ts'
import { type CriterionSpec, resultOf } from '../support/result.ts'

const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }
const GOOD = '<testsuite name="s"><testcase name="a"/></testsuite>'
const junit = (inside: string, before = '') => `${before}<testsuite name="s">\n${inside}<testcase name="a"/></testsuite>`
const sarif = (results: string, more = '') =>
  `{"version":"2.1.0",${more}"runs":[{"tool":{"driver":{"name":"CodeQL"}},\n"results":[${results}]}]}`
const lcov = (path: string) => `TN:\nSF:${path}\nDA:1,1\nend_of_record\n`

function utf16(text: string, big: boolean, mark: boolean): Uint8Array {
  const units = mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(units.length * 2)
  for (let at = 0; at < units.length; at++) new DataView(bytes.buffer).setUint16(at * 2, units.charCodeAt(at), !big)
  return bytes
}

/** The text with the bytes in place of the `@` in it. */
function bytesIn(text: string, ...bytes: number[]): Uint8Array {
  const [before, after] = text.split('@').map((part) => new TextEncoder().encode(part))
  return Uint8Array.from([...before!, ...bytes, ...after!])
}

/** The zip with another place of its directory in its end record. */
function misplaced(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(0xf0f0f0f0, bytes.length - 6)
  return bytes
}

/** The hostile file and a good one behind it, as a run reads them. */
function collected(content: string | Uint8Array, limits = DEFAULT_LIMITS) {
  const files = [fileOf(content, 'hostile'), fileOf(GOOD, 'good')]
  return collect(
    files.map((file) => ({ file, claim, format: null })),
    limits,
  )
}

type Trap = [what: string, content: string | Uint8Array, code: string, place: { line?: number; column?: number }]
const WIDE = Array.from({ length: 257 }, (_, at) => ` a${at}=""`).join('')

const TRAPS: Trap[] = [
  ['XML: an entity of its own', junit('&lol;'), 'xml_entity', { line: 2, column: 1 }],
  [
    'XML: an entity that the DOCTYPE declares',
    junit('&a;', '<!DOCTYPE a [<!ENTITY a "b">]>'),
    'xml_entity',
    { line: 2, column: 1 },
  ],
  [
    'XML: an entity that reads a file',
    junit('<system-out>&x;</system-out>', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    'xml_entity',
    { line: 2, column: 13 },
  ],
  ['XML: an entity in an attribute', junit('<testcase name="&x;"/>'), 'xml_entity', { line: 2, column: 17 }],
  ['XML: a reference to a character that is none', junit('&#0;'), 'xml_entity', { line: 2, column: 1 }],
  ['XML: too deep', junit('<a>'.repeat(201)), 'xml_limit', { line: 2 }],
  ['XML: an attribute name too long', junit(`<a ${'n'.repeat(5000)}="" />`), 'xml_limit', { line: 2, column: 4 }],
  [
    'XML: an entity in the DOCTYPE that is many',
    junit('&b;', '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
    'xml_entity',
    { line: 2, column: 1 },
  ],
  ['XML: too many attributes', junit(`<a${WIDE}/>`), 'xml_limit', { line: 2 }],
  ['XML: the same attribute twice', junit('<a b="" b=""/>'), 'xml_malformed', { line: 2, column: 9 }],
  ['XML: a name too long', junit(`<${'n'.repeat(5000)}/>`), 'xml_limit', { line: 2, column: 2 }],
  ['XML: a tag without an end', junit('<a b="').repeat(2), 'xml_malformed', { line: 2 }],
  ['XML: cut off', '<testsuite name="s">\n<testcase', 'xml_truncated', { line: 2, column: 10 }],
  ['XML: a control character', junit('\u0001'), 'xml_malformed', { line: 2, column: 1 }],
  ['XML: a NUL', junit('\0'), 'xml_malformed', { line: 2, column: 1 }],
  ['XML: a NUL in an attribute', junit('<a b="\0"/>'), 'xml_malformed', { line: 2, column: 7 }],
  ['XML: an invalid sequence', bytesIn(junit('@'), 0xc3, 0x28), 'invalid_encoding', { line: 2, column: 1 }],
  ['XML: an overlong sequence', bytesIn(junit('@'), 0xc0, 0xaf), 'invalid_encoding', { line: 2, column: 1 }],
  ['XML: half a surrogate', bytesIn(junit('@'), 0xed, 0xa0, 0x80), 'invalid_encoding', { line: 2, column: 1 }],
  ['XML: UTF-16 that is none', Uint8Array.from([...utf16(GOOD, false, true), 0x00, 0xd8, 0x3e, 0x00]), 'invalid_encoding', {}],
  ['XML: an encoding nobody knows', junit('', '<?xml version="1.0" encoding="klingon"?>'), 'unsupported_encoding', { line: 1 }],
  ['JSON: too deep', sarif('['.repeat(300) + ']'.repeat(300)), 'json_limit', { line: 2 }],
  ['JSON: without an end, however deep', sarif('[{"a":'.repeat(50_000)), 'json_limit', { line: 2 }],
  ['JSON: a key twice', sarif('{"level":"error",\n"level":"none"}'), 'json_duplicate_key', { line: 3, column: 1 }],
  ['JSON: a key twice, once escaped', sarif('{"level":"error","\\u006cevel":"none"}'), 'json_duplicate_key', { line: 2 }],
  ['JSON: results twice', `${sarif('').slice(0, -3)},"results":[]}]}`, 'json_duplicate_key', { line: 2 }],
  ['JSON: __proto__ twice', sarif('{"__proto__":{},"__proto__":{}}'), 'json_duplicate_key', { line: 2 }],
  ['JSON: a key too long', sarif(`{"${'k'.repeat(1025)}":1}`), 'json_limit', { line: 2, column: 13 }],
  ['JSON: a number that is none', sarif('1e999'), 'bad_number', { line: 2, column: 12 }],
  ['JSON: cut off', sarif('{"message":').slice(0, -4), 'json_truncated', { line: 2, column: 23 }],
  ['JSON: a control character', sarif('"\u0001"'), 'json_malformed', { line: 2, column: 13 }],
  ['JSON: half a document after the document', `${sarif('')}{`, 'json_malformed', { line: 2 }],
  [
    'JSON: UTF-16 that is none',
    Uint8Array.from([...utf16(sarif(''), false, true), 0x00, 0xd8, 0x3e, 0x00]),
    'invalid_encoding',
    {},
  ],
  ['JSON: a NUL', sarif('"\0"'), 'binary', { line: 2 }],
  ['JSON: an invalid sequence', bytesIn(sarif('"@"'), 0xff), 'invalid_encoding', {}],
  ['text: a NUL', lcov('a\0b'), 'line_malformed', { line: 2 }],
  ['text: a line without an end', `TN:\nSF:${'x'.repeat(1024 * 1024 + 1)}`, 'line_too_long', { line: 2 }],
  ['text: a number that is none', lcov('a').replace('1,1', '1,-1'), 'line_malformed', { line: 3 }],
  ['text: cut off', lcov('a').slice(0, 16), 'truncated', { line: 3 }],
  ['any: nothing at all', '', 'empty', {}],
  ['any: bytes that are no report', new Uint8Array(1000).fill(0x80), 'evidence_unrecognised', {}],
]

describe('a file is lost, with the place, and the run goes on', () => {
  it.each(TRAPS)('%s', (_, content, code, place) => {
    const { evidence, rejected } = collected(content)
    expect(evidence.map(({ ref }) => ref.path)).toEqual(['good'])
    expect(rejected).toHaveLength(1)
    expect(rejected[0]!.problems).toEqual([expect.objectContaining({ code, path: 'hostile', ...place })])
    expect(rejected[0]!.reason.code).toMatch(/^evidence_/)
  })

  it('more bytes in all than the limit, and more files', () => {
    const two = (change: Partial<typeof DEFAULT_LIMITS>) =>
      collect(
        [fileOf(GOOD, 'good'), fileOf(junit('<a/>'), 'hostile')].map((file) => ({ file, claim, format: null })),
        { ...DEFAULT_LIMITS, ...change },
      )
    for (const [change, code] of [
      [{ totalBytes: GOOD.length + 1 }, 'too_large'],
      [{ files: 1 }, 'too_many'],
    ] as const) {
      const { evidence, rejected } = two(change)
      expect(evidence.map(({ ref }) => ref.path)).toEqual(['good'])
      expect(rejected.map(({ problems }) => problems)).toEqual([[expect.objectContaining({ code, path: 'hostile' })]])
    }
  })

  it('a text longer than the limit is cut, and nothing else', () => {
    const text = junit(`<testcase name="b"><failure message="m">${'x'.repeat(70_000)}</failure></testcase>`)
    const { evidence, rejected } = collected(text)
    expect(rejected).toEqual([])
    const [failed] = (evidence[0]!.facts as TestFacts).cases
    expect(failed!.trace!.length).toBe(DEFAULT_LIMITS.textLength)
  })

  it('more annotations than the limit', () => {
    const partsOf = (id: string) =>
      Array.from(
        { length: 3000 },
        (_, at): MetricPart => ({
          name: `${id} ${at}`,
          state: 'short',
          detail: 'high',
          path: `src/${at % 30}.ts`,
          ranges: [[at + 1, at + 1]],
          kind: 'finding',
          lacks: 25,
        }),
      )
    const ids = ['test_coverage', 'performance_compliance', 'security_score', 'documentation_completeness']
    const failing = (id: string): CriterionSpec => ({
      outcome: 'fail',
      value: 1,
      parts: partsOf(id),
      reasons: [reason('note', { text: 'x' })],
    })
    const found = annotationsOf(resultOf({ criteria: Object.fromEntries(ids.map((id) => [id, failing(id)])) }))
    expect(found).toHaveLength(MOST_ANNOTATIONS)
  })

  it.each([
    ['spaces', ' '.repeat(200_000)],
    ['line ends without lines', '\r'.repeat(200_000)],
    ['one word', 'a'.repeat(200_000)],
    ['digits and dots', '1.'.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['colons', 'at a:1:'.repeat(30_000)],
    ['brackets', '](['.repeat(70_000)],
    ['backslashes', '\\'.repeat(200_000)],
    ['stars', '*_'.repeat(100_000)],
  ])('text that makes a careless pattern run away, of %s, is read in one go by every format', (_, text) => {
    const files = FORMATS.flatMap(({ id }) =>
      [
        text,
        `TAP version 13\n1..1\nok 1 - ${text}!`,
        JSON.stringify({ name: text }),
        junit(`<b c="${text.replaceAll('\r', ' ')}"/>`),
      ].map((content) => ({ file: fileOf(content, 'hostile'), claim, format: id })),
    )
    // One that runs away does not come back.
    const { evidence, rejected } = collect(files, DEFAULT_LIMITS)
    expect(evidence.length + rejected.length).toBe(files.length)
    expect(rejected.flatMap(({ problems }) => problems).filter(({ message }) => /unexpected fault/.test(message))).toEqual([])
  })

  it('more findings than the limit', () => {
    const limits = { ...DEFAULT_LIMITS, findings: 3 }
    expect(collected(sarif('{},{},{}'), limits).rejected).toEqual([])
    expect(collected(sarif('{},{},{},{}'), limits).rejected[0]!.problems).toMatchObject([{ code: 'too_many', path: 'hostile' }])
  })

  it('more bytes than the limit, by its size or because it grew', () => {
    const limits = { ...DEFAULT_LIMITS, fileBytes: GOOD.length }
    const grown = { ...fileOf(junit('<a/>'), 'hostile'), size: 10 }
    for (const file of [fileOf(junit('<a/>'), 'hostile'), grown]) {
      const { evidence, rejected } = collect(
        [file, fileOf(GOOD, 'good')].map((one) => ({ file: one, claim, format: null })),
        limits,
      )
      expect(evidence.map(({ ref }) => ref.path)).toEqual(['good'])
      expect(rejected[0]!.problems).toMatchObject([{ code: 'too_large', path: 'hostile' }])
    }
  })
})

describe('what only looks like a trap is read', () => {
  const factsOf = (content: string | Uint8Array) => {
    const { evidence, rejected } = collected(content)
    expect(rejected).toEqual([])
    return evidence[0]!.facts
  }

  it('a DOCTYPE alone, also one that declares what nobody uses', () => {
    const plain = factsOf(junit(''))
    expect(factsOf(junit('', '<!DOCTYPE testsuite SYSTEM "http://127.0.0.1/x.dtd">'))).toEqual(plain)
    expect(factsOf(junit('', '<!DOCTYPE testsuite [<!ENTITY a "b"><!ENTITY x SYSTEM "file:///etc/passwd">]>'))).toEqual(plain)
  })

  it('the five entities and numeric references', () => {
    const text = '<testsuite name="s"><testcase name="&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;"/></testsuite>'
    expect(factsOf(text)).toMatchObject({ cases: [{ name: '<>&"\'A\u{1F600}' }] })
  })

  it.each([
    ['JUnit', junit('<testcase name="gr\u00fcn \u{1F600}"/>')],
    ['SARIF', sarif('{"message":{"text":"gr\u00fcn \u{1F600}"}}')],
    ['LCOV', lcov('gr\u00fcn/\u{1F600}')],
  ])('%s as UTF-8 with a byte order mark, and as UTF-16 both ways with one and without', (_, text) => {
    const plain = factsOf(text)
    expect(factsOf(`\ufeff${text}`)).toEqual(plain)
    for (const big of [false, true]) for (const mark of [false, true]) expect(factsOf(utf16(text, big, mark))).toEqual(plain)
  })

  it('a path that is not UTF-8, as file systems allow: it is shown as far as it can be', () => {
    expect(factsOf(bytesIn(lcov('src/@.c'), 0xe9))).toMatchObject({
      files: [{ path: 'src/\ufffd.c' }],
      totals: { lines: { total: 1 } },
    })
  })

  it('a key __proto__, which changes no object', () => {
    const hostile = '{"message":{"text":"t"},"__proto__":{"suppressions":[{"kind":"external"}],"level":"none"}}'
    expect(factsOf(sarif(hostile))).toEqual(factsOf(sarif('{"message":{"text":"t"}}')))
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('in a zip', () => {
  const origin: Origin = { type: 'artifact', name: 'reports', id: 1, runId: 1, digest: null, digestChecked: false }
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'certify-hostile-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function read(bytes: Uint8Array, limits: Partial<typeof DEFAULT_LIMITS> = {}) {
    writeFileSync(join(folder, 'reports.zip'), bytes)
    const content = openDownload({ folder, origin, createdAt: null, limits: { ...DEFAULT_LIMITS, ...limits } })
    const { files, unusable } = await content.select(['**', '../**', '/**'])
    const asked = files.map((file: FoundFile) => ({ file: file as SourceFile, claim, format: null }))
    const { evidence, rejected } = collect(asked, DEFAULT_LIMITS)
    return { read: evidence.map(({ ref }) => ref.path), unusable, rejected }
  }

  const good: Packed = { path: 'good.xml', content: GOOD }
  const entry = (more: Partial<Packed>): Packed => ({ path: 'bad.xml', content: junit('<testcase name="b"/>'), ...more })

  it.each([
    ['climbs', entry({ path: '../bad.xml' }), 'leads out'],
    ['climbs by backslashes', entry({ path: '..\\bad.xml' }), 'leads out'],
    ['is absolute', entry({ path: '/etc/bad.xml' }), 'leads out'],
    ['has a drive', entry({ path: 'C:/bad.xml' }), 'leads out'],
    ['has a NUL in its name', entry({ path: 'bad.xml\0.png' }), 'leads out'],
    ['is a link', entry({ mode: 0o120777 }), 'is a link'],
    ['is a character device', entry({ mode: 0o020666 }), 'is a device'],
    ['is a block device', entry({ mode: 0o060666 }), 'is a device'],
    ['is a pipe', entry({ mode: 0o010666 }), 'is a device'],
    ['is a socket', entry({ mode: 0o140666 }), 'is a device'],
    ['is encrypted', entry({ flags: 1 }), 'is encrypted'],
  ])('an entry that %s is lost alone, before it is opened', async (_, packed, message) => {
    const found = await read(zip([packed, good]))
    expect(found).toMatchObject({ read: ['good.xml'], rejected: [] })
    expect(found.unusable).toEqual([
      expect.objectContaining({ code: 'archive_refused', message: expect.stringContaining(message) }),
    ])
  })

  it.each([
    ['is longer than the directory says', entry({ claimedSize: 10 }), 'claims to be'],
    ['is shorter than the directory says', entry({ claimedSize: 200 }), 'claims to be'],
    ['has another checksum', entry({ claimedSum: 1 }), 'checksum'],
    ['has another name in its own header', entry({ local: { path: 'ok!.xml' } }), 'describes otherwise'],
    ['has another size in its own header', entry({ local: { size: 1 } }), 'describes otherwise'],
  ])('an entry that %s is lost alone, when it is read', async (_, packed, message) => {
    const found = await read(zip([packed, good]))
    expect(found).toMatchObject({ read: ['good.xml'], unusable: [] })
    expect(found.rejected.map(({ problems }) => problems)).toEqual([
      [expect.objectContaining({ code: 'archive_refused', path: 'bad.xml', message: expect.stringContaining(message) })],
    ])
  })

  it.each([
    ['whose entries are the same bytes', zip([entry({}), entry({ path: 'again.xml', bytesOf: 0 }), good]), 'overlap'],
    ['that names a file twice', zip([entry({}), entry({})]), 'twice'],
    ['that unpacks to far more than it is', bomb(60), 'times its size'],
    ['that has no end', zip([good]).subarray(0, 60), 'end is missing'],
    ['whose directory lies outside', misplaced(zip([good])), 'outside'],
  ])('an archive %s is refused whole', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'archive_refused', message: expect.stringContaining(message) })
  })

  it('an archive of more entries than the limit', async () => {
    const three = zip([good, { ...good, path: 'b' }, { ...good, path: 'c' }])
    expect((await read(three, { entries: 3 })).read).toHaveLength(3)
    await expect(read(three, { entries: 2 })).rejects.toMatchObject({
      code: 'archive_refused',
      message: expect.stringContaining('3 entries'),
    })
  })

  it('an archive of more bytes than the limit, and an entry of more', async () => {
    const two = zip([good, entry({})])
    const size = GOOD.length + entry({}).content.length
    await expect(read(two, { totalBytes: size - 1 })).rejects.toMatchObject({ code: 'archive_refused' })
    const found = await read(two, { fileBytes: GOOD.length })
    expect(found).toMatchObject({ read: ['good.xml'], unusable: [{ path: 'bad.xml', code: 'too_large' }] })
  })
})
