import { describe, expect, it } from '@jest/globals'
import { readYaml } from '../../src/config/yaml.ts'

function read(text: string) {
  const result = readYaml(text, 'c.yml')
  if ('problems' in result) throw new Error(result.problems.map((problem) => problem.message).join('\n'))
  return result.document
}

function problems(text: string) {
  const result = readYaml(text, 'c.yml')
  return 'problems' in result ? result.problems : []
}

describe('readYaml', () => {
  it('knows line and column of values, keys and list items', () => {
    const document = read('a:\n  b: "x"\n  c: [1, {d: 2}]\n')
    expect(document.valueAt('/a/b')).toEqual({ line: 2, column: 6 })
    expect(document.keyAt('/a/b')).toEqual({ line: 2, column: 3 })
    expect(document.valueAt('/a/c/1/d')).toEqual({ line: 3, column: 14 })
  })

  it('points to the nearest thing written where a value is not', () => {
    expect(read('a:\n  b: 1\n').valueAt('/a/zz/y')).toEqual({ line: 2, column: 3 })
  })

  it('keeps dates and version-like texts as text', () => {
    expect(read('d: 2025-11-31\ne: 2027-06-30\nn: no\n').value).toEqual({ d: '2025-11-31', e: '2027-06-30', n: 'no' })
  })

  it('reads JSON, indented with tabs', () => {
    expect(read('{\n\t"a": [1,\n\t2],\n\t"b": null\n}').value).toEqual({ a: [1, 2], b: null })
  })

  it.each([
    ['a: [1\nb: 2\n', 'yaml_syntax'],
    ['a: b: c\n', 'yaml_syntax'],
    ['a: *nowhere\n', 'yaml_syntax'],
    ['a: !!binary AA==\n', 'yaml_syntax'],
    ['a: \u0000\n', 'yaml_syntax'],
    [`${'['.repeat(5000)}`, 'yaml_syntax'],
    ['a: 1\n---\na: 2\n', 'yaml_documents'],
    ['? [a]\n: 1\n', 'yaml_key'],
    ['a: &a [*a]\n', 'yaml_expansion'],
  ])('refuses %j with one problem and its place', (text, code) => {
    const found = problems(text)
    expect(found.map((problem) => problem.code)).toEqual([code])
    expect(found[0]).toMatchObject({ path: 'c.yml', line: expect.any(Number), column: expect.any(Number) })
  })

  it('names every duplicate key with the line of the first', () => {
    const found = problems('a: 1\nb: 1\na: 2\nc: {x: 1, x: 2}\n')
    expect(found.map((problem) => `${problem.line}:${problem.column}`)).toEqual(['3:1', '4:11'])
    expect(found[0]?.message).toContain('also on line 1')
  })

  it('refuses a bomb without writing it out', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `k${i}: &a${i} [${Array(9).fill(i === 0 ? 'x' : `*a${i - 1}`)}]`)
    expect(problems(rows.join('\n')).map((problem) => problem.code)).toEqual(['yaml_expansion'])
  })

  it('refuses more aliases than anybody writes', () => {
    expect(problems(`a: &a x\nb: [${Array(500).fill('*a')}]\n`)).toHaveLength(1)
  })

  it('refuses what is over the bound before reading it', () => {
    expect(problems('#'.repeat(1024 * 1024 + 1)).map((problem) => problem.code)).toEqual(['config_too_large'])
    expect(problems(`#${'x'.repeat(1024 * 1024 - 2)}\n`)).toEqual([])
  })

  it('gives back a key named like a prototype as a plain key', () => {
    const { value } = read('__proto__: { polluted: true }\n')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
