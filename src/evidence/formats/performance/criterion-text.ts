// Criterion.rs benchmarks, as cargo bench prints them.
import type { Format } from '../../format.ts'
import { HAS_BUILT_IN, HAS_CRITERION, readRustBench } from './rust-bench.ts'

/**
 * - Read: `NAME time: [low estimate high]` anywhere in the printed output; a long name stands on the line before.
 * - `NAME` with the middle value, Criterion's estimate, in the unit that is printed. Bounds, `thrpt` and `change` are not kept.
 * - `error: bench failed` (printed to the error output) is an error, and said.
 * - Refused: an estimate that cannot be read, and two benchmarks of one name.
 */
export const criterionText: Format<'performance'> = {
  id: 'criterion-text',
  kind: 'performance',
  title: 'Criterion.rs (text)',
  producers: ['`cargo bench` with Criterion.rs'],
  discovers: [],
  recognises: ({ xmlRoot, text }) => xmlRoot === null && HAS_CRITERION.test(text) && !HAS_BUILT_IN.test(text),
  read: readRustBench,
}
