// Line-level coverage facts in typed arrays: what a report says of each line, small enough for a hundred megabytes of LCOV.

/** Hits by line number, in ascending order of line. Hits are capped at 2^32-1. */
export interface LineHits {
  readonly lines: Uint32Array
  readonly hits: Uint32Array
}

/** Branch counts by line, in ascending order of line. */
export interface BranchHits {
  readonly lines: Uint32Array
  readonly covered: Uint32Array
  readonly total: Uint32Array
}
