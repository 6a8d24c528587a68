// No report, however it was cut, sliced or inflated, crashes a reader or passes for more than it holds.
import { describe, expect, it } from '@jest/globals'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { EvidenceClaim, Facts } from '../../src/model/evidence.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { collect } from '../support/collect.ts'
import { fileOf, fixturesOf } from '../support/fixtures.ts'
import { sourceOf } from '../support/source.ts'

const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }
/** Formats whose files are whole at the end of any entry: a piece of one may be a report. */
const LINE_WISE = new Set([
  'lcov',
  'go-coverprofile',
  'checklist-md',
  'tap',
  'dart-json',
  'go-test-json',
  'govulncheck',
  'yarn-audit',
  'gatling-simulation-log',
  'jmeter-jtl-csv',
  'k6-csv',
  'k6-json',
  'go-bench-text',
  'cargo-bench-text',
  'criterion-text',
  'cargo-criterion',
  'openslo',
])

function good(facts: Facts): number {
  switch (facts.kind) {
    case 'coverage':
      return facts.totals.lines?.covered ?? 0
    case 'tests':
      return facts.totals.passed
    case 'checklist':
      return facts.items.filter((item) => item.checked).length
    default:
      return 0
  }
}

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const readable = [...fixturesOf(id, 'valid'), ...fixturesOf(id, 'failing')]

  it('cut at every twentieth: refused, or no better than the whole', () => {
    for (const { name, bytes } of readable) {
      const whole = format.read(sourceOf(bytes, name), DEFAULT_LIMITS).facts
      for (let part = 1; part < 20; part++) {
        const piece = bytes.slice(0, Math.floor((bytes.length * part) / 20))
        const { evidence, rejected } = collect([{ file: fileOf(piece, name), claim, format: id }], DEFAULT_LIMITS)
        expect(evidence.length + rejected.length).toBe(1)
        for (const one of rejected) expect([name, part, one.problems.length > 0]).toEqual([name, part, true])
        for (const one of evidence) {
          expect([name, part, LINE_WISE.has(id)]).toEqual([name, part, true])
          expect(good(one.facts)).toBeLessThanOrEqual(good(whole))
        }
        for (const one of [...rejected.flatMap((r) => r.problems)]) expect(one.message).not.toMatch(/unexpected fault/)
      }
    }
  })

  it('gives the same facts whatever the chunks', () => {
    for (const { name, bytes } of [...readable, ...fixturesOf(id, 'empty')]) {
      const read = (chunkSize: number) => {
        try {
          return format.read(sourceOf(bytes, name, chunkSize), DEFAULT_LIMITS)
        } catch (error) {
          if (error instanceof CertifyError) return error.problems
          throw error
        }
      }
      const whole = read(1 << 20)
      for (const size of [1, 2, 7, 61]) expect([name, size, read(size)]).toEqual([name, size, whole])
    }
  })

  it('reports the same problem at the same place whatever the chunks', () => {
    for (const { name, bytes } of fixturesOf(id, 'malformed')) {
      const problems = (chunkSize: number) => {
        const { evidence, rejected } = collect([{ file: fileOf(bytes, name, chunkSize), claim, format: id }], DEFAULT_LIMITS)
        return [...evidence, ...rejected].flatMap((one) => one.problems)
      }
      expect([name, problems(1)]).toEqual([name, problems(1 << 20)])
    }
  })

  it('survives every single byte changed to something hostile', () => {
    for (const { name, bytes } of fixturesOf(id, 'valid').slice(0, 1)) {
      const step = Math.max(1, Math.floor(bytes.length / 150))
      for (let at = 0; at < bytes.length; at += step) {
        for (const byte of [0, 0x3c, 0x26, 0x22, 0xff]) {
          const changed = bytes.slice()
          changed[at] = byte
          const { evidence, rejected } = collect([{ file: fileOf(changed, name), claim, format: id }], DEFAULT_LIMITS)
          expect(evidence.length + rejected.length).toBe(1)
          for (const one of rejected)
            expect([at, byte, one.problems[0]?.message]).not.toEqual([at, byte, expect.stringMatching(/unexpected fault/)])
        }
      }
    }
  })
})
