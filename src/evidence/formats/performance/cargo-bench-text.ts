// cargo bench with the compiler's own benchmarks (libtest), as printed.
import type { Format } from '../../format.ts'
import { HAS_BUILT_IN, readRustBench } from './rust-bench.ts'

/**
 * - Read: `test NAME ... bench: 1,234.56 ns/iter (+/- 78)` anywhere in the printed output, whatever stands around it; lines
 *   of Criterion in the same output as well. The deviation and the `MB/s` are not kept.
 * - `NAME` with its time in the unit that is printed. Benchmarks that failed are errors, and said.
 * - Refused: a benchmark whose figure cannot be read, and two benchmarks of one name.
 */
export const cargoBenchText: Format<'performance'> = {
  id: 'cargo-bench-text',
  kind: 'performance',
  title: 'cargo bench (text)',
  producers: ['`cargo +nightly bench`'],
  discovers: [],
  recognises: ({ xmlRoot, text }) => xmlRoot === null && HAS_BUILT_IN.test(text),
  read: readRustBench,
}
