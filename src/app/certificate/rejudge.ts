// A certified commit judged again: its recorded facts with newer reports in place of old ones, by today's policy and today's clock.
import type { GateApproval } from '../../model/approval.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import type { Admitted, Evidence, EvidenceRef } from '../../model/evidence.ts'
import type { MetricValue } from '../../model/metric.ts'
import { reason } from '../../model/reason.ts'
import { stale } from '../../validation/freshness.ts'
import type { Evaluation } from '../gate/evaluation.ts'
import { type Judgeable, type Judged, judge } from '../judge.ts'
import { judgeableOf, settle } from '../ledger/evaluation.ts'
import { guarded } from '../ledger/replay-record.ts'
import { VERSION } from '../version.ts'
import type { Newer } from './newer-evidence.ts'

export interface Again {
  input: Judgeable
  judged: Judged
  /** The same as if the old evidence were as young as it was: what fails here fails for another reason than its age. */
  ageless: Judged
}

export interface Asked {
  evaluation: Evaluation
  approvals: readonly GateApproval[]
  policy: ResolvedPolicy
  newer: Pick<Newer, 'admitted'>
  now: Date
  clock: Judgeable['clock']
}

/** Throws CertifyError `record_malformed` where the record is not what any run leaves. */
export function judgeAgain(asked: Asked): Again {
  return guarded(() => {
    const aged = inputOf(asked, true)
    const young = inputOf(asked, false)
    const judged = (input: Judgeable): Judged => judge(input, settledFor(asked, input))
    return { input: aged, judged: judged(aged), ageless: judged(young) }
  })
}

function inputOf({ evaluation, approvals, policy, newer, now, clock }: Asked, aged: boolean): Judgeable {
  const { data, facts } = evaluation
  const before = judgeableOf(data, facts, policy)
  const elapsed = aged ? Math.max(0, (now.getTime() - Date.parse(data.evaluatedAt)) / 1000) : 0
  const older = (seconds: number | null): number | null => (seconds === null ? null : seconds + elapsed)
  const gone = new Set(replacedBy(newer.admitted, before.admitted))
  const kept = before.admitted
    .filter((one) => !gone.has(one.ref))
    .map((one): Admitted => ({ ...one, ageSeconds: older(one.ageSeconds) }))
  // A report is too old where it is for each level that it speaks for; for a single metric `measure` tells.
  const tooOld = kept.flatMap((one) => {
    const shares = kept.filter((other) => other.ref === one.ref)
    const [why, ...others] = shares.map((share) => stale(share, [share.level], share.ageSeconds, policy.config))
    return aged && why != null && others.every((other) => other !== null) ? [{ evidence: one as Evidence, reason: why }] : []
  })
  const old = new Set(tooOld.map((one) => one.evidence.ref))
  const fresh = [...new Map(newer.admitted.map(({ level: _, ageSeconds: __, reasons: ___, ...one }) => [one.ref, one])).values()]
  return {
    ...before,
    version: VERSION,
    now,
    clock,
    evidence: [...before.evidence.filter((one) => !gone.has(one.ref)), ...fresh],
    admitted: [...kept.filter((one) => !old.has(one.ref)), ...newer.admitted],
    refused: [
      ...before.refused.filter((one) => !gone.has(one.evidence.ref)),
      ...[...new Map(tooOld.map((one) => [one.evidence.ref, one])).values()],
    ],
    files: Object.fromEntries(
      Object.entries(before.files).map(([pattern, found]) => [
        pattern,
        found.map((one) => ({ ...one, ageSeconds: older(one.ageSeconds) })),
      ]),
    ),
    approvals,
  }
}

/**
 * The old report that a newer one takes the place of: of its kind and format, and of its path; else of the path that it has below
 * some folder; else of its file name. Where more than one is so, none is: a report that takes no place stands beside the others.
 */
