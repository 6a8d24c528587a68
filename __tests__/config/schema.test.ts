import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { load } from 'js-yaml'
import validate from '../../src/config/generated/validator.js'
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

/** What an editor must underline; the validator leaves what a text means to src/config. */
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
    expect(validate(value) ? [] : validate.errors).toEqual([])
  })

  it.each(BAD)('refuses %s', (_, value, who) => {
    expect(editor(value)).toBe(false)
    expect(validate(value)).toBe(who === 'editor')
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
    expect(validate(config)).toBe(true)
    // @ts-expect-error no such key
    expect(validate(defineCertification({ certification_level: {} }))).toBe(false)
    // @ts-expect-error no such word
    expect(validate(defineCertification({ mode: 'enforced' }))).toBe(false)
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
