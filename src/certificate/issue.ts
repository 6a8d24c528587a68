// A certificate, made of what was judged and signed; or each reason why there is none. Pure: time, id and place are given.
import type { GateApproval } from '../model/approval.ts'
import { CERTIFICATE, type Certificate, type CertifiedSubject } from '../model/certificate.ts'
import type { Config } from '../model/config.ts'
import type { EvaluationData } from '../model/evaluation.ts'
import type { LevelNumber } from '../model/level.ts'
import type { MetricValue } from '../model/metric.ts'
import type { Result, ResultEvidence } from '../model/result.ts'
import { conditionsOf } from './conditions.ts'
import { reachOf } from './covered.ts'
import { blockersOf, domainsOf } from './domains.ts'
import { canonical } from './ledger/seal.ts'
import { excludedBy, loosenedBy } from './left-out.ts'
import { namesIn, withoutNames } from './names.ts'
import { isCertificate } from './shape.ts'
import { attestationEnds, evidenceEnds, validityOf, waiverEnds } from './validity.ts'
import { dateOf, statementText } from './wording.ts'

export interface Issuing {
  /** The policy as it was resolved now. */
  config: Config
  /** Judged again with every approval. */
  result: Result
  metrics: readonly MetricValue[]
  evaluation: { seq: number; hash: string; data: EvaluationData }
  /** The last word on each gate, with the hash of its record. */
  approvals: readonly { approval: GateApproval; record: string }[]
  /** Hash of the record that decided a gate last. */
  decisions: ReadonlyMap<number, string>
  subjects: readonly CertifiedSubject[]
  now: Date
  id: string
  serial: number
  ledger: Certificate['ledger']
  supersedes: string | null
}

export type Issue =
  /** `owners` by condition id: for the ledger's record, and for nothing public. */
  { certificate: Certificate; owners: Record<string, string> } | { refused: string[] }

const PLACEHOLDER = /\[[^\]]{0,80}\b(?:name|title|e-?mail|phone|role|date|system)\b[^\]]{0,80}\]/i

