import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { load } from 'js-yaml'
import { broken } from '../../src/config/hold.ts'
import { CONFIG_SCHEMA } from '../../src/config/schema/index.ts'
import { defineCertification } from '../../src/define.ts'
import { fixture } from '../support/resolving.ts'
import { SCENARIOS } from '../support/scenarios.ts'

function published(name: string) {
  return JSON.parse(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8'))
}

function compiled(schema: object) {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false })
  addFormats.default(ajv)
  for (const keyword of ['x-env', 'x-unit', 'x-meaning']) ajv.addKeyword(keyword)
  return ajv.compile(schema)
}

const editor = compiled(published('certification.schema.json'))

const GOOD: [string, unknown][] = [
  ['the process', load(fixture('process.yml'))],
  ['everything', load(fixture('everything.yml'))],
  ['minimal', load(fixture('minimal.yml'))],
  ['empty', {}],
  [
    'short ids and booleans',
    { certification_levels: { level_1: true, level_4: false }, certification_gates: { gate_2: { enabled: true } } },
  ],
  ['x- keys', { 'x-a': 1, certification_levels: { 'x-b': [], level_1: { 'x-c': null } } }],
]

/** What an editor must underline; `broken` leaves what a text means to the rest of src/config. */
const BAD: [string, unknown, 'both' | 'editor'][] = [
  ['a typo in a key', { certification_levels: { level_1: { enbled: true } } }, 'both'],
  [
    'prose for a limit',
    { certification_levels: { level_1: { validation_criteria: { test_coverage: 'about ninety' } } } },
    'editor',
  ],
  ['a day that does not exist', { certificate: { valid_until: '2025-11-31' } }, 'editor'],
  ['a leap day in no leap year', { certificate: { valid_until: '2027-02-29' } }, 'editor'],
  ['a duration in words', { certificate: { validity: '6 months' } }, 'editor'],
  [
    'not applicable without an end',
    {
      certification_levels: {
        level_1: { validation_criteria: { test_coverage: { not_applicable: { reason: 'there is no code' } } } },
      },
    },
    'both',
  ],
  ['both forms', { certification_process: {}, metrics: {} }, 'both'],
  [
    'missing evidence that is skipped',
    { certification_levels: { level_1: { validation_criteria: { a: { on_missing: 'skip' } } } } },
    'both',
  ],
  ['expr', { certification_levels: { level_1: { validation_criteria: { a: { expr: 'true' } } } } }, 'both'],
]

describe('the schema', () => {
  it('is published as it is written', () => {
    expect(published('certification.schema.json')).toEqual(JSON.parse(JSON.stringify(CONFIG_SCHEMA)))
  })

  it.each(GOOD)('accepts %s', (_, value) => {
    expect(editor(value) ? [] : editor.errors).toEqual([])
    expect(broken(value, CONFIG_SCHEMA)).toEqual([])
  })

  it.each(BAD)('refuses %s', (_, value, who) => {
    expect(editor(value)).toBe(false)
    expect(broken(value, CONFIG_SCHEMA).length === 0).toBe(who === 'editor')
  })

  it('gives the types of a config: right ones compile, wrong ones do not', () => {
    const config = defineCertification({
      certification_levels: {
        level_1_component_certification: { validation_criteria: { test_coverage: '> 95%' } },
        level_4: false,
      },
      metrics: { test_coverage: { kind: 'coverage', evidence: 'coverage/lcov.info' } },
      'x-team': 'payments',
    })
    expect(broken(config, CONFIG_SCHEMA)).toEqual([])
    // @ts-expect-error no such key
    expect(broken(defineCertification({ certification_level: {} }), CONFIG_SCHEMA)).toHaveLength(1)
    // @ts-expect-error no such word
    expect(broken(defineCertification({ mode: 'enforced' }), CONFIG_SCHEMA)).toHaveLength(1)
  })
})

/** The schema without what a text means, for a validator that is not ours. */
function withoutMeanings(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMeanings)
  if (node === null || typeof node !== 'object') return node
  const left = Object.entries(node).filter(([key]) => !('x-meaning' in node && (key === 'pattern' || key === 'format')))
  return Object.fromEntries(left.map(([key, value]) => [key, withoutMeanings(value)]))
}

/** The value with each of its parts, in turn, replaced by each wrong or odd one, left out, or given a key more. */
function* mutated(value: unknown): Generator<unknown> {
  const odd = [undefined, null, true, 0, -1, 1.5, 99, Number.NaN, '', 'x', 'a/b~c', [], ['', ''], ['json', 'json'], {}]
  yield* [...odd, { zzz: 1 }, { 'x-a': 1, 'A/~': { kind: 'coverage' } }]
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of mutated(item)) yield value.with(index, other)
    yield [...value, ...value]
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) for (const other of mutated(item)) yield { ...value, [key]: other }
    for (const key of ['zzz', 'x-zzz', 'constructor', 'A/~']) yield { ...value, [key]: 1 }
  }
}

describe('what is broken', () => {
  const ajv = compiled(withoutMeanings({ ...CONFIG_SCHEMA, $schema: undefined }) as object)

  /** It says of if/then/else that it failed, and repeats the pattern of a name. */
  const said = (errors: ErrorObject[] | null | undefined) =>
    (errors ?? [])
      .filter((error) => error.keyword !== 'if' && error.propertyName === undefined)
      .map(({ keyword, instancePath, params }) => {
        const { additionalProperty, missingProperty, propertyName, limit } = params
        return { keyword, instancePath, params: { additionalProperty, missingProperty, propertyName, limit } }
      })

  it.each(GOOD)('is what ajv finds, in its order, wherever one thing is wrong: %s', (_, value) => {
    let found = 0
    for (const wrong of mutated(value)) {
      const errors = broken(wrong, CONFIG_SCHEMA)
      found += errors.length
      ajv(wrong)
      // As text: objects are compared a hundred times slower.
      expect(JSON.stringify(errors)).toBe(JSON.stringify(said(ajv.errors)))
    }
    expect(found).toBeGreaterThan(20)
  })

  it('is told of a file of nothing but mistakes', () => {
    expect(broken({ evidence: Array(90_000).fill(1) }, CONFIG_SCHEMA)).toHaveLength(90_000)
  })
})

describe('the schema of the result', () => {
  const result = compiled(published('result.schema.json'))

  it.each(Object.entries(SCENARIOS))('accepts the result of: %s', (_, make) => {
    expect(result(JSON.parse(JSON.stringify(make()))) ? [] : result.errors).toEqual([])
  })

  it('refuses a verdict nobody knows and a key nobody declared', () => {
    const made = Object.values(SCENARIOS)[0]!()
    expect(result({ ...made, decision: { ...made.decision, verdict: 'fine' } })).toBe(false)
    expect(result({ ...made, extra: 1 })).toBe(false)
  })
})
