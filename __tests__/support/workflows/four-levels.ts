// A small repository whose reports reach level 4, so that nothing but people stands between it and its gates.
import { readFileSync } from 'node:fs'
import { junit, k6, lcov, README, sarif } from '../ready-repository.ts'

/** Gate 3 asks in `certify-gate-3`, gate 4 in `certify-gate-4`; what the approval of gate 4 opens is open at once. */
export const FOUR_LEVELS = `version: 1
target: { push: 4 }
metrics:
  test_coverage: { evidence: [{ artifact: reports, path: [component/lcov.info, component/junit.xml] }] }
  performance_compliance:
    evidence: [{ artifact: reports, path: component/k6.json }]
    objectives: [{ sli: http_req_duration.p95, pass: "< 200ms" }]
  security_score: { evidence: [{ artifact: reports, path: component/semgrep.sarif }] }
  documentation_completeness: { documents: [{ path: README.md }] }
  integration_test_coverage: { evidence: [{ artifact: reports, path: [integration/lcov.info, integration/junit.xml] }] }
  service_communication: { points: [{ id: shop to stock, tests: communication }] }
  external_integration: { points: [{ id: bank, tests: external }] }
  database_integration: { points: [{ id: orders, tests: database }] }
  service_test_coverage: { evidence: [{ artifact: reports, path: [service/lcov.info, service/junit.xml] }] }
  service_performance:
    evidence: [{ artifact: reports, path: service/k6.json }]
    objectives: [{ sli: http_req_duration.p95, pass: "< 200ms" }]
  service_security: { evidence: [{ artifact: reports, path: service/semgrep.sarif }] }
  service_reliability: { min_events: 4000 }
  system_test_coverage: { evidence: [{ artifact: reports, path: system/junit.xml }], points: [{ id: buy, tests: "journey buy" }] }
  end_to_end_validation: { points: [{ id: buy, tests: "journey buy" }] }
  production_readiness: { checklists: [readiness] }
checklists:
  readiness:
    items:
      - { text: The whole system passes, domain: functional, check: "tests.passed:system" }
      - { text: It is fast, domain: performance, check: "criterion:service_performance" }
      - { text: It is safe, domain: security, check: "evidence:security:service" }
      - { text: It holds, domain: operational, check: "criterion:service_reliability" }
      - { text: It is described, domain: documentation, check: "criterion:documentation_completeness" }
certification_levels:
  level_3:
    validation_criteria:
      service_performance: { pass: 100, baseline: { select: fixed, value: 100 } }
  level_4: { auto_progression: true }
certification_gates:
  gate_3: { environment: certify-gate-3 }
  gate_4: { environment: certify-gate-4, auto_progression: true }
`

/** Reports by their path below `made/`, as the caller's first job copies them to `reports/` and uploads them. */
export function fourLevelFiles(): Record<string, string> {
  const made: Record<string, string> = {
    'component/lcov.info': lcov(96, 100),
    'component/junit.xml': junit([{ suite: 'price', name: 'adds up' }]),
    'component/k6.json': k6(),
    'component/semgrep.sarif': sarif(),
    'integration/lcov.info': lcov(97, 100, 'src/shop.js'),
    'integration/junit.xml': junit([
      { suite: 'communication', name: 'asks the stock' },
      { suite: 'external', name: 'pays' },
      { suite: 'database', name: 'keeps orders' },
    ]),
    'service/lcov.info': lcov(98, 100, 'src/service.js'),
    'service/junit.xml': junit([{ suite: 'contract', name: 'answers' }]),
    'service/k6.json': k6(150),
    'service/semgrep.sarif': sarif(),
    'system/junit.xml': junit([{ suite: 'journey buy', name: 'buys' }]),
  }
  return { 'README.md': README, ...Object.fromEntries(Object.entries(made).map(([path, text]) => [`made/${path}`, text])) }
}

/** The workflow blocks of workflows/README.md, in their order. */
export const SHOWN = [...readFileSync('workflows/README.md', 'utf8').matchAll(/^```yaml\n(.*?)^```/gms)].map((match) => match[1]!)

/** A caller's workflow as it is shown there, on the reports above, with the policy's own target. */
export const RELEASE = SHOWN[0]!.replace('npm ci && npm test', 'cp -r made reports').replace('level: "4", ', '')
