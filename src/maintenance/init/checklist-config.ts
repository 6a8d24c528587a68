// The part of a config that names the readiness checklist, with the items that certify judges bound to their checks.
import { CHECKLIST_PATH } from './checklist-text.ts'

/** Items in the words of the list, and what decides them. */
const BOUND: readonly (readonly [string, string])[] = [
  ['Cross-Component Integration: Seamless data flow between components', 'criterion:service_communication'],
  ['API Response Time: < 200ms for 95th percentile', 'api_response_time < 200 ms'],
  ['API Throughput: > 1000 requests/second', 'api_throughput > 1000'],
  ['Vulnerability Scanning: Regular security assessments', 'evidence:security'],
  ['Test coverage > 90%', 'test_coverage > 90%'],
  ['Security vulnerabilities addressed', 'criterion:security_score'],
  ['Performance benchmarks met', 'criterion:performance_compliance'],
  ['Documentation complete', 'criterion:documentation_completeness'],
  ['Performance testing passed', 'criterion:service_performance'],
  ['Test Suite Validation: Execute all existing tests', 'tests.passed:component'],
  ['Vulnerability Remediation: Address security findings', 'criterion:security_score'],
  ['End-to-End Testing: Complete system validation', 'criterion:end_to_end_validation'],
]

export interface ChecklistPart {
  /** Lines below `metrics:`. */
  metrics: string[]
  /** Lines at top level. */
  rest: string[]
}

export const CHECKLIST_PART: ChecklistPart = {
  metrics: [
    '  production_readiness: { checklists: [production_readiness] }',
    '  # What a load test measures (here k6): `certify inspect FILE` shows the names of yours.',
    '  api_response_time: { kind: value, level: service, unit: ms, sli: http_req_duration.p95 }',
    '  api_throughput: { kind: value, level: service, unit: 1/s, sli: http_reqs.rate }',
  ],
  rest: [
    'checklists:',
    '  production_readiness:',
    `    source: ${CHECKLIST_PATH}`,
    '    # Judged by certify: no tick in the list would help. Every other item of the list is a person’s word.',
    '    items:',
    ...BOUND.map(([text, check]) => `      - { text: ${JSON.stringify(text)}, check: ${JSON.stringify(check)} }`),
    '      # Work that lives in issues: the number of the issue above it, or a list of them ("issues.closed: 12, 15").',
    '      # - { text: All sub-issues completed and validated, check: "sub_issues.closed: 7" }',
  ],
}

/** For a config that is there already; templates/production-readiness.yml is the same text. */
export const CHECKLIST_PART_TEXT = `${['metrics:', ...CHECKLIST_PART.metrics, '', ...CHECKLIST_PART.rest].join('\n')}\n`
