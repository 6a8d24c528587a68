// What the reports on documented interfaces promise: the figures of their tools, what is missing by name, and nothing out of nothing.
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { interrogate } from '../../../src/evidence/formats/apidocs/interrogate.ts'
import { openapi } from '../../../src/evidence/formats/apidocs/openapi.ts'
import { typedocCoverage } from '../../../src/evidence/formats/apidocs/typedoc-coverage.ts'
import { typedocJson } from '../../../src/evidence/formats/apidocs/typedoc-json.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (format: Format<'apidocs'>, content: string | Uint8Array | object) =>
  format.read(
    sourceOf(typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content), 'report'),
    DEFAULT_LIMITS,
  )
const textOf = (name: string) => new TextDecoder().decode(fixture(name))
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)
const names = ({ facts }: ReturnType<typeof read>) => facts.undocumented.map(({ name }) => name)

function refusalOf(format: Format<'apidocs'>, content: string | Uint8Array | object) {
  try {
    read(format, content)
  } catch (error) {
    if (error instanceof CertifyError) return { code: error.code, message: error.message, hint: error.hint }
    throw error
  }
  return null
}

describe('the figures the tools state', () => {
  it.each([
    ['interrogate/valid.txt', interrogate, 5, 9],
    ['interrogate/valid-omitted.txt', interrogate, 5, 9],
    ['interrogate/failing.txt', interrogate, 0, 3],
    ['typedoc-coverage/valid.json', typedocCoverage, 11, 26],
    ['typedoc-json/valid.json', typedocJson, 11, 26],
    ['typedoc-coverage/failing.json', typedocCoverage, 0, 2],
    ['typedoc-json/failing.json', typedocJson, 0, 2],
    ['openapi/valid.json', openapi, 2, 3],
    ['openapi/failing.json', openapi, 0, 2],
  ] as const)('%s', (name, format, covered, total) => {
    const result = read(format, fixture(name))
    expect(result.facts.documented).toEqual({ covered, total })
    expect(result.problems).toEqual([])
  })

  it.each([
    ['interrogate/empty.txt', interrogate],
    ['typedoc-coverage/empty.json', typedocCoverage],
    ['typedoc-json/empty.json', typedocJson],
    ['openapi/empty.json', openapi],
  ] as const)('%s is of nothing, and says so', (name, format) => {
    const result = read(format, fixture(name))
    expect([result.facts.documented, codes(result)]).toEqual([{ covered: 0, total: 0 }, ['nothing_measured']])
  })
})

describe('interrogate', () => {
  it('names what has no docstring, and where', () =>
    expect(read(interrogate, fixture('interrogate/valid.txt')).facts.undocumented).toEqual([
      { name: 'Basket.__init__', path: 'basket.py', line: 7 },
      { name: 'Basket.total', path: 'basket.py', line: 14 },
      { name: 'Basket._round', path: 'basket.py', line: 17 },
      { name: 'empty', path: 'basket.py', line: 21 },
    ]))

  it.each([
    ['the total', 'valid.txt', /TOTAL( +\|) +9 \| +4 \| +5 /, 'TOTAL$1 9 | 0 | 9 ', { covered: 5, total: 9 }],
    ['a file', 'valid-omitted.txt', /basket.py( +\|) +7 \| +4 \| +3 /, 'basket.py$1 7 | 6 | 1 ', { covered: 3, total: 9 }],
    ['a name', 'valid.txt', /\| left \(L4\)( +\|) +COVERED/, '| left (L4)$1 MISSED', { covered: 4, total: 9 }],
  ])('uses the lower share where %s says otherwise, and says so', (_, name, from, to, expected) => {
    const changed = textOf(`interrogate/${name}`).replace(from, to)
    expect(changed).not.toBe(textOf(`interrogate/${name}`))
    const result = read(interrogate, changed)
    expect([result.facts.documented, codes(result)]).toEqual([expected, ['declared_recount_differ']])
  })

  const valid = textOf('interrogate/valid.txt')
  it.each([
    ['a badge', fixture('interrogate/malformed-badge.svg'), 'wrong_shape', 'of how much'],
    ['a percentage alone', fixture('interrogate/malformed-quiet.txt'), 'wrong_shape', 'of how much'],
    ['no result', valid.slice(0, valid.lastIndexOf('---------------- RESULT')), 'truncated', 'ends before'],
    ['no total', valid.replace(/^\| TOTAL.*\n/m, ''), 'truncated', 'ends before'],
    ['two tables', valid + valid, 'wrong_shape', 'second table'],
    ['two totals', valid.replace(/^(\| TOTAL.*\n)/m, '$1$1'), 'wrong_shape', 'second total'],
    ['a row that does not add up', valid.replace(/9 \| {11}4/, '8 |           4'), 'bad_number', 'does not add up'],
    ['a negative count', valid.replace(/9 \| {11}4/, '9 |          -4'), 'bad_number', 'does not add up'],
  ])('refuses %s', (_, content, code, message) =>
    expect(refusalOf(interrogate, content)).toMatchObject({ code, message: expect.stringContaining(message) }),
  )
})

