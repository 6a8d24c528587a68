import { describe, expect, it } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { readJson } from '../../../src/evidence/scan/json.ts'
import { findFault } from '../../../src/evidence/scan/json-fault.ts'
import { CertifyError, type Problem } from '../../../src/model/problem.ts'
import { sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array, limits = DEFAULT_LIMITS) => readJson(sourceOf(content), limits)

function problemOf(content: string | Uint8Array, limits = DEFAULT_LIMITS): Problem {
  try {
    read(content, limits)
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]!
    throw error
  }
  throw new Error('was read')
}

const utf16 = (text: string, big: boolean, bom: boolean) => {
  const units = [...(bom ? '\uFEFF' : ''), ...text].join('')
  const bytes = new Uint8Array(units.length * 2)
  for (let i = 0; i < units.length; i++) new DataView(bytes.buffer).setUint16(i * 2, units.charCodeAt(i), !big)
  return bytes
}

describe('readJson', () => {
  const text = '{"name":"caf\u00e9 \u2603","list":[1,-2.5e3,true,null,{"a":"b"}]}'
  const value = JSON.parse(text)

  it.each([
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\uFEFF${text}`],
    ['UTF-16, little end first, with a mark', utf16(text, false, true)],
    ['UTF-16, big end first, with a mark', utf16(text, true, true)],
    ['UTF-16 without a mark', utf16(text, false, false)],
    ['UTF-16, big end first, without a mark', utf16(text, true, false)],
  ])('reads %s', (_, content) => expect(read(content)).toEqual(value))

  it('reads the same byte by byte', () => expect(readJson(sourceOf(text, 'r.json', 1), DEFAULT_LIMITS)).toEqual(value))

  it('keeps braces, quotes and colons inside texts apart from structure', () => {
    const tricky = { a: 'x":{[', 'k\\"': '\\', 'c:d': ':' }
    expect(read(JSON.stringify(tricky))).toEqual(tricky)
  })

  it.each([
    ['nothing', '', 'empty'],
    ['only blanks', ' \n\t ', 'empty'],
    ['NaN', '{"a":NaN}', 'json_malformed'],
    ['Infinity', '{"a":-Infinity}', 'json_malformed'],
    ['a number too large to be one', '{"a":1e999}', 'bad_number'],
    ['a comment', '{"a":1 /* x */}', 'json_malformed'],
    ['a comma too many', '[1,]', 'json_malformed'],
    ['single quotes', "{'a':1}", 'json_malformed'],
    ['two documents', '{} {}', 'json_malformed'],
    ['a raw line break in a text', '{"a":"b\nc"}', 'json_malformed'],
    ['an unknown escape', '{"a":"\\q"}', 'json_malformed'],
    ['a leading zero', '{"a":01}', 'json_malformed'],
    ['a key twice', '{"a":1,"b":{"c":1,"c":2}}', 'json_duplicate_key'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'json_duplicate_key'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'json_duplicate_key'],
    ['a NUL', '{"a":"\0"}', 'binary'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0xc3, 0x22]), 'invalid_encoding'],
  ])('refuses %s', (_, content, code) => expect(problemOf(content).code).toBe(code))

  it('says line and column', () => {
    expect(problemOf('{\n  "a": 1,\n  "b": NaN\n}')).toMatchObject({ line: 3, column: 8 })
    expect(problemOf('{\n  "a": 1,\n  "a": 2\n}')).toMatchObject({ line: 3, column: 3 })
  })

  it('calls a file that was cut off truncated, wherever the cut is', () => {
    const whole = '{"a":[1,{"b":"c\\n"},true]}'
    for (let end = 1; end < whole.length; end++) {
      expect(problemOf(whole.slice(0, end))).toMatchObject({ line: 1 })
    }
    expect(problemOf(whole.slice(0, 13))).toMatchObject({ code: 'json_truncated' })
  })

  it('does not follow nesting beyond the limit', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const limits = { ...DEFAULT_LIMITS, depth: 5 }
    expect(read(nested(5), limits)).toEqual([[[[[]]]]])
    expect(problemOf(nested(6), limits)).toMatchObject({ code: 'json_limit', column: 6 })
    expect(problemOf('['.repeat(3_000_000)).code).toBe('json_limit')
    expect(problemOf('{"a":'.repeat(500_000)).code).toBe('json_limit')
  })

  it('refuses a key longer than the limit', () => {
    expect(problemOf(`{"${'k'.repeat(20)}":1}`, { ...DEFAULT_LIMITS, nameLength: 10 }).code).toBe('json_limit')
  })

  it('refuses a file over the limit', () => {
    expect(problemOf('[1,2,3]', { ...DEFAULT_LIMITS, fileBytes: 3 }).code).toBe('too_large')
  })

  it('lets __proto__ be a key like any other', () => {
    const parsed = read('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(Object.keys(parsed as object)).toEqual(['__proto__', 'constructor'])
    expect('polluted' in {}).toBe(false)
  })
})

describe('findFault', () => {
  it.each(['null', '"a"', '[]', '{}', '-0.5e-7', '[{"a":[]},"\\u00e9\\ud83d"]', ' \r\n\t[ 1 , 2 ] '])(
    'finds none in %s',
    (text) => {
      expect(findFault(text, DEFAULT_LIMITS)).toBeNull()
    },
  )
})
