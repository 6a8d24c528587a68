// The few numbers that are made of measurements.

/** Of an even number of values the mean of the two in the middle. */
export function median(values) {
  if (values.length === 0) throw new Error('there is no median of nothing')
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2
}

/** Megabytes are of a million bytes, as in the goals. */
export function megabytesPerSecond(bytes, seconds) {
  return bytes / 1e6 / seconds
}