describe('typedoc-plugin-coverage', () => {
  const report = { percent: 100, expected: 4, actual: 4, notDocumented: [] }

  it('names what is not documented', () =>
    expect(names(read(typedocCoverage, fixture('typedoc-coverage/failing.json')))).toEqual(['two.two', 'one']))

  it('uses the lower share where more is named than the figures leave, and says so', () => {
    const result = read(typedocCoverage, { ...report, notDocumented: ['a'] })
    expect([result.facts.documented, codes(result)]).toEqual([{ covered: 3, total: 4 }, ['declared_recount_differ']])
  })

  it('does not believe its percentage', () =>
    expect(read(typedocCoverage, { ...report, actual: 1, notDocumented: ['a', 'b', 'c'] }).facts.documented).toEqual({
      covered: 1,
      total: 4,
    }))

  it.each([
    ['more than there is', { ...report, actual: 5 }, 'impossible_total'],
    ['a negative count', { ...report, actual: -1 }, 'wrong_shape'],
    ['half a thing', { ...report, expected: 4.5 }, 'wrong_shape'],
    ['a number in quotes', { ...report, expected: '4' }, 'wrong_shape'],
    ['no list of names', { ...report, notDocumented: 'none' }, 'wrong_shape'],
  ])('refuses %s', (_, content, code) => expect(refusalOf(typedocCoverage, content)).toMatchObject({ code }))
})

describe('TypeDoc', () => {
  it('misses what typedoc-plugin-coverage misses in the same program', () => {
    const plain = (all: string[]) =>
      all.map((name) => name.split('.').filter((part) => part !== '__type')).map((parts) => [...new Set(parts)].join('.'))
    const theirs = plain(names(read(typedocCoverage, fixture('typedoc-coverage/valid.json')))).sort()
    expect(plain(names(read(typedocJson, fixture('typedoc-json/valid.json')))).sort()).toEqual(theirs)
  })

  it('says where', () =>
    expect(read(typedocJson, fixture('typedoc-json/failing.json')).facts.undocumented).toContainEqual({
      name: 'one',
      path: 'bare.ts',
      line: 1,
    }))

  const symbol = (packageName: string) => ({ packageName, packagePath: 'a.ts', qualifiedName: 'a' })
  const variable = (id: number, summary?: object[], more: object = {}) => ({
    id,
    name: `v${id}`,
    variant: 'declaration',
    kind: 32,
    flags: {},
    ...(summary && { comment: { summary, ...more } }),
  })
  const project = (children: object[], packages: string[]) => ({
    schemaVersion: '2.0',
    id: 0,
    name: 'shop',
    variant: 'project',
    kind: 1,
    flags: {},
    packageName: 'shop',
    children,
    symbolIdMap: Object.fromEntries(packages.map((name, at) => [at + 1, symbol(name)])),
  })
  const says = [{ kind: 'text', text: 'What it is.' }]

  it('counts this package alone', () =>
    expect(
      read(typedocJson, project([variable(1), variable(2, says), variable(3, says)], ['shop', 'shop', 'other'])).facts.documented,
    ).toEqual({
      covered: 1,
      total: 2,
    }))

  it('counts the packages that are its modules', () => {
    const module = {
      id: 9,
      name: '@shop/a',
      variant: 'declaration',
      kind: 2,
      flags: {},
      children: [variable(1), variable(2, says)],
    }
    expect(read(typedocJson, project([module], ['@shop/a', '@shop/a'])).facts.documented).toEqual({ covered: 1, total: 2 })
  })

  it('takes an empty comment for none, and a block tag for one', () => {
    const children = [
      variable(1, []),
      variable(2, [{ kind: 'text', text: '' }]),
      variable(3, [], { blockTags: [{ tag: '@deprecated' }] }),
    ]
    expect(read(typedocJson, project(children, ['shop', 'shop', 'shop'])).facts.documented).toEqual({ covered: 1, total: 3 })
  })

  it.each([
    ['an older schema', { ...project([], []), schemaVersion: undefined }, 'wrong_version'],
    ['a newer schema', { ...project([], []), schemaVersion: '3.0' }, 'wrong_version'],
    ['no symbols', { ...project([], []), symbolIdMap: undefined }, 'wrong_shape'],
    ['a reflection without a kind', project([{ id: 1, name: 'a', variant: 'declaration' }], ['shop']), 'wrong_shape'],
    ['a comment that is none', project([{ ...variable(1), comment: 'yes' }], ['shop']), 'wrong_shape'],
  ])('refuses %s', (_, content, code) => expect(refusalOf(typedocJson, content)).toMatchObject({ code }))
})

