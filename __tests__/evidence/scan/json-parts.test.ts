// A JSON document read part by part says what it says as a whole, and is refused as it is as a whole: whole, cut and mutated.
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { readJson } from '../../../src/evidence/scan/json.ts'
import { readJsonParts } from '../../../src/evidence/scan/json-parts.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { sourceOf } from '../../support/source.ts'

const LIMITS = { ...DEFAULT_LIMITS, depth: 12, nameLength: 40 }

/** What is left of the document and its parts, or the problem with it. */
function told(bytes: string | Uint8Array, path: string, large: number, chunk = 64 * 1024, limits = LIMITS): unknown {
  const parts: unknown[] = []
  try {
    const rest = readJsonParts(
      sourceOf(bytes, 'r.json', chunk),
      limits,
      path,
      (value, each) => {
        each((part, key, owner) => parts.push([owner, key, part]))
        return value
      },
      large,
    )
    return { rest, parts }
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]
    throw error
  }
}

const inParts = (bytes: string | Uint8Array, path: string, chunk?: number) => told(bytes, path, 0, chunk)
const whole = (bytes: string | Uint8Array, path: string) => told(bytes, path, Number.POSITIVE_INFINITY)

const RESULTS = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'a "quoted" \\\\ tool', rules: [{ id: 'r', results: [1] }] } },
      results: [{ id: 1 }, [2], 'a,]}', null, -2.5e3],
    },
    { results: null },
    { tool: {}, results: [] },
    { results: { 0: 'no list' } },
    { before: [{ results: [0] }], results: [{ text: 'caf\u00e9 \u2603 \ud83d\ude00' }, { a: { b: { c: [[]] } } }], after: 1 },
  ],
  results: [7],
}
const DOCUMENTS: [string, string, string][] = [
  ['runs[].results[]', 'compact', JSON.stringify(RESULTS)],
  ['runs[].results[]', 'indented', JSON.stringify(RESULTS, null, 2)],
  ['runs[].results[]', 'of another shape', '{"runs":{"results":[1]}}'],
  ['runs[].results[]', 'a list', '[{"results":[1]}]'],
  ['{}', 'entries', '{"a/b.js":{"s":{"0":1,"1":2}},"c\\\\":[1,{"x":"}"}], "__proto__": {"y":1}}'],
  ['{}', 'no entry', ' { } '],
  ['{}', 'a list', '[1]'],
  ['[]', 'a list of lists', '[[1],[2,[3]], {}, "x"]'],
  ['[]', 'an empty list', '[ ]'],
  [
    'vulnerabilities{}',
    'entries below',
    '{"v":1,"vulnerabilities":{"lodash":{"name":"lodash"},"x":{}},"metadata":{"vulnerabilities":{"high":1}}}',
  ],
  ['results.tests[]', 'a list below', '{"results":{"tool":{},"tests":[{"name":"a"},{"name":"b"}],"summary":{"tests":2}}}'],
]

describe.each(DOCUMENTS)('%s of a document, %s', (path, _, text) => {
  it('is what it is as a whole, in chunks of any size', () => {
    const expected = whole(text, path)
    for (const chunk of [1, 2, 3, 7, 64 * 1024]) expect([chunk, inParts(text, path, chunk)]).toEqual([chunk, expected])
  })

  it('with a byte order mark', () => expect(inParts(`\ufeff${text}`, path, 5)).toEqual(whole(text, path)))

  it('cut off anywhere is refused as it is as a whole', () => {
    for (let end = 0; end < text.length; end++) {
      const cut = text.slice(0, end)
      expect([cut, inParts(cut, path)]).toEqual([cut, whole(cut, path)])
    }
  })

  it('mutated is what it is as a whole', () => {
    const bytes = new TextEncoder().encode(text)
    const other = new TextEncoder().encode('{}[],:"\\ 0e\n\u0001\u00ff')
    const differing: unknown[] = []
    const compare = (mutated: Uint8Array, at: number, byte?: number) => {
      const [found, expected] = [inParts(mutated, path), whole(mutated, path)]
      if (!isDeepStrictEqual(found, expected)) differing.push({ at, byte, found, expected })
    }
    for (let at = 0; at < bytes.length; at++) {
      for (const byte of [...other, 0x80, 0xff, 0]) compare(bytes.with(at, byte), at, byte)
      compare(Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]), at)
    }
    expect(differing).toEqual([])
  })
})

