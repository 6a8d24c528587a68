// How many lines may be spread out one by one where a report gives them as ranges: a small report may claim large files.

/** No source file is longer. */
const MAX_LINE = 1_000_000
/** Lines of all files together. */
const MAX_SPREAD = 20_000_000

export class SpreadRoom {
  private left = MAX_SPREAD

  /** Whether a file of so many lines may still be spread out; it is counted as being so. */
  take(lines: number): boolean {
    const fits = lines <= MAX_LINE && lines <= this.left
    if (fits) this.left -= lines
    return fits
  }
}
