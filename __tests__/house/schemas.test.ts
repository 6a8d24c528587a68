// The schema that an editor finds by a config's first line accepts the configs we ship.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { load } from 'js-yaml'

const SCHEMA = 'schema/certification.schema.json'
const configs = [
  '.github/certification.yml',
  ...readdirSync('examples').map((name) => `examples/${name}/.github/certification.yml`),
]
const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'))
const ajv = new Ajv2020.default({ strict: false, allErrors: true })
addFormats.default(ajv)
const accepts = ajv.compile(schema)

/** The file in this repository that the first line names: by a relative path, or by its published place. */
function namedSchema(config: string): string {
  const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(config, 'utf8'))?.[1] ?? ''
  const published = /^https:\/\/raw\.githubusercontent\.com\/OWNER\/certify\/v\d+\/(.+)$/.exec(named)?.[1]
  return published ?? join(dirname(config), named)
}

describe.each(configs)('%s', (config) => {
  it('names the schema, which is there', () => {
    expect(namedSchema(config)).toBe(SCHEMA)
    expect(existsSync(SCHEMA)).toBe(true)
  })

  it('is valid by it', () => {
    accepts(load(readFileSync(config, 'utf8')))
    expect(accepts.errors).toBeNull()
  })

  it.each(['metrcs', 'target/push_', 'metrics/test_coverage/evidnce'])('would not be with the typo %s', (path) => {
    const tree = load(readFileSync(config, 'utf8')) as Record<string, unknown>
    const keys = path.split('/')
    const last = keys.pop()!
    let at = tree
    for (const key of keys) {
      at[key] ??= {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = 1
    expect(accepts(tree)).toBe(false)
  })
})
