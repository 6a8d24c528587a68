// Renewing a certificate that still meets everything: a new one in its place, on the same approvals, as far as they hold today.
import { type Issuing, issueCertificate } from '../../certificate/issue.ts'
import { canonical } from '../../certificate/ledger/seal.ts'
import { evidenceEnds } from '../../certificate/validity.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import type { Ports } from '../ports.ts'
import type { Case } from './case.ts'
import type { Chain } from './chain.ts'
import { githubProblem, openProblem } from './confirm.ts'
import { foundSince } from './found-since.ts'
import { underPolicy } from './issuable.ts'
import { vouchedAgainst } from './vouched.ts'

/** Clocks of two machines may differ by this much. */
const SKEW_MS = 600_000

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
  return { refused: [`A new one would end on ${validUntil.slice(0, 10)}: ${soonest(made.certificate, old, policy.config)}.`] }
}

function soonest({ expiresBecause, validUntil }: Certificate, old: readonly string[], { certificate }: Config): string {
  if (expiresBecause === 'evidence') return `run again ${[...new Set(old)].sort().join('; ') || 'what people vouched for'}`
  if (expiresBecause === 'waiver') return 'a waiver or suppression ends'
  if (expiresBecause === 'condition') return 'the policy gives no more with conditions, by certificate.conditional.validity'
  return certificate.validUntil !== null && validUntil.startsWith(certificate.validUntil.slice(0, 10))
    ? 'certificate.valid_until is then'
    : 'certificate.validity gives no more than certificate.renewal_notice takes: lengthen the one, or shorten the other'
}

/** Whether what people said then is what the policy asks them for now, and still stands. Each reason a sentence. */
export async function approvalsAgainst(one: Case, chain: Chain, ports: Ports): Promise<string[]> {
  const { root, policy } = one
  const { certifiable } = root
  if (!sameGates(certifiable.evaluation.policy.config, policy.config))
    return ['The gates ask for other approvals now: evaluate and approve it anew.']
  const found: string[] = []
  const own = underPolicy(certifiable, policy)
  const open = openProblem(root.held.data.certificate, own)
  if (open !== '') found.push(`Its approvals no longer open the gates: ${open}.`)
  const digest = certifiable.record.data.policy?.digest ?? null
  const told = ports.reviews === null ? 'anything: it cannot be asked' : await githubProblem(own, digest, ports)
  if (told !== '') found.push(`GitHub does not confirm ${told}.`)
  const now = ports.clock.now()
  if (one.newer.lost !== null) found.push(one.newer.lost)
  return [...found, ...(await vouchedAgainst(one, chain, ports)), ...foundSince(one, chain, now), ...clockAgainst(chain, now)]
}

/** What the ledger says that it is later than: a clock that is behind would renew what has ended. */
function clockAgainst({ records }: Chain, now: Date): string[] {
  const later = records.find(({ header }) => Date.parse(header.at) - now.getTime() > SKEW_MS)
  return later === undefined ? [] : [`Record ${later.header.seq} is of ${later.header.at}: this clock is behind.`]
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
