// A report of bad news that is cut off anywhere is refused, or still bad news: no pass comes out of what is missing.
import { expect, it } from '@jest/globals'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { EvidenceClaim } from '../../src/model/evidence.ts'
import { collect } from '../support/collect.ts'
import { fileOf, fixturesOf } from '../support/fixtures.ts'
import { bad } from '../support/fuzz/sound.ts'
import { seeds } from '../support/fuzz/trial.ts'

const CLAIM: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }
const KINDS = new Set(['tests', 'security'])

it.each(
  seeds()
    .filter(({ format }) => KINDS.has(format.kind))
    .map(({ format }) => format.id),
)('%s', (id) => {
  const read = (bytes: Uint8Array, name: string) =>
    collect([{ file: fileOf(bytes, name), claim: CLAIM, format: id }], DEFAULT_LIMITS)
  const fixtures = fixturesOf(id, 'failing').filter(({ name, bytes }) => read(bytes, name).evidence.some((one) => bad(one.facts)))
  expect(fixtures.length).toBeGreaterThan(0)
  for (const { name, bytes } of fixtures) {
    const step = Math.max(1, Math.floor(bytes.length / 120))
    for (let end = 0; end < bytes.length - 1; end += step) {
      const { evidence } = read(bytes.slice(0, end), name)
      for (const { facts } of evidence) {
        // A file of nothing is not admitted as evidence (zero_tests); one with passing tests would be.
        const nothing = facts.kind === 'tests' && facts.totals.passed === 0
        expect([name, end, bad(facts) || nothing]).toEqual([name, end, true])
      }
    }
  }
})