describe('what a whole reader refuses', () => {
  const path = 'runs[].results[]'
  const of = (results: string, more = '') => `{"runs":[{"results":[${results}]${more}}]}`
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

  it.each([
    ['a key twice in a part', of('{"a":1},\n{"a":1,"b":{"a":1},"a":2}'), 'json_duplicate_key'],
    ['a key twice, once escaped', of('{"a":1,"\\u0061":2}'), 'json_duplicate_key'],
    ['__proto__ twice', of('{"__proto__":1,"__proto__":2}'), 'json_duplicate_key'],
    ['a key twice of many', of(`{${Array.from({ length: 5000 }, (_, at) => `"k${at % 4999}":1`).join()}}`), 'json_duplicate_key'],
    ['the parts twice', of('1', ',"results":[2]'), 'json_duplicate_key'],
    ['the parts twice, once escaped', of('1', ',"r\\u0065sults":[2]'), 'json_duplicate_key'],
    ['too deep', of(deep(9)), 'json_limit'],
    ['a key too long', of(`{"${'k'.repeat(41)}":1}`), 'json_limit'],
    ['a number too large to be one', of('1e999'), 'bad_number'],
    ['a long number too large to be one', of('9'.repeat(400)), 'bad_number'],
    ['a comma too many', of('1,'), 'json_malformed'],
    ['a comma too many behind a long part', of(`"${'x'.repeat(70_000)}", `), 'json_malformed'],
    ['a comma too few', of('1 2'), 'json_malformed'],
    ['a bracket of the wrong kind', '{"runs":[{"results":[1}}]}', 'json_malformed'],
    ['a second document', `${of('1')}{}`, 'json_malformed'],
    ['a raw line break in a text', of('"a\nb"'), 'json_malformed'],
    ['a NUL', of('"\0"'), 'binary'],
    [
      'bytes that are not UTF-8',
      new Uint8Array([...new TextEncoder().encode('{"runs":[{"results":["'), 0xff, 0x22, 0x5d, 0x7d, 0x5d, 0x7d]),
      'invalid_encoding',
    ],
    ['nothing', '  ', 'empty'],
  ])('%s', (_, content, code) => {
    for (const chunk of [1, 13, 64 * 1024]) {
      const found = told(content, path, 0, chunk)
      expect(found).toMatchObject({ code })
      expect(found).toEqual(whole(content, path))
    }
  })

  it('an entry twice, once escaped, however far apart', () => {
    const far = `{"a":1,"b":"${'x'.repeat(70_000)}","\\u0061":2}`
    expect(told(far, '{}', 0)).toMatchObject({ code: 'json_duplicate_key' })
    expect(told(far, '{}', 0)).toEqual(whole(far, '{}'))
  })

  it('and accepts what it accepts: as deep, as long and as large as may be, the same keys in objects of their own', () => {
    for (const content of [
      of(deep(8)),
      of(`{"${'k'.repeat(40)}":1}`),
      of(`{"${'\u00e9'.repeat(40)}":1}`),
      of('1e308, -9E-5'),
      of('9'.repeat(308)),
      of(`{${Array.from({ length: 5000 }, (_, at) => `"k${at}":{"k${at}":{"a":1},"b":2}`).join()}}`),
      of(Array.from({ length: 9000 }, (_, at) => `{"a":${at},"b":{"a":"${'x'.repeat(at % 90)}\\\\"}}`).join(' ,\n')),
    ]) {
      expect(whole(content, path)).toHaveProperty('parts')
      expect(inParts(content, path, 1000)).toEqual(whole(content, path))
    }
  })

  it('is refused as no JSON, whatever its reader would have said first', () => {
    const late = of(`${'1,'.repeat(80_000)}NaN`)
    const refuse = () => {
      throw new CertifyError('wrong_shape', 'no')
    }
    const read = (use: (each: (take: () => void) => void) => void) => () =>
      readJsonParts(sourceOf(late), LIMITS, path, (_, each) => use(each), 0)
    for (const use of [refuse, (each: (take: () => void) => void) => each(refuse), () => {}]) {
      expect(read(use)).toThrow(expect.objectContaining({ code: 'json_malformed' }))
    }
    expect(() => readJson(sourceOf(late), LIMITS)).toThrow(expect.objectContaining({ code: 'json_malformed' }))
  })

  it('lets the reader refuse what is JSON', () => {
    const use = () => {
      throw new CertifyError('wrong_shape', 'no')
    }
    expect(() => readJsonParts(sourceOf(of('1,2')), LIMITS, path, (_, each) => each(use), 0)).toThrow(
      expect.objectContaining({ code: 'wrong_shape' }),
    )
  })
})
