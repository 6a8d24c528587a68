// Runs of every kind: each world is another way for a report, a policy or a repository to be.
import type { Change } from '../../../src/app/ports.ts'
import type { world } from '../ports.ts'
import { junit, k6, lcov, POLICY, sarif } from '../ready-repository.ts'
import { CONFIG, ready } from './recorded.ts'

export interface Kind {
  files: Record<string, string | Uint8Array>
  change?: Parameters<typeof world>[1]
}

const HALF = '\ud800'
const HOSTILE = `__proto__ \u0000\u001b[31m <!-- --> \u202e ::error:: ${HALF}`
const finding = { rule: 'sql-injection', level: 'error', path: 'src/db.js', line: 3, message: 'SQL' } as const

function without(path: string): Record<string, string | Uint8Array> {
  const files = ready()
  delete files[path]
  return files
}

function manyTests(count: number): string {
  return junit(Array.from({ length: count }, (_, at) => ({ suite: `s${at % 7}`, name: `case ${at}` })))
}

/** What the other report leaves open. */
function other(report: string): string {
  return report.replace(/DA:(\d+),(\d)/g, (_, line, hit) => `DA:${line},${1 - hit}`)
}

/** CTRF, whose JSON can say what no XML can. */
function ctrf(name: string, message: string): string {
  const summary = { tests: 2, passed: 1, failed: 1, skipped: 0, pending: 0, other: 0, start: 1, stop: 2 }
  const tests = [
    { name, status: 'failed', duration: 1, message, trace: message, suite: name },
    { name: 'fine', status: 'passed', duration: 1, suite: '__proto__' },
  ]
  return JSON.stringify({ reportFormat: 'CTRF', specVersion: '0.0.0', results: { tool: { name }, summary, tests } })
}

const COMPONENTS = `version: 1
components:
  cart: { paths: [packages/cart], evidence: [{ path: packages/cart/lcov.info }] }
  constructor: { paths: [packages/pay], evidence: [{ path: packages/pay/lcov.info }] }
metrics:
  test_coverage: { coverage: { exclude: ["**/generated/**"] } }
`

const NEW_CODE = 'certification_levels: { level_1: { validation_criteria: { new_code_coverage: "> 80%" } } }\n'

/** A change that adds these lines. */
function changing(files: Record<string, [number, number][]>): Change {
  return {
    state: async () => ({ draft: false, conflict: false, changed: null }),
    producers: async () => [],
    ancestors: async () => ({ commits: null, problem: null }),
    diff: async () => ({
      base: 'b'.repeat(40),
      problem: null,
      files: Object.entries(files).map(([path, added]) => ({
        path,
        from: null,
        status: 'modified',
        added,
        unread: null,
        generated: null,
      })),
    }),
  }
}

const TWO_LISTS = `checklists:
  pre_certification: { source: docs/list.md }
  operational: { items: [{ text: "Covered", domain: operational, check: "test_coverage >= 90%" }, { text: "Runbook", domain: operational, check: "file:docs/runbook.md" }] }
`

const WORDS = '(by @ada, 2026-11-01, evidence: docs/runbook.md, until 2027-05-01)'
const ISSUES = `checklists:
  pre_certification:
    source: docs/list.md
    items: [{ text: "Work done", check: "issues.closed: 12, 15" }, { text: "Sub-issues done", check: "sub_issues.closed: 7" }]
metrics: { own_list: { kind: checklist, checklists: [pre_certification] } }
`

