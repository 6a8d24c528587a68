// What every JSON and Markdown format promises, on every fixture of it.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../../src/evidence/format.ts'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { inspect } from '../../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const IDS = [
  'istanbul-summary',
  'istanbul-final',
  'ctrf',
  'sarif',
  'npm-audit-v2',
  'trivy',
  'k6-summary',
  'custom-benchmark',
  'hyperfine',
  'checklist-md',
]

const folder = (id: string) => fileURLToPath(new URL(`../../fixtures/${id}`, import.meta.url))
const formatOf = (id: string): Format => FORMATS.find((format) => format.id === id)!
const cases = IDS.flatMap((id) => readdirSync(folder(id)).map((name) => ({ id, name, path: `${id}/${name}` })))
const json = cases.filter(({ name }) => name.endsWith('.json') || name.endsWith('.sarif'))
const readable = cases.filter(({ name }) => /^(?:valid|failing)/.test(name))

/** The facts, or the code of the refusal. Anything else that is thrown is a crash. */
function outcome(id: string, content: Uint8Array | string, path: string, chunkSize?: number, limits = DEFAULT_LIMITS) {
  try {
    return { facts: formatOf(id).read(sourceOf(content, path, chunkSize), limits).facts, refused: null }
  } catch (error) {
    if (error instanceof CertifyError && error.problems.length > 0) return { facts: null, refused: error.code }
    throw error
  }
}

describe('every fixture', () => {
  it.each(readable)('$path is told by its content and read', ({ id, path }) => {
    const entry = inspect(sourceOf(fixture(path), path), DEFAULT_LIMITS)
    expect(entry.problems.filter(() => !entry.ok)).toEqual([])
    expect(entry.format).toBe(id)
  })

  it.each(cases.filter(({ name }) => name.startsWith('malformed')))('$path is refused with a problem', ({ path }) => {
    const entry = inspect(sourceOf(fixture(path), path), DEFAULT_LIMITS)
    expect(entry).toMatchObject({ ok: false })
    expect(entry.problems.length).toBeGreaterThan(0)
  })

  it.each(cases)('$path says the same in chunks of one byte', ({ id, path }) => {
    expect(outcome(id, fixture(path), path, 1)).toEqual(outcome(id, fixture(path), path))
  })

  it.each(json)('$path cut off anywhere is refused', ({ id, path }) => {
    const bytes = new TextEncoder().encode(new TextDecoder().decode(fixture(path)).trim())
    for (let part = 0; part < 20; part++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 20))
      expect(outcome(id, cut, path).facts).toBeNull()
      expect(inspect(sourceOf(cut, path), DEFAULT_LIMITS).ok).toBe(false)
    }
  })

  it.each(json)('$path over the size limit is refused', ({ id, path }) => {
    expect(outcome(id, fixture(path), path, undefined, { ...DEFAULT_LIMITS, fileBytes: 1 }).refused).toBe('too_large')
  })
})

describe.each(IDS.filter((id) => id !== 'checklist-md'))('%s', (id) => {
  it.each([
    ['null'],
    ['true'],
    ['0'],
    ['"text"'],
    ['[null]'],
    ['[[]]'],
    ['{"__proto__":{}}'],
    ['{"results":null}'],
    ['{"results":{"tests":[null]}}'],
    ['{"results":[null]}'],
    ['{"version":"2.1.0","runs":[null]}'],
    ['{"version":"2.1.0","runs":[{"results":[null]}]}'],
    ['{"metrics":{"a":null}}'],
    ['{"metrics":{"a":{"values":[]}}}'],
    ['{"SchemaVersion":2,"Results":[null]}'],
    ['{"SchemaVersion":2,"Results":[{"Vulnerabilities":[null]}]}'],
    ['{"auditReportVersion":2,"vulnerabilities":{"a":null}}'],
    ['{"total":null}'],
    ['{"a":{"statementMap":{},"s":{"0":1},"f":{},"branchMap":{},"b":{}}}'],
  ])('refuses %s', (text) => expect(outcome(id, text, 'report.json')).toMatchObject({ facts: null }))
})

describe('a count that no tool wrote', () => {
  const broken: [string, string, (text: string) => string][] = [
    ['istanbul-summary', 'in quotes', (text) => text.replaceAll(/"covered":(\d+)/g, '"covered":"$1"')],
    ['istanbul-summary', 'negative', (text) => text.replaceAll(/"covered":(\d+)/g, '"covered":-1')],
    ['istanbul-summary', 'null', (text) => text.replaceAll(/"covered":(\d+)/g, '"covered":null')],
    ['istanbul-summary', 'larger than the whole', (text) => text.replace(/"covered":(\d+)/, '"covered":99999')],
    ['istanbul-final', 'in quotes', (text) => text.replaceAll(/"0":\s*(\d+)/g, '"0":"$1"')],
    ['istanbul-final', 'negative', (text) => text.replaceAll(/"0":\s*(\d+)/g, '"0":-1')],
    ['ctrf', 'in quotes', (text) => text.replaceAll(/"duration": (\d+)/g, '"duration": "$1"')],
    ['ctrf', 'negative', (text) => text.replaceAll(/"tests": 5/g, '"tests": -5')],
    ['k6-summary', 'in quotes', (text) => text.replaceAll(/"avg": ([\d.]+)/g, '"avg": "$1"')],
    ['custom-benchmark', 'in quotes', (text) => text.replaceAll(/"value": ([\d.]+)/g, '"value": "$1"')],
    ['hyperfine', 'negative', (text) => text.replaceAll(/"mean": ([\d.]+)/g, '"mean": -$1')],
    ['hyperfine', 'absent', (text) => text.replaceAll(/"mean": [\d.]+,/g, '')],
  ]
  it.each(broken)('%s: %s is refused', (id, _, breakIt) => {
    const text = new TextDecoder().decode(fixture(`${id}/valid.json`))
    expect(breakIt(text)).not.toBe(text)
    expect(outcome(id, breakIt(text), 'report.json').facts).toBeNull()
  })
})

/** Every copy of the value with one part of it replaced. */
function* replaced(value: unknown, by: unknown): Iterable<unknown> {
  yield by
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key]
    for (const other of replaced(part, by))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
  }
}

describe('any part of another type', () => {
  it.each(json.filter(({ name }) => /^(?:valid|failing)/.test(name)))(
    '$path is read or refused, never a crash',
    ({ id, path }) => {
      const whole = JSON.parse(new TextDecoder().decode(fixture(path)))
      let tried = 0
      for (const by of [null, [], {}, 'text', -1, true, [null]]) {
        for (const broken of replaced(whole, by)) {
          if (tried++ % 5 === 0) outcome(id, JSON.stringify(broken), path)
        }
      }
      expect(tried).toBeGreaterThan(20)
    },
  )
})
