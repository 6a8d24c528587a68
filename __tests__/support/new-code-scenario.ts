// A pull request whose new code is short of its limit: 31 of 40 changed lines, in two files that hurt, with one generated file left out.
import { newCode } from '../../src/metrics/new-code.ts'
import type { CriterionConfig } from '../../src/model/config.ts'
import type { ChangedFile } from '../../src/model/diff.ts'
import type { FileCoverage } from '../../src/model/evidence.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { reason } from '../../src/model/reason.ts'
import type { Result } from '../../src/model/result.ts'
import { criterionConfig, limit, metricConfig, seedConfig } from './config.ts'
import { coverageFacts, file, measureInput } from './facts.ts'
import { admitted } from './judged.ts'
import { resultOf } from './result.ts'

const ID = 'new_code_coverage'

export function newCodeShort(): Result {
  const metric = measured()
  const criterion: CriterionConfig = {
    ...criterionConfig(ID, 'component', limit('>', 80)),
    origin: '.github/certification.yml:14',
    pass: [{ ...limit('>', 80), origin: '.github/certification.yml:14' }],
  }
  return resultOf({
    change: (input) => {
      input.resolved.config!.metrics.push(metricConfig(ID, 'new_code', 'component'))
      input.metrics = [...input.metrics, metric]
      const level = input.levels[0]!
      const why = [reason('limit_not_met', { actual: metric.value!, unit: '%', limit: '> 80 %' }), ...metric.reasons]
      level.criteria.push({ criterion, outcome: 'fail', metric, actual: metric.value, baseline: null, delta: null, reasons: why })
      level.state = 'failed'
      level.outstanding = 'failure'
      level.reasons = [reason('criteria_short', { level: 'component', criteria: [ID] })]
      const above = input.levels[1]!
      above.state = 'blocked'
      above.outstanding = 'failure'
      above.reasons = [reason('level_below_not_reached', { level: 'component', state: 'failed' })]
      const [first, second] = input.gates
      Object.assign(first!, { state: 'exit_failed', proceed: false, outstanding: 'failure', reasons: level.reasons })
      const entry = second!.entry.find((item) => item.check.startsWith('level:'))!
      Object.assign(entry, { outcome: 'fail', reasons: above.reasons })
      Object.assign(second!, {
        state: 'entry_failed',
        proceed: false,
        outstanding: 'failure',
        reasons: [reason('gate_entry_failed', { gate: 2, items: [entry.text] })],
      })
      input.decision = {
        ...input.decision,
        verdict: 'failed',
        level: 0,
        proceed: false,
        failedCriteria: [ID],
        shortfall: [{ level: 'component', items: why.slice(0, 1).map((one) => ({ ...one, about: ID })) }],
        reasons: level.reasons,
      }
    },
  })
}

/** Measured as any run measures it. */
function measured(): MetricValue {
  const config = seedConfig()
  const metric = metricConfig(ID, 'new_code', 'component')
  const hits = (covered: [number, number][], total: number): number[] =>
    Array.from({ length: total }, (_, at) => (covered.some(([from, to]) => at + 1 >= from && at + 1 <= to) ? 1 : 0))
  const files: FileCoverage[] = [
    file(
      '/home/runner/work/shop/shop/src/auth.ts',
      hits(
        [
          [1, 30],
          [45, 60],
        ],
        60,
      ),
    ),
    file(
      '/home/runner/work/shop/shop/src/cart/total.ts',
      hits(
        [
          [1, 11],
          [14, 40],
        ],
        40,
      ),
    ),
  ]
  const changed = (path: string, added: [number, number][], generated: string | null = null): ChangedFile => ({
    path,
    from: null,
    status: 'modified',
    added,
    unread: null,
    generated,
  })
  const diff = {
    base: 'b'.repeat(40),
    problem: null,
    files: [
      changed('src/auth.ts', [
        [21, 37],
        [46, 50],
      ]),
      changed('src/cart/total.ts', [[3, 20]]),
      changed('src/api.gen.ts', [[1, 400]], 'marked as generated in .gitattributes'),
      changed('README.md', [[3, 9]]),
    ],
  }
  const evidence = [admitted('coverage/lcov.info', 'component', coverageFacts(...files))]
  const input = measureInput(config, evidence, { diff, repository: new Set(diff.files.map((one) => one.path)) })
  return newCode.measure({ metric, evidence, tests: [], component: null, input, ask: () => null })
}
