// How a metric's value is put together: known with what it rests on, or unknown with why.
import { settle } from '../model/compare.ts'
import type { MetricConfig } from '../model/config.ts'
import type { Admitted, EvidenceRef } from '../model/evidence.ts'
import type { MetricState, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'

type Rest = Partial<Pick<MetricValue, 'formula' | 'ratio' | 'basis' | 'capped' | 'parts' | 'reasons' | 'slis'>>

/** A value in the metric's unit. One that is no number, or rests on nothing, comes out unknown. */
export function known(metric: MetricConfig, value: number, formula: string, basis: EvidenceRef[], rest: Rest = {}): MetricValue {
  if (basis.length === 0)
    return unknown(metric, 'no_evidence', [reason('evidence_missing', { what: metric.id, expected: [] })], rest)
  if (!Number.isFinite(value) || !possible(rest.ratio ?? null)) {
    return unknown(
      metric,
      'error',
      [reason('evidence_unreadable', { path: basis[0]!.path, why: 'it gives numbers that cannot be' })],
      {
        ...rest,
        basis,
      },
    )
  }
  return {
    id: metric.id,
    level: metric.level,
    state: 'known',
    value: settle(value),
    unit: metric.unit,
    formula,
    ratio: null,
    capped: null,
    parts: [],
    reasons: [],
    slis: [],
    ...rest,
    basis: once(basis),
  }
}

export function unknown(
  metric: MetricConfig,
  state: Exclude<MetricState, 'known'>,
  reasons: Reason[],
  rest: Rest = {},
): MetricValue {
  return {
    id: metric.id,
    level: metric.level,
    state,
    value: null,
    unit: metric.unit,
    formula: rest.formula ?? 'not measured',
    ratio: rest.ratio ?? null,
    basis: once(rest.basis ?? []),
    reasons,
    capped: null,
    parts: rest.parts ?? [],
    slis: rest.slis ?? [],
  }
}

function possible(ratio: MetricValue['ratio']): boolean {
  return ratio === null || (ratio.good >= 0 && ratio.good <= ratio.total)
}

export function refsOf(evidence: readonly Admitted[]): EvidenceRef[] {
  return evidence.map((one) => one.ref)
}

/** What a value rests on without a report of it being read: the policy's word, a file that is there, GitHub's answer. */
export function toldBy(path: string): EvidenceRef {
  return { path, origin: { type: 'workspace' }, sha256: '' }
}

export function namesOf(evidence: readonly Admitted[]): string[] {
  return [...new Set(evidence.map((one) => one.ref.path))]
}

/** The lower of two ceilings on the outcome. */
export function lowerCap(a: MetricValue['capped'], b: MetricValue['capped']): MetricValue['capped'] {
  if (a === 'fail' || b === 'fail') return 'fail'
  return a ?? b
}

function once(refs: readonly EvidenceRef[]): EvidenceRef[] {
  const seen = new Map<string, EvidenceRef>()
  for (const ref of refs) seen.set(`${ref.origin.type === 'artifact' ? ref.origin.id : ''}:${ref.path}`, ref)
  return [...seen.values()]
}