/** Every reason at once, each a sentence. A certificate with conditions covers only what is truly passed and open. */
export function issueCertificate(issuing: Issuing): Issue {
  const { config, result, metrics, evaluation, now, approvals } = issuing
  const { repository, ref, commit } = result.subject
  const { data } = evaluation
  const policy = data.policy
  // What held then made it pass, whatever has ended since.
  const judgedAt = new Date(result.evaluatedAt)
  const refused: string[] = []
  if (!config.certificate.enabled) refused.push('The policy switches certificates off.')
  if (config.mode !== 'enforce') refused.push('The policy is advisory: it certifies nothing.')
  if (result.decision.verdict === 'error') refused.push('The evaluation could not judge everything.')
  for (const key of ['system', 'authority', 'statement'] as const)
    if (PLACEHOLDER.test(config.certificate[key] ?? ''))
      refused.push(`certificate.${key} still holds a placeholder: write what is meant.`)
  const reach = reachOf(result, config)
  const signOffs = signOffsOf(approvals)
  for (const role of config.certificate.signOffs)
    if (!signOffs.some((one) => one.role === role)) refused.push(`Nobody has signed as ${role}, as certificate.sign_offs asks.`)
  const { conditions, owners, problems } = conditionsOf(result, config, reach, signOffs, now)
  refused.push(...problems)
  const { level } = reach
  const ends = [
    ...evidenceEnds(data, metrics, config, level),
    ...attestationEnds(data, config, judgedAt),
    ...waiverEnds(result, metrics, config, { level, judgedAt }),
  ]
  const validity = validityOf(config.certificate, conditions, ends, now)
  if ('past' in validity) refused.push(`It would have ended before it began: ${validity.past.what}${endOf(validity.past.at)}.`)
  if (repository === null || ref === null || commit === null || policy?.digest == null)
    refused.push('The evaluation does not say of which repository, ref, commit and policy it is.')
  if (refused.length > 0 || 'past' in validity || level === 0) return { refused: [...new Set(refused)] }
  const withheld = withoutNames(
    namesIn(
      config,
      approvals.map((one) => one.approval),
    ),
  )
  const base: Omit<Certificate, 'statement'> = {
    schema: CERTIFICATE,
    id: issuing.id,
    serial: issuing.serial,
    tool: result.tool,
    name: result.name,
    system: config.certificate.system ?? repository!,
    authority: config.certificate.authority,
    repository: repository!,
    ref: ref!,
    commit: commit!,
    subjects: [...issuing.subjects],
    policy: { source: policy!.source, digest: policy!.digest! },
    evaluation: {
      seq: evaluation.seq,
      hash: evaluation.hash,
      evaluatedAt: data.evaluatedAt,
      run: data.subject.run,
      attempt: data.subject.attempt,
      evidenceDigest: data.evidenceDigest,
      result: data.result,
    },
    level,
    levels: levelsOf(result),
    gates: result.gates.map(({ id, name, state }) => ({
      number: id,
      name,
      state,
      decision: issuing.decisions.get(id) ?? null,
    })),
    signOffs,
    loosened: loosenedBy(result.config.loosened).map(withheld),
    excluded: excludedBy(config, judgedAt).map(withheld),
    notApplicable: waived(result, config, level).map((one) => ({ ...one, reason: withheld(one.reason) })),
    conditions,
    domains: domainsOf({ result, metrics }, config).map((one) => ({ ...one, open: one.open.map(withheld) })),
    blockers: blockersOf(result, conditions).map(({ issue, impact, action }) => ({
      issue: withheld(issue),
      impact,
      action: withheld(action),
    })),
    evidence: result.evidence.filter((one) => one.admitted).flatMap(evidenceOf),
    ...validity,
    ledger: issuing.ledger,
    supersedes: issuing.supersedes,
  }
  const certificate = { ...base, statement: statementText(base, config.certificate.statement) }
  // As it will be read again: what JSON or its canonical form changes is changed before anybody sees it.
  const read: unknown = JSON.parse(canonical(certificate))
  return isCertificate(read)
    ? { certificate: read, owners }
    : { refused: ['What the evaluation recorded of itself is not whole.'] }
}

function endOf(at: Date): string {
  return Number.isNaN(at.getTime()) ? ' (no date)' : ` (${dateOf(at.toISOString())})`
}

/** Only approvals that count; of an approval only places that somebody filled. */
function signOffsOf(approvals: Issuing['approvals']): Certificate['signOffs'] {
  return approvals
    .filter(({ approval }) => approval.state === 'approved')
    .flatMap(({ approval, record }) =>
      approval.slots
        .filter((slot) => slot.filledBy !== null)
        .map((slot) => ({ role: slot.role, gate: approval.gate, record, before: approval.approvedBefore })),
    )
}

function levelsOf({ levels }: Result): Certificate['levels'] {
  return levels.map(({ number, id, name, state, criteria }) => ({
    number,
    id,
    name,
    state,
    criteria: criteria.map((one) => ({
      id: one.id,
      outcome: one.outcome,
      value: one.value,
      unit: one.unit,
      limit: one.limit.text,
    })),
  }))
}

function waived({ levels }: Result, config: Config, level: LevelNumber): Certificate['notApplicable'] {
  const rules = config.levels.flatMap((one) => one.criteria)
  return levels
    .filter((one) => one.number <= level)
    .flatMap((one) => one.criteria.filter((criterion) => criterion.outcome === 'not_applicable'))
    .flatMap(({ id }) => {
      const rule = rules.find((one) => one.id === id)?.notApplicable
      return rule == null ? [] : [{ criterion: id, reason: rule.reason, expires: rule.expires }]
    })
}

function evidenceOf({ path, origin, sha256, format }: ResultEvidence): Certificate['evidence'] {
  if (sha256 === null) return []
  return [{ path: origin.type === 'artifact' ? `artifact:${origin.name}/${path}` : path, sha256, format }]
}
