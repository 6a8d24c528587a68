// Line-level coverage facts in typed arrays: what a report says of each line, small enough for a hundred megabytes of LCOV.

/** Numbers of 0 to 2^32-1, in no more bytes each than the largest of them needs. */
export type Column = Uint8Array | Uint16Array | Uint32Array

/** Hits by line number, in ascending order of line. Hits are capped at 2^32-1. */
export interface LineHits {
  readonly lines: Column
  readonly hits: Column
}

/** Branch counts by line, in ascending order of line. */
export interface BranchHits {
  readonly lines: Column
  readonly covered: Column
  readonly total: Column
}
