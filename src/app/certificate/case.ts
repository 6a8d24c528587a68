// Everything that recertifying asks of one certificate: its evaluation judged again, and the approvals of the first that it renews.
import { sameRepository } from '../../certificate/door-questions.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import type { Finding } from '../../certificate/recertify.ts'
import { holding, shortOf, untold } from '../../certificate/recheck.ts'
import { renewalsOf } from '../../certificate/row.ts'
import { evidenceEnds } from '../../certificate/validity.ts'
import type { CertificateHistory, HeldCertificate } from '../../model/certificate.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import { type EvaluationData, RECERTIFIED, type RecordedFacts } from '../../model/evaluation.ts'
import type { Draft, LedgerRecord } from '../../model/ledger.ts'
import type { Evaluation } from '../gate/evaluation.ts'
import { marksOf, type Recorded, recordOf } from '../ledger/evaluation.ts'
import { draftOf } from '../ledger/pending.ts'
import { obstacles } from '../ledger/replayable.ts'
import type { Ports } from '../ports.ts'
import type { Chain } from './chain.ts'
import { type Certifiable, certifiableOf, evaluationIn } from './issuable.ts'
import type { Newer } from './newer-evidence.ts'
import { type Again, judgeAgain } from './rejudge.ts'

export interface Case {
  held: HeldCertificate
  /** The evaluation that the certificate names. */
  evaluation: Evaluation
  record: LedgerRecord<EvaluationData>
  /** Of the first certificate of the row of renewals: people approved that one. */
  root: { held: HeldCertificate; certifiable: Certifiable }
  policy: ResolvedPolicy
  newer: Newer
  again: Again
}

/** The policy and the reports of today for an evaluation. */
export type Today = (evaluation: Evaluation) => Promise<Pick<Case, 'policy' | 'newer'>>

/** A string: why it cannot be judged today. Throws CertifyError for a record or a policy that is not what any run leaves. */
export async function caseOf(
  held: HeldCertificate,
  history: CertificateHistory,
  chain: Chain,
  ports: Ports,
  today: Today,
): Promise<Case | string> {
  const { certificate } = held.data
  const evaluation = evaluationIn(certificate.evaluation, chain)
  if (evaluation === null) return `The ledger does not hold its evaluation, record ${certificate.evaluation.seq}.`
  const { repository, commit } = evaluation.data.subject
  if (commit !== certificate.commit || !sameRepository(repository ?? '', certificate.repository))
    return `Record ${certificate.evaluation.seq}, its evaluation, is of another commit.`
  const first = renewalsOf(held, history).at(-1)!
  const until = first.data.certificate.evaluation.seq
  // What came later is not what people approved.
  const records = chain.records.filter(({ header }) => header.type !== 'evaluation' || header.seq <= until)
  const certifiable = certifiableOf(certificate, { ...chain, records })
  const { policy, newer } = await today(evaluation)
  const asks = obstacles(evaluation.policy.config, policy.config, evaluation.facts)
  if (asks.length > 0) return `The policy of today asks for more than its record keeps: ${asks.join('; ')}. Evaluate it again.`
  const approvals = certifiable.approvals.map((one) => one.approval)
  const now = ports.clock.now()
  const again = judgeAgain({ evaluation, approvals, policy, newer, now, clock: ports.clock.kind })
  const record = chain.records[certificate.evaluation.seq - 1] as LedgerRecord<EvaluationData>
  return { held, evaluation, record, root: { held: first, certifiable }, policy, newer, again }
}

/** `against`: why it cannot be renewed. */
export function findingOf(one: Case, against: readonly string[], now: Date): Finding {
  const { again, policy, held } = one
  const { certificate } = held.data
  const unknown = untold(certificate, again.ageless.result)
  if (unknown.length > 0)
    return { state: 'unjudged', why: `What became of ${unknown.join(', ')} cannot be told: collect all of its reports again.` }
  const missed = shortOf(certificate, again.ageless.result, policy.config)
  const known = new Set(missed.map((each) => each.text))
  const aged = shortOf(certificate, again.judged.result, policy.config).filter((each) => !known.has(each.text))
  const old = agedEvidence(one, now)
  const other = aged.map(({ text }) => ({ what: text, at: one.evaluation.data.evaluatedAt }))
  const decayed = aged.length === 0 ? [] : old.length > 0 ? old : other
  return { state: 'judged', missed, decayed, holds: holding(again.judged.result), against }
}

/** What became too old by now, of what the certificate's levels were judged by. */
function agedEvidence({ again, held, policy, evaluation }: Case, now: Date): { what: string; at: string }[] {
  const { data, facts } = evaluation
  // Newer reports are as young as they were admitted, and end nothing today.
  const kept = new Set(again.input.evidence.map((one) => canonical(one.ref)))
  const files = facts.files.map((one) => (kept.has(canonical(one.ref)) ? one : { ...one, ref: { ...one.ref, sha256: '' } }))
  const old = { evaluatedAt: data.evaluatedAt, facts: { ...facts, files } as RecordedFacts }
  return evidenceEnds(old, again.ageless.metrics, policy.config, held.data.certificate.level)
    .filter((end) => end.at.getTime() <= now.getTime())
    .map((end) => ({ what: end.what, at: end.at.toISOString() }))
}

/** The record of what came out now: it closes conditions, and is what a renewal or a revocation rests on. */
export function evaluatedAgain({ again, evaluation, held }: Case, seen: number): Recorded {
  const about = { branch: RECERTIFIED, main: true, earlier: [], seen, baseline: false }
  const { data, objects } = recordOf(again.input, again.judged, about)
  const facts = data.facts!
  // What was cut off before is not whole again.
  const files = facts.files.map((one) => {
    const before = evaluation.facts.files.find((other) => canonical(other.ref) === canonical(one.ref))
    return { ...one, whole: one.whole && before?.whole !== false }
  })
  const { name } = held.data.certificate
  return { data: { ...data, name, facts: { ...facts, files }, marks: marksOf({ ...facts, files }) }, objects }
}

export function evaluationDraft(data: EvaluationData, record: string, ports: Ports): Draft<EvaluationData> {
  return { ...draftOf('evaluation', data, ports), id: record, sha: data.subject.commit }
}