describe('OpenAPI', () => {
  const api = (paths: object, more: object = {}) => ({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths, ...more })

  it('names the operations that say nothing', () =>
    expect(names(read(openapi, fixture('openapi/valid.json')))).toEqual(['DELETE /things/{number}']))

  it.each([
    ['a summary', { summary: 'All things' }, 1],
    ['a description', { description: 'All things.' }, 1],
    ['neither', { responses: { 200: { description: 'things' } } }, 0],
    ['blanks', { summary: ' \n', description: '...' }, 0],
    ['no text', { summary: 7 }, 0],
    ['the operationId in other letters', { summary: 'List things', operationId: 'listThings' }, 0],
    ['more than the operationId', { summary: 'List things for sale', operationId: 'listThings' }, 1],
  ])('an operation with %s', (_, operation, covered) =>
    expect(read(openapi, api({ '/things': { summary: 'Things', get: operation } })).facts.documented).toEqual({
      covered,
      total: 1,
    }),
  )

  it('counts webhooks, further methods and paths that stand elsewhere in the file, and no extension', () => {
    const document = api(
      { '/a': { $ref: '#/components/pathItems/a~1b' }, 'x-own': { get: {} } },
      {
        webhooks: { sold: { post: { summary: 'A thing was sold' } } },
        components: { pathItems: { 'a/b': { get: {}, parameters: [], additionalOperations: { COPY: {} } } } },
      },
    )
    expect(read(openapi, document).facts.documented).toEqual({ covered: 1, total: 3 })
  })

  it('reads Swagger 2', () =>
    expect(read(openapi, { swagger: '2.0', info: {}, paths: { '/a': { get: { summary: 'A' } } } }).facts.documented).toEqual({
      covered: 1,
      total: 1,
    }))

  it.each([
    ['YAML', fixture('openapi/malformed-yaml.yaml'), 'wrong_format', 'YAML'],
    ['another version', { ...api({}), openapi: '4.0.0' }, 'wrong_version', 'neither'],
    ['a path in another file', api({ '/a': { $ref: 'a.json' } }), 'wrong_shape', 'another file'],
    ['a path that stands for itself', api({ '/a': { $ref: '#/paths/~1a' } }), 'wrong_shape', 'itself'],
    ['a path that stands for nothing', api({ '/a': { $ref: '#/nowhere' } }), 'wrong_shape', 'what it stands for'],
    ['an operation that is none', api({ '/a': { get: null } }), 'wrong_shape', 'the operation get'],
    ['paths that are none', api([]), 'wrong_shape', '"paths"'],
  ])('refuses %s', (_, content, code, message) =>
    expect(refusalOf(openapi, content)).toMatchObject({ code, message: expect.stringContaining(message) }),
  )
})
