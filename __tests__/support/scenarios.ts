// The situations every surface is looked at in: one golden folder each, under __tests__/golden.
import { junit } from '../../src/evidence/formats/tests/junit.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { Changes } from '../../src/model/changes.ts'
import type { TestFacts } from '../../src/model/facts.ts'
import type { Comparison } from '../../src/model/history.ts'
import type { ResultCertificate } from '../../src/model/last-certificate.ts'
import type { MetricPart } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import type { Result } from '../../src/model/result.ts'
import type { ReportInput } from '../../src/reporting/model.ts'
import { SEED_CRITERIA } from './config.ts'
import { configOf, coverageFacts, lines, measured } from './facts.ts'
import { admitted } from './judged.ts'
import { newCodeShort } from './new-code-scenario.ts'
import { COMMIT, type CriterionSpec, coverage, missing, NO_COMPARISON, NOW, rejectedFile, resultOf } from './result.ts'
import { sourceOf } from './source.ts'

export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '@everyone',
  '::error file=a::pwned',
  '##[error]pwned',
  '](https://evil.example/x)![p](https://evil.example/p.png)',
  '`code` **bold** | cell | <!-- comment --> </details>',
  'fix #123 GH-45 deadbeefcafe octo/shop#9',
  '\u001b[31mred\u001b[0m \u202egnp.exe \u0007bell',
  '```\nfence\n# heading\n- item',
  'https://evil.example www.evil.example me@evil.example',
  '$\\huge x$ ~~gone~~ [^1] \\',
].join('\n')

export const SCENARIOS: Record<string, () => Result> = {
  'all-green': () => resultOf(),
  'one-criterion-short': () => resultOf({ criteria: { test_coverage: short() } }),
  'no-evidence': noEvidence,
  'forty-failures': fortyFailures,
  'pending-approval': pendingApproval,
  'could-not-judge': couldNotJudge,
  hostile: () => hostileResult(HOSTILE),
  'policy-changed': policyChanged,
  compared,
  'first-run': firstRun,
  'level-gained': () =>
    resultOf({ change: (input) => Object.assign(input, { comparison: since({ level: 1, verdict: 'failed' }) }) }),
  'level-lost': levelLost,
  certified: () => resultOf({ change: (input) => Object.assign(input, { certificate: CERTIFIED }) }),
  'certificate-of-another': () =>
    resultOf({
      criteria: { test_coverage: short() },
      change: (input) =>
        Object.assign(input, {
          certificate: {
            ...CERTIFIED,
            state: 'revoked',
            commit: '9'.repeat(40),
            covers: false,
            since: '2026-03-02T08:00:00.000Z',
            why: 'It was revoked: a vulnerability became known.',
          },
        }),
    }),
  'big-trace': bigTrace,
  'new-code': newCodeShort,
}

export const CERTIFIED: ResultCertificate = {
  branch: 'main',
  state: 'active',
  id: 'CERT-01KB8M4Z7Q9V3T5W2X8Y6R1N0P',
  commit: COMMIT,
  level: 2,
  covers: true,
  since: '2026-02-24T00:00:00.000Z',
  until: '2027-02-24T00:00:00.000Z',
  why: null,
}

const short = (): CriterionSpec =>
  coverage(1899, [
    {
      name: 'src/auth.ts',
      state: 'short',
      detail: '60 of 74 lines',
      path: 'src/auth.ts',
      ranges: [[31, 44]],
      kind: 'file',
      lacks: 14,
      sizes: [14],
    },
    {
      name: 'src/cart/total.ts',
      state: 'short',
      detail: '81 of 90 lines',
      path: 'src/cart/total.ts',
      ranges: [
        [12, 15],
        [88, 92],
      ],
      kind: 'file',
      lacks: 9,
      sizes: [4, 5],
    },
  ])