export function replacedBy(newer: readonly Admitted[], older: readonly Admitted[]): EvidenceRef[] {
  return newer.flatMap((one) => {
    const alike = older.filter((other) => other.kind === one.kind && other.format === one.format && isOlder(other, one))
    const by = [
      alike.filter((other) => other.ref.path === one.ref.path),
      alike.filter((other) => one.ref.path.endsWith(`/${other.ref.path}`)),
      alike.filter((other) => nameOf(other.ref) === nameOf(one.ref)),
    ]
    const refs = [...new Set(by.find((found) => found.length > 0)?.map((other) => other.ref))]
    return refs.length === 1 ? refs : []
  })
}

/** After that evaluation; of what does not say when it was made, nobody knows. */
export function isMadeSince({ ageSeconds }: Admitted, { evaluatedAt }: Pick<EvaluationData, 'evaluatedAt'>, now: Date): boolean {
  return ageSeconds !== null && now.getTime() - ageSeconds * 1000 > Date.parse(evaluatedAt)
}

/** By what is known of both when they were made; of one that does not say, its commit's own evaluation is the older. */
function isOlder(other: Admitted, { info }: Admitted): boolean {
  if (info.createdAt === null || other.info.createdAt === null) return true
  return !(Date.parse(other.info.createdAt) > Date.parse(info.createdAt))
}

function nameOf({ path }: EvidenceRef): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Recorded values stand where nothing that they rest on is another now; what a record keeps too little of is not guessed. */
function settledFor({ evaluation: { data, facts }, now }: Asked, input: Judgeable) {
  const present = new Set(input.admitted.map((one) => keyOf(one.ref)))
  const recorded = new Set(judgeableOf(data, facts, input.policy).admitted.map((one) => keyOf(one.ref)))
  const taken = settle(facts)
  return (metrics: MetricValue[]): MetricValue[] =>
    metrics.map((metric) => {
      const kept = facts.measured.find((one) => one.id === metric.id)
      const rests = [...metric.basis, ...(kept?.basis ?? [])]
      const other = rests.some((ref) => present.has(keyOf(ref)) !== recorded.has(keyOf(ref)))
      if (!other && !grewOld(metric, input) && !lapsed(metric, input, data, now)) return taken([metric])[0]!
      if (kept === undefined || metric.state !== 'known' || metric.basis.every((ref) => !recorded.has(keyOf(ref)))) return metric
      return untold(metric)
    })
}

/** Evidence that one metric may no longer use, though others may. */
function grewOld({ id, basis }: MetricValue, { admitted, policy }: Judgeable): boolean {
  const longest = policy.config.metrics.find((one) => one.id === id)?.maxAgeSeconds ?? null
  if (longest === null) return false
  const own = new Set(basis.map(keyOf))
  return admitted.some((one) => own.has(keyOf(one.ref)) && (one.ageSeconds === null || one.ageSeconds > longest))
}

/** A suppression or a VEX document that held then and holds no more. */
function lapsed({ id }: MetricValue, { policy: { config } }: Judgeable, { evaluatedAt }: EvaluationData, now: Date): boolean {
  const family = config.metrics.find((one) => one.id === id)?.family
  if (family !== 'security' && family !== 'quality') return false
  const today = now.toISOString().slice(0, 10)
  return [...config.suppressions, ...(config.vex ?? [])].some(
    ({ expires }) => expires.slice(0, 10) < today && expires.slice(0, 10) >= evaluatedAt.slice(0, 10),
  )
}

/** Of files read from the repository itself there is no share: they are as they were. */
export function keyOf({ path, origin, sha256 }: EvidenceRef): string {
  return JSON.stringify([path, origin.type, origin.type === 'artifact' ? origin.name : null, origin.bundle ?? null, sha256])
}

function untold(metric: MetricValue): MetricValue {
  const message = `the ledger keeps too little of the other reports of ${metric.id} to judge it together with new ones`
  const why = reason('could_not_judge', { message, hint: 'collect all of its reports again' })
  return { ...metric, state: 'error', value: null, ratio: null, parts: [], reasons: [why] }
}
