// Builds the one document that every surface renders: what was judged, with words, in an order that only the input decides.
import type { GateApproval } from '../model/approval.ts'
import type { Resolved } from '../model/config.ts'
import type { Admitted, Evidence, Gathered } from '../model/evidence.ts'
import type { Comparison } from '../model/history.ts'
import type { CriterionResult, Decision, GateResult, LevelResult } from '../model/judgement.ts'
import { levelNumber } from '../model/level.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Problem } from '../model/problem.ts'
import { type Reason, reasonKey } from '../model/reason.ts'
import type { Result, ResultCriterion, ResultLevel, ResultMetric, Shortfall, StatedReason } from '../model/result.ts'
import { causeOf } from './causes.ts'
import { decisionReasons } from './decision-reasons.ts'
import { byCodeUnit, nameOf } from './evidence-list.ts'
import { evidenceRows } from './evidence-rows.ts'
import { gateRow, itemRow } from './gate-row.ts'
import { newCodeOf } from './new-code.ts'
import { stated, statedFor } from './stated.ts'

export { evidenceList } from './evidence-list.ts'

export const RESULT_SCHEMA = 'certify/result/v1'

export interface ReportInput {
  /** Version of this program. */
  version: string
  /** Tells several uses in one repository apart. */
  name: string
  now: Date
  clock: 'system' | 'fixed'
  subject: Result['subject']
  resolved: Resolved
  changedInHead: { tightened: string[]; loosened: string[] } | null
  gathered: Gathered
  admitted: readonly Admitted[]
  refused: readonly { evidence: Evidence; reason: Reason }[]
  metrics: readonly MetricValue[]
  levels: readonly LevelResult[]
  gates: readonly GateResult[]
  /** What people have said of the gates so far. */
  approvals: readonly GateApproval[]
  /** What history says of this run; null: nothing was judged. */
  comparison: Comparison | null
  /** The branch's newest one; null: none is known. */
  certificate: Result['certificate']
  decision: Decision
  notices: readonly Problem[]
  /** `sha256:` over the evidence list. */
  digest: string
}

export function buildResult(input: ReportInput): Result {
  const { resolved, subject, decision } = input
  const levels = levelRows(input.levels)
  return {
    schema: RESULT_SCHEMA,
    tool: { name: 'certify', version: input.version },
    name: input.name,
    evaluatedAt: input.now.toISOString(),
    clock: input.clock,
    subject: {
      repository: subject.repository,
      commit: subject.commit,
      tested: subject.tested,
      ref: subject.ref,
      event: subject.event,
      pullRequest: subject.pullRequest,
      run: subject.run,
      attempt: subject.attempt,
    },
    config: {
      source: resolved.source,
      digest: resolved.digest,
      mode: resolved.config?.mode ?? 'enforce',
      loosened: sortedBy(resolved.loosened, (entry) => entry.pointer),
      ignored: sortedBy(resolved.ignored, (entry) => entry.pointer),
      notInForce: [...(resolved.config?.notInForce ?? [])].sort(byCodeUnit),
      changedInHead: input.changedInHead,
    },
    evidenceDigest: input.digest,
    evidence: evidenceRows(input),
    metrics: input.metrics.map(metricRow),
    levels,
    gates: [...input.gates].sort((a, b) => a.gate.number - b.gate.number).map((one) => gateRow(one, input.approvals)),
    shortfall: shortfallOf(decision, levels),
    history: input.comparison,
    newCode: newCodeOf(resolved.config, input.metrics),
    notices: noticesOf(input.notices),
    decision: {
      verdict: decision.verdict,
      level: decision.level,
      target: decision.target,
      proceed: decision.proceed,
      pendingFor: decision.pendingFor,
      warnings: decision.warnings,
      failedCriteria: [...decision.failedCriteria],
      reasons: decisionReasons(decision.reasons, levels),
    },
    certificate: input.certificate,
  }
}

function metricRow(metric: MetricValue): ResultMetric {
  const { id, level, state, value, unit, formula, ratio, basis, reasons, parts } = metric
  return { id, level, state, value, unit, formula, ratio, basis: namesOf(basis), reasons: reasons.map(stated), parts }
}

function levelRows(levels: readonly LevelResult[]): ResultLevel[] {
  return [...levels]
    .sort((a, b) => a.level.number - b.level.number)
    .map(({ level, state, criteria, requirements, reasons }) => ({
      id: level.id,
      number: level.number,
      name: level.name,
      state,
      criteria: criteria.map(criterionRow),
      requirements: requirements.map((item) => itemRow(item, level.requirements)),
      reasons: reasons.map(stated),
    }))
}

function criterionRow(result: CriterionResult): ResultCriterion {
  const { criterion, metric } = result
  return {
    id: criterion.id,
    metric: criterion.metric,
    outcome: result.outcome,
    value: result.actual,
    unit: metric?.unit ?? criterion.pass[0]?.terms[0]?.unit ?? '',
    limit: {
      text: criterion.pass.map((limit) => limit.text).join(' and '),
      origin: criterion.pass[0]?.origin ?? criterion.origin,
    },
    key: criterion.key,
    weight: criterion.weight,
    baseline: result.baseline,
    delta: result.delta,
    formula: metric?.formula ?? '',
    basis: namesOf(metric?.basis ?? []),
    ...statedFor(result),
  }
}

/** What each level lacks. A reason about a criterion is said with its name and smallest fix. */
function shortfallOf(decision: Decision, levels: readonly ResultLevel[]): Shortfall[] {
  return [...decision.shortfall]
    .sort((a, b) => levelNumber(a.level) - levelNumber(b.level))
    .map(({ level, items }) => {
      const own = new Map<string, StatedReason>()
      for (const row of levels.find((one) => one.id === level)?.criteria ?? []) {
        for (const words of row.reasons) {
          const named: StatedReason = { ...words, about: row.id }
          own.set(reasonKey(named), named)
        }
      }
      const words = items.map((item) => own.get(reasonKey(item)) ?? stated(item))
      return { level, items: withoutRepeats(words).map(withSubject) }
    })
}

/** A criterion's reasons come first and stand; what only says the same cause again, for a sentence or the gate, does not. */
function withoutRepeats(items: readonly StatedReason[]): StatedReason[] {
  const causes = new Map<string, string | undefined>()
  return items.filter((item) => {
    const cause = causeOf(item, null)
    const known = causes.has(cause) && (causes.get(cause) === item.about || !isId(item.about))
    if (!causes.has(cause)) causes.set(cause, item.about)
    return !known
  })
}

/** A criterion's id, and not a sentence. */
function isId(about: string | undefined): boolean {
  return about !== undefined && /^[a-z][a-z0-9_]*$/.test(about)
}

function withSubject(words: StatedReason): StatedReason {
  return words.about === undefined ? words : { ...words, text: `${words.about}: ${words.text}` }
}

function noticesOf(notices: readonly Problem[]): Problem[] {
  const each = new Map(
    notices.map((notice) => [JSON.stringify([notice.code, notice.message, notice.path, notice.line, notice.column]), notice]),
  )
  return [...each.values()].sort(
    (a, b) =>
      byCodeUnit(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      byCodeUnit(a.code, b.code) ||
      byCodeUnit(a.message, b.message),
  )
}

function namesOf(refs: MetricValue['basis']): string[] {
  return [...new Set(refs.map(nameOf))].sort(byCodeUnit)
}

function sortedBy<T>(list: readonly T[], key: (item: T) => string): T[] {
  return [...list].sort((a, b) => byCodeUnit(key(a), key(b)))
}