const LOOKED_FOR: Record<string, string[]> = {
  test_coverage: ['coverage/lcov.info', '**/cobertura*.xml', '**/jacoco.xml'],
  performance_compliance: ['k6-summary.json'],
  security_score: ['**/*.sarif', 'npm-audit.json'],
  documentation_completeness: ['README.md'],
}

function noEvidence(): Result {
  return resultOf({
    criteria: Object.fromEntries(SEED_CRITERIA.map(({ id }) => [id, missing(id, LOOKED_FOR[id] ?? [])])),
    change: (input) => {
      input.admitted = []
      input.resolved.source = 'defaults'
      input.resolved.config!.mode = 'advisory'
    },
  })
}

function fortyFailures(): Result {
  const names = Array.from({ length: 40 }, (_, index) => `cart › totals › case ${index + 1} adds up in every currency`)
  return resultOf({
    criteria: {
      test_coverage: {
        ...coverage(1940),
        outcome: 'fail',
        reasons: [reason('tests_failed', { failed: 40, errors: 0, names })],
        parts: names.map((name, index) => ({
          name,
          state: 'short',
          detail: `expected ${index} to be ${index + 1}`,
          path: 'tests/cart.test.ts',
          ranges: [[10 + index * 7, 10 + index * 7]],
          kind: 'test',
          must: true,
          lines: [`expected ${index} to be ${index + 1}`, `- ${index + 1}`, `+ ${index}`],
        })),
      },
      security_score: {
        outcome: 'fail',
        value: 45,
        formula: '100 - 2 x 25 (high) - 1 x 5 (medium) = 45 %',
        reasons: [
          reason('limit_not_met', { actual: 45, unit: '%', limit: '>= 100 %' }),
          reason('findings_open', { critical: 0, high: 2, medium: 1, low: 0 }),
        ],
        parts: [
          openFinding('js/sql-injection: query built from user input', 'high', 25, 'src/db/query.ts', 42),
          openFinding('js/path-injection: path built from user input', 'high', 25, 'src/files/open.ts', 7),
          openFinding('js/weak-hash: MD5 used for a signature', 'medium', 5, 'src/db/query.ts', 90),
        ],
      },
    },
    change: (input) => {
      for (const gate of input.gates.filter((one) => one.gate.number === 1)) {
        for (const item of gate.exit.filter((one) => one.check.startsWith('tests.passed'))) {
          item.outcome = 'fail'
          item.reasons = [reason('tests_failed', { failed: 40, errors: 0, names })]
        }
      }
    },
  })
}

function openFinding(name: string, severity: string, lacks: number, path: string, line: number): MetricPart {
  return { name, state: 'short', detail: `${severity}, semgrep`, path, ranges: [[line, line]], kind: 'finding', lacks }
}

function pendingApproval(): Result {
  return resultOf({
    target: 3,
    criteria: Object.fromEntries(
      SEED_CRITERIA.filter(({ level }) => level === 'service').map(({ id }) => [
        id,
        { outcome: 'pass', value: 100, formula: '100 %' } satisfies CriterionSpec,
      ]),
    ),
    change: (input) => {
      const gate = input.gates.find((one) => one.gate.number === 3)!
      for (const item of [...gate.entry, ...gate.exit, ...gate.deliverables]) {
        item.outcome = 'pass'
        item.reasons = []
      }
      gate.state = 'awaiting_approval'
      gate.outstanding = 'approval'
      gate.reasons = [reason('awaiting_approval', { gate: 3, environment: 'certify-gate-3' })]
      gate.gate.signOffs = [{ role: 'technical', users: [], teams: [], environment: null, required: true, distinct: true }]
    },
  })
}

