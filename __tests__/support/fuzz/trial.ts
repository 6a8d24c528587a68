// One hostile input through the door that a run uses, and what must hold of what comes out.
import type { Format } from '../../../src/evidence/format.ts'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { EvidenceClaim } from '../../../src/model/evidence.ts'
import { collect } from '../collect.ts'
import { type Fixture, fileOf, fixturesOf } from '../fixtures.ts'
import { mutated, type Random } from './mutations.ts'
import { unsound } from './sound.ts'

export const CLAIM: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }

export interface Seed {
  format: Pick<Format, 'id'>
  fixtures: Fixture[]
  /** Of what is no report: how it is read. */
  read?: (bytes: Uint8Array) => Trial
}

/** Every format of the registry with its fixtures. */
export function seeds(only?: string): (Seed & { format: Format })[] {
  return FORMATS.filter((format) => only === undefined || format.id === only).map((format) => ({
    format,
    fixtures: fixturesOf(format.id).filter(({ bytes }) => bytes.length > 0),
  }))
}

export interface Trial {
  bytes: Uint8Array
  accepted: boolean
  /** What must not be; null: all is well. */
  finding: string | null
}

/** Mutates a report of that format and has it read: by its name, or now and then by its content alone. */
export function trial(seed: Seed, others: readonly Uint8Array[], random: Random): Trial {
  const fixture = seed.fixtures[random(seed.fixtures.length)]!
  const bytes = mutated(fixture.bytes, [...seed.fixtures.map((one) => one.bytes), others[random(others.length)]!], random)
  return seed.read?.(bytes) ?? read(bytes, random(4) === 0 ? null : seed.format.id)
}

export function read(bytes: Uint8Array, format: string | null): Trial {
  try {
    const { evidence, rejected } = collect([{ file: fileOf(bytes, 'report', 1 << 16), claim: CLAIM, format }], DEFAULT_LIMITS)
    const [one] = evidence
    const [refused] = rejected
    if (evidence.length + rejected.length !== 1) return { bytes, accepted: false, finding: 'it is neither evidence nor rejected' }
    if (one !== undefined) return { bytes, accepted: true, finding: unsound(one.facts) }
    const messages = refused!.problems.map((problem) => problem.message)
    const finding =
      messages.length === 0 ? 'rejected without a word' : (messages.find((text) => /unexpected fault/.test(text)) ?? null)
    return { bytes, accepted: false, finding }
  } catch (error) {
    return { bytes, accepted: false, finding: `an exception: ${String((error as Error).stack).slice(0, 400)}` }
  }
}
