// Statistics of very many measurements in memory that does not grow with their number.

/** Buckets to one doubling of the value: a whole number below 4096 has a bucket of its own. */
const STEPS = 2048
/** Values below 2^-20 share one bucket with nothing; above 2^43 (ms: 278 years) no measurement lies. */
const LOWEST = -20
const DOUBLINGS = 64

export const LARGEST_MEASUREMENT = 2 ** (LOWEST + DOUBLINGS - 1)

const bits = new DataView(new ArrayBuffer(8))

interface Doubling {
  counts: Uint32Array
  /** The largest value that each bucket got. */
  largest: Float64Array
}

/**
 * Percentiles by nearest rank. Each bucket answers with the largest value it got: a percentile is never below the true one
 * and at most 1/2048 (0.05 %) above it, and exact where the values are whole numbers below 4096.
 */
export class Distribution {
  count = 0
  sum = 0
  min = Number.POSITIVE_INFINITY
  max = 0
  private readonly doublings: (Doubling | undefined)[] = []

  /** A finite number from 0 to LARGEST_MEASUREMENT. */
  add(measured: number): void {
    // No zero below zero: its sign would be taken for a part of the exponent.
    const value = measured + 0
    this.count++
    this.sum += value
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    // The upper half of a double: its sign, eleven bits of exponent, and the first twenty of what stands behind the point.
    bits.setFloat64(0, value)
    const upper = bits.getUint32(0)
    const exponent = (upper >>> 20) - 1023
    const bucket = exponent < LOWEST ? 0 : (upper >>> 9) & (STEPS - 1)
    const doubling = this.doublingOf(Math.max(0, exponent - LOWEST))
    doubling.counts[bucket]!++
    if (value > doubling.largest[bucket]!) doubling.largest[bucket] = value
  }

  get mean(): number {
    return this.sum / this.count
  }

  /** The smallest measurement that so many percent of all are no larger than; of none at all 0. */
  percentile(percent: number): number {
    const rank = Math.max(1, Math.ceil((this.count * percent) / 100))
    let passed = 0
    for (const doubling of this.doublings) {
      if (!doubling) continue
      for (let bucket = 0; bucket < STEPS; bucket++) {
        passed += doubling.counts[bucket]!
        if (passed >= rank && doubling.counts[bucket]! > 0) return doubling.largest[bucket]!
      }
    }
    return 0
  }

  private doublingOf(index: number): Doubling {
    const found = this.doublings[index]
    if (found) return found
    const made = { counts: new Uint32Array(STEPS), largest: new Float64Array(STEPS) }
    this.doublings[index] = made
    return made
  }
}