function couldNotJudge(): Result {
  const path = '.github/certification.yml'
  const problems = [
    {
      code: 'unknown_key',
      message: 'unknown key "certification_level"',
      hint: 'did you mean certification_levels?',
      path,
      line: 3,
      column: 1,
    },
    { code: 'not_a_date', message: '"November 31, 2025" is not a date', hint: 'use 2025-11-30', path, line: 41, column: 14 },
    {
      code: 'out_of_range',
      message: 'test_coverage: 950 is more than 100 %',
      hint: 'use a limit from 0 to 100',
      path,
      line: 12,
      column: 24,
    },
  ]
  return resultOf({
    change: (input) => {
      Object.assign(input, {
        admitted: [],
        metrics: [],
        levels: [],
        gates: [],
        notices: problems,
        digest: `sha256:${'4f'.repeat(32)}`,
      } satisfies Partial<ReportInput>)
      input.resolved = { ...input.resolved, config: null, digest: null, problems, source: path }
      input.decision = {
        verdict: 'error',
        level: 0,
        target: 1,
        proceed: false,
        pendingFor: null,
        warnings: 0,
        failedCriteria: [],
        shortfall: [],
        reasons: [reason('config_invalid', { path, problems: problems.length })],
      }
    },
  })
}

function policyChanged(): Result {
  return resultOf({
    criteria: {
      test_coverage: coverage(1910),
      security_score: {
        outcome: 'warn',
        value: 99,
        formula: '100 - 1 x 1 (low) = 99 %',
        reasons: [reason('in_warn_band', { actual: 99, unit: '%', limit: '>= 95 %' })],
      },
    },
    change: (input) => {
      input.changedInHead = {
        tightened: ['documentation_completeness: >= 90 % → >= 100 %'],
        loosened: ['test_coverage: > 95 % → > 80 %', 'gate 1: disabled'],
      }
      input.resolved.loosened = [
        {
          pointer: '/validation_criteria/security_score/warn',
          from: 'none',
          to: '>= 95 %',
          origin: '.github/certification.yml:18',
        },
        {
          pointer: '/metrics/test_coverage/exclude',
          from: '[]',
          to: '["src/generated/**"]',
          origin: '.github/certification.yml:27',
        },
      ]
      input.resolved.ignored = [{ pointer: '/target/pull_request', from: '2', to: '1', origin: 'input level' }]
      input.resolved.config!.notInForce = ['certification_reporting', 'certification_maintenance']
    },
  })
}

/** The same hostile text in every field that foreign text can reach. */
export function hostileResult(text: string): Result {
  const parts: CriterionSpec['parts'] = [
    { name: text, state: 'short', detail: text, path: text, ranges: [[1, 2]], kind: 'file', lacks: 700 },
    { name: text, state: 'short', detail: text, path: 'src/real.ts', ranges: [[3, 3]], kind: 'file', lacks: 201 },
    {
      name: text,
      state: 'short',
      detail: text,
      path: 'src/real.ts',
      ranges: [[4, 4]],
      kind: 'test',
      must: true,
      lines: [text, text],
    },
  ]
  const things: CriterionSpec['parts'] = [
    { name: text, state: 'short', detail: text, path: text, ranges: [[5, 5]], kind: 'finding', lacks: 80 },
    { name: text, state: 'short', detail: text, path: text, ranges: [], kind: 'objective', lacks: 5 },
    { name: text, state: 'short', detail: text, path: text, ranges: [[6, 6]], kind: 'document', lacks: 5, lines: [text] },
  ]
  return resultOf({
    criteria: {
      test_coverage: { ...coverage(1000, parts), formula: text },
      performance_compliance: {
        outcome: 'fail',
        value: 10,
        unit: text,
        reasons: [
          reason('limit_not_met', { actual: 10, unit: '%', limit: '>= 100 %' }),
          reason('objective_failed', { sli: text, actual: 5, unit: text, limit: text }),
        ],
        parts: things,
      },
      security_score: { outcome: 'error', reasons: [reason('scan_failed', { path: text, tool: text, why: text })] },
      documentation_completeness: {
        outcome: 'fail',
        value: 1,
        reasons: [reason('tests_failed', { failed: 2, errors: 0, names: [text, text] })],
      },
    },
    change: (input) => hostileInput(input, text),
  })
}

