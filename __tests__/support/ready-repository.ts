// A small repository whose reports reach level 2, written by hand, each test changing one thing of it.

/** LCOV of one file with so many lines, of which so many are covered. */
export function lcov(covered: number, total: number, file = 'src/price.js'): string {
  const lines = Array.from({ length: total }, (_, i) => `DA:${i + 1},${i < covered ? 1 : 0}`)
  return ['TN:', `SF:${file}`, ...lines, `LF:${total}`, `LH:${covered}`, 'end_of_record', ''].join('\n')
}

export interface Case {
  suite: string
  name: string
  failure?: string
  skipped?: boolean
}

export function junit(cases: Case[]): string {
  const inXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
  const suites = [...new Set(cases.map((c) => c.suite))]
  const body = suites.map((suite) => {
    const own = cases.filter((c) => c.suite === suite)
    const rows = own.map((c) => {
      const inner =
        c.failure !== undefined
          ? `<failure message="${inXml(c.failure)}">${inXml(c.failure)}</failure>`
          : c.skipped
            ? '<skipped/>'
            : ''
      return `<testcase classname="${inXml(suite)}" name="${inXml(c.name)}" time="0.01">${inner}</testcase>`
    })
    return `<testsuite name="${inXml(suite)}" tests="${own.length}" failures="${own.filter((c) => c.failure !== undefined).length}" errors="0" skipped="${own.filter((c) => c.skipped).length}">${rows.join('')}</testsuite>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>${body.join('')}</testsuites>\n`
}

export function k6(p95 = 180): string {
  return JSON.stringify({
    metrics: {
      http_req_duration: { avg: 90, min: 5, med: 80, max: 400, 'p(90)': 150, 'p(95)': p95 },
      http_req_failed: { passes: 0, fails: 5000, value: 0 },
      http_reqs: { count: 5000, rate: 1500 },
      iterations: { count: 5000, rate: 1500 },
    },
    root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: {}, checks: {} },
  })
}

export function sarif(
  results: { rule: string; level: 'error' | 'warning' | 'note'; path: string; line: number; message: string }[] = [],
): string {
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Semgrep', rules: [] } },
        invocations: [{ executionSuccessful: true }],
        results: results.map((r) => ({
          ruleId: r.rule,
          level: r.level,
          message: { text: r.message },
          locations: [{ physicalLocation: { artifactLocation: { uri: r.path }, region: { startLine: r.line } } }],
        })),
      },
    ],
  })
}

export const README = `# Shop\n\n${'It sells things to people who want them. '.repeat(20)}\n\n## Use\n\nStart it and look.\n`

export const POLICY = `version: 1
metrics:
  test_coverage: { evidence: [reports/component/lcov.info, reports/component/junit.xml] }
  performance_compliance:
    evidence: reports/k6-summary.json
    objectives: [{ sli: http_req_duration.p95, pass: "< 200ms" }]
  security_score: { evidence: reports/semgrep.sarif }
  documentation_completeness: { documents: [{ path: README.md }] }
  integration_test_coverage: { evidence: [reports/integration/lcov.info, reports/integration/junit.xml] }
  service_communication: { points: [{ id: shop to stock, tests: communication }] }
  external_integration: { points: [{ id: bank, tests: external }] }
  database_integration: { points: [{ id: orders, tests: database }] }
`

/** Everything level 2 needs, as files of a workspace. The policy itself lies on the trusted branch. */
export function readyFiles(): Record<string, string> {
  const files: Record<string, string> = { 'README.md': README, 'reports/k6-summary.json': k6(), 'reports/semgrep.sarif': sarif() }
  files['reports/component/lcov.info'] = lcov(96, 100)
  files['reports/integration/lcov.info'] = lcov(97, 100, 'src/shop.js')
  files['reports/component/junit.xml'] = junit([
    { suite: 'price', name: 'adds up' },
    { suite: 'price', name: 'rounds' },
  ])
  files['reports/integration/junit.xml'] = junit([
    { suite: 'communication', name: 'asks the stock' },
    { suite: 'external', name: 'pays' },
    { suite: 'database', name: 'keeps orders' },
  ])
  return files
}
