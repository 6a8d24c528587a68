// Statistics of very many measurements in memory that does not grow with their number.

/** Buckets to one doubling of the value: a whole number below 4096 has a bucket of its own. */
const STEPS = 2048
/** Values below 2^-20 share one bucket with nothing; above 2^43 (ms: 278 years) no measurement lies. */
const LOWEST = -20
const DOUBLINGS = 64

export const LARGEST_MEASUREMENT = 2 ** (LOWEST + DOUBLINGS - 1)

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
  add(value: number): void {
    this.count++
    this.sum += value
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
    // log2 may be off by one beside a power of two; the mantissa puts it right.
    let exponent = value > 0 ? Math.max(LOWEST, Math.floor(Math.log2(value))) : LOWEST
    let mantissa = value / 2 ** exponent
    if (mantissa >= 2) mantissa = value / 2 ** ++exponent
    else if (mantissa < 1 && exponent > LOWEST) mantissa = value / 2 ** --exponent
    const bucket = mantissa < 1 ? 0 : Math.floor((mantissa - 1) * STEPS)
    const doubling = this.doublingOf(exponent - LOWEST)
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
