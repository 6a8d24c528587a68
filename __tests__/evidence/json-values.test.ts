import { describe, expect, it } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { readJsonValues } from '../../src/evidence/scan/json-values.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { sourceOf } from '../support/source.ts'

const read = (text: string | Uint8Array, chunk = 64) => readJsonValues(sourceOf(text, 'stream.json', chunk), DEFAULT_LIMITS)

function problemOf(text: string) {
  try {
    read(text)
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]
    throw error
  }
  return null
}

describe('JSON values one after another', () => {
  const text = '{"a":"}{\\"]"}{"b":[{}]}\n\n[1]\r\n{}'

  it.each([[1], [2], [3], [64]])('are a list of them, in chunks of %i', (chunk) =>
    expect(read(text, chunk)).toEqual([{ a: '}{"]' }, { b: [{}] }, [1], {}]),
  )

  it('may be none', () => expect(read(' \n')).toEqual([]))

  it('may be in UTF-16', () => {
    const units = [...`\uFEFF{"a":"ä"}\n{}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])
    expect(read(new Uint8Array(units))).toEqual([{ a: 'ä' }, {}])
  })

  it.each([
    ['{"a":1}\n{"b":', 'json_truncated', 2],
    ['{"a":1}\n{"b":"x', 'json_truncated', 2],
    ['{"a":1}\n{"b":1}}', 'json_malformed', 2],
    ['{"a":1},{"b":1}', 'json_malformed', 1],
    ['{"a":1}\n\nnull', 'json_malformed', 3],
    ['{"a":1,"a":2}', 'json_duplicate_key', 1],
    ['"text', 'json_truncated', 1],
  ])('%j: %s in line %i', (content, code, line) => expect(problemOf(content)).toMatchObject({ code, line }))
})
