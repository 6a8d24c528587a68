// The situations every surface is looked at in: one golden folder each, under __tests__/golden.
import type { MetricPart } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import type { Result } from '../../src/model/result.ts'
import type { ReportInput } from '../../src/reporting/model.ts'
import { SEED_CRITERIA } from './config.ts'
import { newCodeShort } from './new-code-scenario.ts'
import { type CriterionSpec, coverage, missing, rejectedFile, resultOf } from './result.ts'

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
  'new-code': newCodeShort,
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
        changes: null,
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