export const WORLDS: Record<string, Kind> = {
  'ticks with and without a word, and issues': {
    files: {
      ...ready({
        'docs/list.md': `## Security Compliance\n- [x] Keys ${WORDS}\n- [x] Locks\n## Phase 1 (progress)\n- [ ] Audit\n`,
        'docs/runbook.md': 'Restart.\n',
      }),
      [CONFIG]: `version: 1\n${ISSUES}`,
    },
    change: {
      issues: async () => ({
        issue: async (number) => ({ state: number === 12 ? 'closed' : 'open' }),
        subIssues: async () => ({ state: 'unknown', why: 'it is gone', asked: true }),
      }),
    },
  },
  'the ready repository': { files: ready() },
  'failing tests': {
    files: ready({
      'reports/component/junit.xml': junit([
        { suite: 'price', name: 'adds up', failure: 'expected 2\nto be 3' },
        { suite: 'price', name: 'rounds', skipped: true },
        { suite: 'price', name: 'divides' },
      ]),
    }),
  },
  'a great many tests': { files: ready({ 'reports/component/junit.xml': manyTests(3000) }) },
  'coverage too low': { files: ready({ 'reports/component/lcov.info': lcov(50, 100) }) },
  'missing evidence': { files: without('reports/component/lcov.info') },
  'an entry that is not met': { files: { ...ready(), [CONFIG]: `${POLICY}evidence: [{ path: "more/*.xml", expect: 3 }]\n` } },
  'files that cannot be read': {
    files: ready({ 'reports/k6-summary.json': '{"metrics": {', 'reports/semgrep.sarif': new Uint8Array([1, 2, 0, 255]) }),
  },
  'refused files': {
    files: ready(),
    change: { inAction: true, tracked: ['reports/component/lcov.info', 'reports/semgrep.sarif'] },
  },
  'findings and suppressions': {
    files: {
      ...ready({ 'reports/semgrep.sarif': sarif([finding, { ...finding, rule: 'xss', line: 9 }]) }),
      [CONFIG]: `${POLICY}suppressions: [{ id: xss, justification: not reachable, owner: "@acme/sec", expires: 2027-01-01 }]\n`,
    },
  },
  'hostile text': {
    files: ready(
      {
        'reports/component/junit.xml': junit([
          { suite: '__proto__', name: 'constructor', failure: HOSTILE.replace(/[\u0000\u001b]/g, '') },
        ]),
        'reports/component/more.json': ctrf(HOSTILE, HOSTILE.repeat(200)),
        'reports/semgrep.sarif': sarif([{ ...finding, rule: HOSTILE, path: `${HOSTILE}.js`, message: HOSTILE }]),
        'reports/component/lcov.info': `${lcov(96, 100)}${lcov(1, 2, '__proto__')}`,
      },
      'evidence: [reports/component/more.json]\n',
    ),
  },
  'new code, judged': {
    files: ready({}, NEW_CODE),
    change: { change: changing({ 'src/price.js': [[1, 30]], 'README.md': [[1, 1]] }) },
  },
  'new code of which a report says nothing': {
    files: ready({ 'reports/component/lcov.info': lcov(50, 100) }, NEW_CODE),
    change: { change: changing({ 'src/price.js': [[30, 80]], 'src/new.js': [[1, 3]], [HOSTILE]: [[1, 2]] }) },
  },
  'new code in more places than a record keeps': {
    files: ready({ 'reports/component/lcov.info': lcov(9000, 10_000) }),
    change: { change: changing({ 'src/price.js': Array.from({ length: 4000 }, (_, at) => [2 * at + 2000, 2 * at + 2000]) }) },
  },
  'components of a monorepo': {
    files: {
      ...ready(),
      [CONFIG]: COMPONENTS,
      'packages/cart/lcov.info': lcov(96, 100, 'packages/cart/a.js'),
      'packages/pay/lcov.info': lcov(50, 100, 'packages/pay/generated/a.js') + lcov(5, 10, 'packages/pay/b.js'),
    },
  },
  'several reports of the same file': {
    files: {
      ...ready({ 'reports/component/b.info': lcov(3, 120), 'reports/component/c.info': other(lcov(96, 100)) }),
      [CONFIG]: POLICY.replace('[reports/component/lcov.info,', '["reports/component/*.info",'),
    },
  },
  'checklists and deliverables': {
    files: ready(
      { 'docs/list.md': '# Go\n\n- [x] one\n- [ ] two __proto__\n', 'docs/runbook.md': 'Call somebody.' },
      `  production_readiness: { checklists: [pre_certification, operational] }\n${TWO_LISTS}certification_gates:\n  gate_1:\n    deliverables: [{ name: Runbook, path: docs/runbook.md }, { name: Plan, path: "plans/*" }]\n`,
    ),
  },
  'a document that falls short': { files: ready({ 'README.md': '# Shop\n\nTODO: [more](docs/none.md)\n' }) },
  'a pull request, jobs skipped': {
    files: ready(),
    change: {
      subject: {
        repository: 'acme/shop',
        commit: 'b'.repeat(40),
        tested: 'd'.repeat(40),
        ref: 'refs/pull/7/merge',
        event: 'pull_request',
        pullRequest: 7,
        run: 12,
        attempt: 2,
      },
      change: {
        state: async () => ({ draft: true, conflict: null, changed: null }),
        producers: async () => [{ job: HOSTILE, result: 'skipped', needed: true }],
        ancestors: async () => ({ commits: new Set(['c'.repeat(40)]), problem: null }),
        diff: async () => ({ base: 'e'.repeat(40), files: [], problem: HOSTILE }),
      },
      policy: {
        trusted: async () => ({ text: POLICY, source: `${CONFIG}@main` }),
        head: async () => POLICY.replace('200ms', '900ms'),
        remote: async () => ({ text: '', source: '' }),
      },
    },
  },
  'a metric named constructor, and history asked for': {
    files: {
      ...ready(),
      [CONFIG]:
        POLICY.replace(
          'metrics:\n',
          'metrics:\n  constructor: { kind: performance, level: component, evidence: reports/k6-summary.json, objectives: [{ sli: http_req_duration.p95, pass: "<= +10%" }] }\n  held: { kind: continuity, level: integration, unit: d }\n',
        ) +
        `certification_levels:\n  level_1:\n    validation_criteria:\n      constructor: 100\n      test_coverage: { pass: ["> 95%", ">= -0.5pp"], regression: { test: iqr, boundary: 1.5 } }\n`,
    },
  },
  'numbers without end': {
    files: ready({
      'reports/component/junit.xml': junit([{ suite: 'price', name: 'adds up', failure: 'x' }])
        .replace('<testsuite ', '<testsuite time="Infinity" ')
        .replace('time="0.01"', 'file="a.js" line="1e999" time="1e999"'),
    }),
  },
  'no config at all': { files: { 'README.md': '# Shop', 'coverage/lcov.info': lcov(9, 10), 'k6.json': k6() } },
}
