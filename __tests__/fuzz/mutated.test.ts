// A short run of `npm run fuzz`: hostile bytes of every format, the same at every run.
import { expect, it } from '@jest/globals'
import { containers } from '../support/fuzz/containers.ts'
import { randomFrom } from '../support/fuzz/mutations.ts'
import { seeds, trial } from '../support/fuzz/trial.ts'

const ALL = seeds()
const OTHERS = ALL.flatMap(({ fixtures }) => fixtures.map((one) => one.bytes)).filter((bytes) => bytes.length < 20_000)

it.each([...ALL, ...containers()].map((seed) => [seed.format.id, seed] as const))(
  '%s, sixty times mutated, is read soundly or refused with a reason',
  (id, seed) => {
    const random = randomFrom(id.length * 7919 + id.charCodeAt(0))
    let refused = 0
    for (let at = 0; at < 60; at++) {
      const { finding, accepted, bytes } = trial(seed, OTHERS, random)
      if (finding !== null) throw new Error(`input ${at}: ${finding}\n${new TextDecoder().decode(bytes.slice(0, 500))}`)
      if (!accepted) refused++
    }
    expect(refused).toBeGreaterThan(0)
  },
)