function hostileInput(input: ReportInput, text: string): void {
  const { resolved } = input
  input.name = text
  input.changedInHead = { tightened: [text], loosened: [text] }
  input.comparison = hostileComparison(text)
  input.certificate = {
    ...CERTIFIED,
    state: 'conditional',
    branch: text,
    id: text,
    commit: text,
    covers: false,
    until: text,
    why: text,
  }
  input.notices = [{ code: text, message: text, hint: text, path: text, line: 3 }]
  input.subject = { ...input.subject, repository: text, ref: text }
  resolved.source = text
  resolved.loosened = [{ pointer: text, from: text, to: text, origin: text }]
  resolved.ignored = resolved.loosened
  resolved.config!.notInForce = [text]
  for (const level of input.levels) level.level.name = text
  for (const { criterion } of input.levels[0]!.criteria)
    criterion.pass = criterion.pass.map((limit) => ({ ...limit, text, origin: text }))
  for (const gate of input.gates) {
    Object.assign(gate.gate, { name: text, environment: text })
    for (const item of [...gate.entry, ...gate.exit, ...gate.deliverables]) {
      Object.assign(item, { text, check: text, outcome: 'fail', reasons: [reason('note', { text })] })
    }
  }
  for (const file of input.admitted) {
    Object.assign(file.ref, { path: text })
    Object.assign(file, { format: text, info: { ...file.info, producer: text } })
  }
  input.gathered.rejected = [rejectedFile(text, reason('evidence_unreadable', { path: text, why: text }))]
  input.decision.shortfall = [{ level: 'service', items: [reason('evidence_missing', { what: text, expected: [text] })] }]
}

function hostileComparison(text: string): Comparison {
  const test = { name: text, path: text, since: 3, flaky: { failed: 2, runs: 9 } }
  const found = { tool: text, name: text, severity: 'high' as const, path: text, line: 3 }
  const measured = { metric: text, sli: text, unit: text, value: 3, median: 2, noise: 1, runs: 9 }
  const comparison = since({ level: 2, commit: text })
  return {
    ...comparison,
    place: text,
    branch: text,
    baseline: { records: [{ seq: 1, commit: text, at: NOW.toISOString() }] },
    changes: {
      ...comparison.changes!,
      tests: { newly: few([test]), still: few([test]), fixed: few([test]), flaky: few([test]), gone: 1, complete: false },
      findings: { added: few([found]), fixed: few([found]), open: 1, uncompared: [text], complete: false },
      performance: (['worse', 'better', 'within_noise', 'few'] as const).map((state) => ({ ...measured, state })),
    },
  }
}

const few = <T>(first: T[], total = first.length) => ({ total, first })

/** Something of each kind: tests, findings, measurements, worse and better. */
const CHANGES: Changes = {
  against: {
    seq: 36,
    commit: '9c5f0a1b2d3e4f5061728394a5b6c7d8e9f00112',
    at: '2026-03-12T09:00:00Z',
    verdict: 'passed',
    level: 2,
  },
  tests: {
    newly: few([{ name: 'cart > totals > adds up in yen', path: 'tests/cart.test.ts', since: null, flaky: null }]),
    still: few([
      { name: 'stock > reserves the last item', path: 'tests/stock.test.ts', since: 34, flaky: { failed: 4, runs: 10 } },
    ]),
    fixed: few([
      { name: 'cart > totals > rounds half up', path: 'tests/cart.test.ts', since: null, flaky: null },
      { name: 'bank > refuses a card', path: 'tests/bank.test.ts', since: null, flaky: null },
    ]),
    flaky: few([{ name: 'stock > two buyers', path: 'tests/stock.test.ts', since: null, flaky: { failed: 3, runs: 10 } }]),
    gone: 1,
    complete: true,
  },
  findings: {
    added: few([
      {
        tool: 'semgrep',
        name: 'js/sql-injection: query built from user input',
        severity: 'high',
        path: 'src/db/query.ts',
        line: 42,
      },
      { tool: 'semgrep', name: 'js/weak-hash: MD5 used for a signature', severity: 'low', path: 'src/db/query.ts', line: 90 },
    ]),
    fixed: few([{ tool: 'semgrep', name: 'js/path-injection', severity: 'medium', path: 'src/files/open.ts', line: 7 }]),
    open: 4,
    uncompared: ['trivy'],
    complete: true,
  },
  performance: [
    {
      metric: 'performance_compliance',
      sli: 'http_req_duration.p95',
      unit: 'ms',
      value: 212,
      median: 180,
      noise: 4,
      runs: 10,
      state: 'worse',
    },
    {
      metric: 'performance_compliance',
      sli: 'http_reqs.rate',
      unit: 'req/s',
      value: 1490,
      median: 1500,
      noise: 9,
      runs: 10,
      state: 'within_noise',
    },
  ],
}

