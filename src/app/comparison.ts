// What a result says of history: what it was compared with, how long its level is held, where its numbers are going.
import { changesSince } from '../history/changes.ts'
import type { OpenOf } from '../history/seen.ts'
import { trendsOf } from '../history/trend.ts'
import { distinct, sift } from '../metrics/findings.ts'
import type { Config } from '../model/config.ts'
import { continuityOf } from '../model/continuity.ts'
import type { Facts } from '../model/facts.ts'
import type { Baselines, Comparison, History, PastRun } from '../model/history.ts'
import type { Decision, LevelResult } from '../model/judgement.ts'
import type { MetricValue } from '../model/metric.ts'

export interface Compared {
  config: Config
  history: History
  baselines: Baselines
  levels: readonly LevelResult[]
  metrics: readonly MetricValue[]
  /** Of the admitted reports. */
  facts: readonly Facts[]
  decision: Decision
  commit: string | null
  now: Date
  /** It is a run of the branch itself, and so a point of its series; a pull request's never is. */
  main: boolean
}

export function comparisonOf(compared: Compared): Comparison {
  const { config, history, baselines, decision, now } = compared
  const { state, place, head, branch, runs } = history
  const series: History = compared.main ? { ...history, runs: [...runs, thisRun(compared)] } : history
  const found = Object.values(baselines.criteria)
  const samples = found.map((one) => (one.state === 'found' ? one.baseline.samples : [])).find((list) => list.length > 0) ?? []
  const records = samples.map(({ seq, commit, at }) => ({ seq, commit, at }))
  const looked = found.find((one) => one.state !== 'found' || one.baseline.samples.length > 0)
  return {
    state,
    place,
    head,
    branch,
    runs: runs.length,
    baseline: records.length === 0 ? null : { records },
    steps: state === 'off' ? [] : (looked?.steps ?? []),
    continuity: state === 'known' && decision.level !== 0 ? continuityOf(decision.level, series) : null,
    trends: state === 'known' ? trendsOf(config, series, now) : [],
    changes: changesSince({ ...compared, openOf: openFindings(config, now) }),
  }
}

/** What policy does not accept today. The same for this run and for earlier ones, so that an acceptance mends nothing. */
export function openFindings(config: Config, now: Date): OpenOf {
  return (findings) => sift(distinct(findings), config, now).open
}

/** Its number is the one after the last: the record that it will become. */
function thisRun({ history, levels, decision, commit, now }: Compared): PastRun {
  const criteria = levels.flatMap((level) =>
    level.criteria.flatMap(({ criterion, outcome, actual, metric }) =>
      actual === null ? [] : [[criterion.id, { outcome, value: actual, unit: metric?.unit ?? '' }] as const],
    ),
  )
  return {
    seq: (history.head?.seq ?? 0) + 1,
    at: now.toISOString(),
    commit,
    verdict: decision.verdict,
    level: decision.level,
    baseline: false,
    policy: null,
    criteria: Object.fromEntries(criteria),
    slis: {},
  }
}
