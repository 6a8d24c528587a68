// Renewing a certificate that still meets everything: a new one in its place, on the same approvals, as far as they hold today.

import { Findings } from '../../certificate/door-questions.ts'
import { askSignature } from '../../certificate/door-signature.ts'
import { type Issuing, issueCertificate } from '../../certificate/issue.ts'
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import { evidenceEnds } from '../../certificate/validity.ts'
import type { Certificate, HeldCertificate } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import type { Outcome } from '../../model/outcome.ts'
import { isEvaluation } from '../ledger/evaluation-shape.ts'
import type { Ports } from '../ports.ts'
import type { Case } from './case.ts'
import type { Chain } from './chain.ts'
import { githubProblem, openProblem } from './confirm.ts'
import { underPolicy } from './issuable.ts'

const SHORT: readonly Outcome[] = ['fail', 'no_evidence', 'error']

export interface Place {
  id: string
  serial: number
  ledger: Certificate['ledger']
  evaluation: Issuing['evaluation']
}

/** The new certificate; or each reason why there is none. It ends after the old one, and not so soon that it is due again. */
export function renewed({ held, root, policy, again }: Case, place: Place, now: Date) {
  const { certificate } = held.data
  const made = issueCertificate({
    config: policy.config,
    ...again.judged,
    ...place,
    approvals: root.certifiable.approvals,
    decisions: root.certifiable.decisions,
    subjects: certificate.subjects,
    now,
    supersedes: certificate.id,
  })
  if ('refused' in made) return made
  const { validUntil, renewalDue, level } = made.certificate
  if (level < certificate.level) return { refused: [`It would cover only level ${level}.`] }
  if (Date.parse(validUntil) > Date.parse(certificate.validUntil) && Date.parse(renewalDue) > now.getTime()) return made
  const old = evidenceEnds(place.evaluation.data, again.judged.metrics, policy.config, level)
    .filter((end) => end.at.toISOString() === validUntil)
    .map((end) => end.what)
  return { refused: [`A new one would end on ${validUntil.slice(0, 10)}: ${soonest(made.certificate, old)}.`] }
}

function soonest({ expiresBecause }: Certificate, old: readonly string[]): string {
  if (expiresBecause === 'evidence') return `run again ${[...new Set(old)].sort().join('; ') || 'what people vouched for'}`
  return expiresBecause === 'waiver' ? 'a waiver or suppression ends' : 'the policy lets it hold no longer'
}

/** Whether what people said then is what the policy asks them for now, and still stands. Each reason a sentence. */
export async function approvalsAgainst(one: Case, chain: Chain, ports: Ports): Promise<string[]> {
  const { root, policy, held } = one
  const { certifiable } = root
  if (!sameGates(certifiable.evaluation.policy.config, policy.config))
    return ['The gates ask for other approvals now: evaluate and approve it anew.']
  const found: string[] = []
  const own = underPolicy(certifiable, policy.config)
  const open = openProblem(root.held.data.certificate, own)
  if (open !== '') found.push(`Its approvals no longer open the gates: ${open}.`)
  const digest = certifiable.record.data.policy?.digest ?? null
  const told = ports.reviews === null ? '' : await githubProblem(own, digest, ports)
  if (told !== '') found.push(`GitHub does not confirm ${told}.`)
  if (held !== root.held) found.push(...(await signatureAgainst(held, policy.config, chain, ports)))
  const worse = laterAndWorse(one, chain)
  if (worse !== null && one.newer.admitted.length === 0)
    found.push(`Record ${worse} found that it falls short, and no newer report says otherwise.`)
  return found
}

/** People approved the first; what a later one rests on, its own signature vouches for. */
async function signatureAgainst(held: HeldCertificate, config: Config, chain: Chain, ports: Ports): Promise<string[]> {
  const { certificate, digest, signing } = held.data
  if (signing.state !== 'signed') return ['It was renewed before, and is not signed: issue it anew from an evaluation.']
  const text = chain.object(signing.bundle)
  const signature = text === null || sha256(text) !== signing.bundle ? null : await (await ports.signatures()).check(text)
  const action = ports.env.GITHUB_ACTION_REPOSITORY
  const usual = action ? ['issue', 'recertify'].map((one) => `${action}/.github/workflows/certify-${one}.yml`) : []
  const found = new Findings()
  const demand = {
    repository: certificate.repository,
    commit: certificate.commit,
    artifacts: [],
    level: certificate.level,
    ref: certificate.ref,
    policyDigest: certificate.policy.digest,
    signers: config.certificate.signers.length > 0 ? config.certificate.signers : usual,
    allowUnsigned: false,
    allowUnchecked: false,
    expectHead: null,
  }
  const chosen = { certificate, digest, held, refusals: [] }
  askSignature(
    certificate,
    { demand, chosen, ledger: { state: 'none' }, signature, attested: [], unconfirmed: null, now: ports.clock.now() },
    found,
  )
  return found.refusals.map((one) => one.text)
}

/** Number of the newest later evaluation of the commit, where it fell short of what the certificate covers; null: it did not, or there is none. */
function laterAndWorse({ held }: Case, chain: Chain): number | null {
  const { commit, name, evaluation, level, levels } = held.data.certificate
  const later = chain.records.findLast(
    (one): one is LedgerRecord<EvaluationData> =>
      isEvaluation(one) &&
      one.header.seq > evaluation.seq &&
      one.data.main &&
      one.data.name === name &&
      one.data.subject.commit === commit,
  )
  const covered = levels.filter((one) => one.number <= level).flatMap((one) => one.criteria.map((each) => each.id))
  const { criteria = {} } = later?.data.outcome ?? {}
  return covered.some((id) => SHORT.includes(criteria[id]?.outcome ?? 'pass')) ? later!.header.seq : null
}

/** Who has to say yes, and where; what the gates ask for beside that is judged. */
function sameGates(then: Config, now: Config): boolean {
  const asked = ({ gates, manualReview }: Config): unknown => [
    manualReview,
    gates.map(({ number, enabled, autoProgression, manualApproval, environment, signOffs, questions }) => [
      number,
      enabled,
      autoProgression,
      manualApproval,
      environment,
      signOffs,
      questions,
    ]),
  ]
  return bare(asked(then)) === bare(asked(now))
}

function bare(value: unknown): string {
  return canonical(JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'origin' ? undefined : inner))))
}
