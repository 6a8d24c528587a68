// What every report of benchmarks comes to: figures, how many measurements they rest on, and how many benchmarks failed.
import type { PerformanceFacts, PerformanceMetric } from '../../../model/evidence.ts'

/** `samples` 0: the report does not say. `errors` null: it cannot tell a benchmark that failed. Benchmarks have no events and no limits of their own. */
export function benchmarkFacts(metrics: Iterable<PerformanceMetric>, samples: number, errors: number | null): PerformanceFacts {
  return {
    kind: 'performance',
    metrics: [...metrics],
    samples: samples > 0 ? samples : null,
    errors,
    events: null,
    thresholds: [],
  }
}