/** The eighth run of main: coverage is falling towards its limit, one time got better, level 2 is held for six weeks. */
function compared(): Result {
  const past = (values: readonly number[]) => values.map((value, at) => ({ seq: 30 + at, at: day(at), value }))
  const day = (at: number): string => new Date(Date.parse('2026-03-06T09:00:00Z') + at * 86_400_000).toISOString()
  const falling = past([97.4, 97.1, 96.9, 96.6, 96.4, 96.0, 95.9, 95.6])
  const noisy = past([100, 98, 100, 100, 97, 100, 99, 100])
  const even = past([100, 100, 100, 100, 100, 100, 100, 100])
  const quiet = { policyChanges: [], crossing: null }
  return resultOf({
    criteria: { test_coverage: coverage(1912) },
    change: (input) => {
      const criteria = input.levels.flatMap((level) => level.criteria)
      for (const [id, before] of Object.entries({
        test_coverage: 95.9,
        integration_test_coverage: 98.2,
        performance_compliance: 90,
      })) {
        const one = criteria.find((each) => each.criterion.id === id)!
        one.baseline = before
        one.delta = Number(((one.actual ?? 0) - before).toPrecision(12))
      }
      for (const one of criteria) if (one.baseline === null && one.actual !== null) [one.baseline, one.delta] = [one.actual, 0]
      input.comparison = {
        state: 'known',
        place: 'branch certify-ledger of octo/shop',
        head: { seq: 36, hash: '7d'.repeat(32) },
        branch: 'main',
        runs: 7,
        baseline: { records: [{ seq: 36, commit: '9c5f0a1b2d3e4f5061728394a5b6c7d8e9f00112', at: day(6) }] },
        steps: ['7 runs of main: 7 passed at or before the merge base'],
        continuity: { level: 2, since: '2026-02-01T10:00:00Z', seconds: 41 * 86_400, commits: 63, runs: 70, complete: true },
        changes: CHANGES,
        trends: [
          {
            criterion: 'test_coverage',
            unit: '%',
            points: falling,
            min: 95.6,
            median: 96.5,
            max: 97.4,
            direction: 'worsening',
            slope: -0.25,
            noise: 0.05,
            policyChanges: [],
            crossing: { runs: 3, at: '2026-03-16T09:00:00Z', limit: '> 95 %' },
          },
          {
            criterion: 'service_communication',
            unit: '%',
            points: noisy,
            min: 97,
            median: 100,
            max: 100,
            direction: 'stable',
            slope: 0,
            noise: 0.5,
            ...quiet,
          },
          {
            criterion: 'security_score',
            unit: '%',
            points: even,
            min: 100,
            median: 100,
            max: 100,
            direction: 'stable',
            slope: 0,
            noise: 0,
            ...quiet,
          },
        ],
      }
    },
  })
}

