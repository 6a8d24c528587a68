// What a certificate may be issued on: the newest evaluation of a commit of a branch, judged again with everything people said of it.
import type { GateApproval } from '../../model/approval.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { ResolvedPolicy } from '../../model/config.ts'
import { type EvaluationData, RECERTIFIED } from '../../model/evaluation.ts'
import type { GateDecisionData } from '../../model/gate-record.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Evaluation } from '../gate/evaluation.ts'
import { isApproval } from '../gate/find-approval.ts'
import { withApprovals } from '../gate.ts'
import type { Judged } from '../judge.ts'
import { broken } from '../ledger/append.ts'
import { evaluationProblem, isEvaluation } from '../ledger/evaluation-shape.ts'
import type { Chain } from './chain.ts'

export interface Certifiable {
  record: LedgerRecord<EvaluationData>
  evaluation: Evaluation
  /** The last word on each gate, in the gates' order, with the hash of its record. */
  approvals: { approval: GateApproval; record: string }[]
  /** Hash of the record that decided a gate last. */
  decisions: ReadonlyMap<number, string>
}

/** What is certified, and as which branch's: the evaluation of another is none of it. */
export type Of = Pick<Certificate, 'commit' | 'name' | 'ref'>

export interface Issuable extends Certifiable {
  judged: Judged
}

/** As it is recorded: nothing of it is judged yet. Throws CertifyError `not_evaluated`, with what to do. */
export function certifiableOf(of: Of, chain: Chain): Certifiable {
  const { commit, ref } = of
  const own = chain.records.filter((record) => isOwn(record, of))
  const record = own.at(-1)
  if (record === undefined)
    throw new CertifyError('not_evaluated', `the ledger has no evaluation of ${commit.slice(0, 12)} as a run of ${ref}`, {
      hint: 'evaluate and record the commit there first; what was evaluated of another ref or in a pull request is not certified',
    })
  const { data } = record
  if (data.facts === null || data.policy === null)
    throw new CertifyError(
      'not_evaluated',
      `the last evaluation of ${commit.slice(0, 12)}, record ${record.header.seq}, could not judge`,
      {
        hint: 'mend what its summary names, and evaluate again',
      },
    )
  const evaluation: Evaluation = { data, facts: data.facts, policy: policyIn(data, chain), id: record.header.id }
  const approvals = approvalsOf(record, chain)
  const decisions = new Map(
    chain.records.flatMap((one) =>
      isDecision(one) && one.data.evaluation === record.header.id ? [[one.data.gate, one.hash] as const] : [],
    ),
  )
  return { record, evaluation, approvals, decisions }
}

/**
 * Judged by the policy as it was resolved now, which its digest says is the evaluation's: a record may be anybody's, and the policy
 * that lies beside it need not be what the digest in it says.
 */
export function underPolicy(
  certifiable: Certifiable,
  { config, loosened }: Pick<ResolvedPolicy, 'config' | 'loosened'>,
): Issuable {
  const { evaluation, approvals } = certifiable
  const own = { ...evaluation, policy: { ...evaluation.policy, config, loosened } }
  const said = approvals.map((one) => one.approval)
  return { ...certifiable, evaluation: own, judged: withApprovals(own, said) }
}

/** What a certificate is made of that its evaluation, the policy and people gave. */
export function givenBy({ record: { header, hash, data }, evaluation, approvals, decisions }: Issuable) {
  return { config: evaluation.policy.config, evaluation: { seq: header.seq, hash, data }, approvals, decisions }
}

/** The evaluation that a certificate names, where the chain has it as it is named; null: it does not. */
export function evaluationIn({ seq, hash }: Certificate['evaluation'], chain: Chain): Evaluation | null {
  const record = chain.records[seq - 1]
  if (record === undefined || record.hash !== hash || !isEvaluation(record) || evaluationProblem(record) !== null) return null
  const { data } = record
  return data.facts === null || data.policy === null
    ? null
    : { data, facts: data.facts, policy: policyIn(data, chain), id: record.header.id }
}

/** What was judged again of a certified commit is no run of it: nobody was asked to approve that. */
function isOwn(record: LedgerRecord, { commit, name, ref }: Of): record is LedgerRecord<EvaluationData> {
  if (!isEvaluation(record) || evaluationProblem(record) !== null) return false
  const { data } = record
  if (data.branch === RECERTIFIED) return false
  const { event } = data.subject
  return (
    data.name === name &&
    data.subject.commit === commit &&
    data.subject.ref === ref &&
    data.main &&
    event !== 'pull_request' &&
    event !== 'merge_group'
  )
}

function approvalsOf({ header }: LedgerRecord, chain: Chain): Certifiable['approvals'] {
  const last = new Map<number, Certifiable['approvals'][number]>()
  for (const one of chain.records)
    if (isApproval(one) && one.data.evaluation === header.id)
      last.set(one.data.approval.gate, { approval: one.data.approval, record: one.hash })
  return [...last.values()].sort((a, b) => a.approval.gate - b.approval.gate)
}

function isDecision(record: LedgerRecord): record is LedgerRecord<GateDecisionData> {
  return record.header.type === 'gate.decision' && typeof (record.data as Partial<GateDecisionData> | null)?.gate === 'number'
}

/** Throws CertifyError `ledger_broken` where it is not there, or is not what its name says. */
function policyIn({ policy }: EvaluationData, chain: Chain): ResolvedPolicy {
  const text = policy === null ? null : chain.object(policy.object)
  if (text === null) throw broken(chain.store, 'the policy of the evaluation is missing, or was changed')
  return JSON.parse(text) as ResolvedPolicy
}
