// What a file that could not be read would have been, by its name; a name that says nothing could be anything.
import type { Kind } from '../model/evidence.ts'

const BY_NAME: readonly [Kind, RegExp][] = [
  ['tests', /junit|xunit|nunit|surefire|failsafe|test|trx|ctrf|spec/],
  ['coverage', /lcov|cov|cobertura|jacoco|clover|istanbul/],
  ['performance', /k6|perf|load|bench|latency|hyperfine/],
  ['security', /sarif|audit|trivy|scan|secur|vuln|cve/],
  ['reliability', /reliab|uptime|soak|slo/],
]

const MEASURED: readonly Kind[] = BY_NAME.map(([kind]) => kind)

export function likelyKinds(path: string): readonly Kind[] {
  const name = path.slice(-200).toLowerCase()
  const likely = BY_NAME.filter(([, pattern]) => pattern.test(name)).map(([kind]) => kind)
  return likely.length > 0 ? likely : MEASURED
}