/** Main's last run, with so much known of it; nothing but the level is another one. */
function since(against: Partial<Changes['against']>): Comparison {
  const at = '2026-03-13T09:00:00Z'
  const commit = '9c5f0a1b2d3e4f5061728394a5b6c7d8e9f00112'
  return {
    ...NO_COMPARISON,
    state: 'known',
    place: 'branch certify-ledger of octo/shop',
    head: { seq: 36, hash: '7d'.repeat(32) },
    branch: 'main',
    runs: 7,
    baseline: { records: [{ seq: 36, commit, at }] },
    steps: ['7 runs of main: 7 passed at or before the merge base'],
    changes: {
      against: { seq: 36, commit, at, verdict: 'passed', level: 2, ...against },
      tests: null,
      findings: null,
      performance: [],
    },
  }
}

/** A ledger that is about to begin: nothing to compare with, and that is said. */
function firstRun(): Result {
  return resultOf({
    criteria: { test_coverage: coverage(1935) },
    change: (input) => {
      input.comparison = {
        ...NO_COMPARISON,
        state: 'absent',
        place: 'branch certify-ledger of octo/shop',
        branch: 'main',
        steps: ['no ledger yet at branch certify-ledger of octo/shop'],
      }
    },
  })
}

function levelLost(): Result {
  const { tests, findings } = CHANGES
  const lost: CriterionSpec = {
    outcome: 'fail',
    value: 66.66,
    formula: 'scenario coverage: 2 / 3 declared points = 66.66 %',
    ratio: { good: 2, total: 3, what: 'points' },
    reasons: [
      reason('limit_not_met', { actual: 66.66, unit: '%', limit: '>= 100 %' }),
      reason('items_open', { open: 1, total: 3, items: ['stock to bank'] }),
    ],
    parts: [
      {
        name: 'stock to bank',
        state: 'unknown',
        detail: 'no test is bound to it',
        path: null,
        ranges: [],
        kind: 'point',
        lacks: 1,
      },
    ],
  }
  return resultOf({
    criteria: { service_communication: lost },
    change: (input) => {
      const one = input.levels[1]!.criteria.find((each) => each.criterion.id === 'service_communication')!
      Object.assign(one, { baseline: 100, delta: -33.34 })
      const comparison = since({ level: 2 })
      input.comparison = { ...comparison, changes: { ...comparison.changes!, tests, findings } }
    },
  })
}

const FIVE_MB = 5_000_000

/** A report in which tests printed five megabytes: as one line, as very many, and as a test's name. */
export function bigReport(): string {
  const frame = 'at frame (node_modules/left-pad/index.js:1:1) '
  const line = frame.repeat(Math.ceil(FIVE_MB / frame.length))
  const many = Array.from({ length: 100_000 }, (_, at) => `    ${frame}#${at}`).join('\n')
  const failed = (name: string, message: string, trace: string): string =>
    `<testcase classname="trace" name="${name}" file="tests/trace.test.ts"><failure message="${message}">${trace}</failure></testcase>`
  const cases = [
    failed('prints one endless line', 'expected 1 to be 2', `Error: expected 1 to be 2\n${line}`),
    failed(
      'prints very many lines',
      `expected&#10;- 1&#10;+ 2&#10;${frame.repeat(1000)}`,
      `Error\n    at t (/home/runner/work/shop/shop/tests/trace.test.ts:31:5)\n${many}`,
    ),
    failed(`has an endless name ${line}`, line, line),
  ]
  return `<testsuites><testsuite name="trace">${cases.join('')}<testcase classname="trace" name="is fine"/></testsuite></testsuites>`
}

let bigFacts: TestFacts | null = null

/** As it comes out of the reader and of measuring, which is what keeps it small. */
function bigTrace(): Result {
  bigFacts ??= junit.read(sourceOf(bigReport(), 'unit/junit.xml'), DEFAULT_LIMITS).facts
  const evidence = [
    admitted('coverage/lcov.info', 'component', coverageFacts(lines(1940, 2000))),
    admitted('unit/junit.xml', 'component', bigFacts),
  ]
  const { formula, reasons, parts, ratio } = measured(configOf({ family: 'coverage' }), evidence)
  return resultOf({ criteria: { test_coverage: { outcome: 'fail', value: 97, formula, ratio, parts, reasons } } })
}
