// What recertifying does with one certificate, from what judging its commit again found and a clock. Each action once, by its id.
import {
  CERTIFICATE_NOTICE,
  CERTIFICATE_REVOKED,
  type Certificate,
  type CertificateHistory,
  type CertificateState,
  type HeldCertificate,
  type NoticeData,
  type RevokedData,
} from '../model/certificate.ts'
import type { CertificateConfig } from '../model/certificate-config.ts'
import { sha256 } from './ledger/seal.ts'
import type { Shortfall } from './recheck.ts'
import { standingOf, statusOf } from './status.ts'
import { conditionOverdue, dateOf, endedBy } from './wording.ts'

/** What judging the certified commit again, by today's evidence, policy and clock, found. */
export type Finding =
  | {
      state: 'judged'
      /** What its levels ask for and does not hold, however old the evidence is. */
      missed: readonly Shortfall[]
      /** Evidence that is too old by now, and since when: where nothing else is wrong, it alone is run again. */
      decayed: readonly { what: string; at: string }[]
      /** Criteria that hold now. */
      holds: readonly string[]
      /** Why it cannot be renewed, each a sentence; empty: it can. Asked only where renewal is due. */
      against: readonly string[]
    }
  | { state: 'unjudged'; why: string }

export interface Plan {
  id: string
  commit: string
  state: CertificateState
  /** Each with the id of its record. */
  notices: { record: string; data: NoticeData }[]
  revoke: RevokedData | null
  /** Conditions that are met now. */
  closes: string[]
  renews: boolean
  /** Why nothing is known of it today; null: it was judged, or it did not have to be. */
  unjudged: string | null
}

/** Only what is in force is judged again. */
export function inForce({ data: { certificate } }: HeldCertificate, history: CertificateHistory, now: Date): boolean {
  const { state } = statusOf(certificate, history, now)
  return (state === 'active' || state === 'conditional') && standingOf(certificate, history, now).begun
}

export function renewalIsDue({ renewalDue }: Pick<Certificate, 'renewalDue'>, now: Date): boolean {
  return now.getTime() >= Date.parse(renewalDue)
}

/** `finding` null: it is not in force, so nothing was judged. Pure: the same ledger, finding and clock give the same plan. */
export function planFor(
  { data: { certificate } }: HeldCertificate,
  history: CertificateHistory,
  finding: Finding | null,
  config: CertificateConfig,
  now: Date,
): Plan {
  const { id, commit } = certificate
  const { state, supersededBy } = statusOf(certificate, history, now)
  const plan: Plan = { id, commit, state, notices: [], revoke: null, closes: [], renews: false, unjudged: null }
  const say: Say = (what, text, at) => {
    const data: NoticeData = { schema: CERTIFICATE_NOTICE, id, what, text, at }
    if (!wasSaid(data, history)) plan.notices.push({ record: noticeRecord(data), data })
  }
  if (state === 'expired' && supersededBy === null) {
    const late = endedWith(certificate, history, now)
    if (late.length > 0 && config.recertify.onFailure === 'revoke') {
      const text = late.map(conditionOverdue).join(' ')
      return { ...plan, revoke: revocation(certificate, 'evidence_invalid', text, now) }
    }
    for (const one of late) say('condition_overdue', conditionOverdue(one), one.due)
    if (late.length === 0) say('expired', endedBy(certificate), certificate.validUntil)
  }
  if (finding === null) return plan
  const open = standingOf(certificate, history, now).open
  const due = renewalIsDue(certificate, now)
  if (finding.state === 'unjudged') {
    sayConditions(open, config, now, say)
    if (due) say('renewal_due', renewalText(certificate, [finding.why]), certificate.renewalDue)
    return { ...plan, unjudged: finding.why }
  }
  const { missed, decayed, holds, against } = finding
  if (missed.length > 0) {
    const text = missedText(certificate, missed)
    const reason = missed.some((one) => one.security) ? 'vulnerability' : 'evidence_invalid'
    if (config.recertify.onFailure === 'revoke') return { ...plan, revoke: revocation(certificate, reason, text, now) }
    say('no_longer_meets', text, now.toISOString())
  }
  if (decayed.length > 0) say('evidence_decayed', decayedText(certificate, decayed), latest(decayed))
  plan.closes = open.filter((one) => holds.includes(one.id)).map((one) => one.id)
  const left = open.filter((one) => !holds.includes(one.id))
  sayConditions(left, config, now, say)
  // Its conditions end it: what is said of them is all there is to do.
  if (!due || (left.length > 0 && certificate.expiresBecause === 'condition')) return plan
  const reasons = [
    ...missed.map((one) => `${one.text} does not hold.`),
    ...decayed.map((one) => `${one.what}, is too old.`),
    ...left.map((one) => `The condition ${one.id} is open.`),
    ...(config.recertify.renew ? against : ['The policy renews nothing by itself.']),
  ]
  plan.renews = reasons.length === 0
  if (!plan.renews) say('renewal_due', renewalText(certificate, reasons), certificate.renewalDue)
  return plan
}

export function isUntouched({ notices, revoke, closes, renews, unjudged }: Plan): boolean {
  return notices.length === 0 && revoke === null && closes.length === 0 && !renews && unjudged === null
}

type Say = (what: NoticeData['what'], text: string, at: string) => void

/** The conditions that ended it. What was due after its end ends nothing any more. */
function endedWith(certificate: Certificate, history: CertificateHistory, now: Date): Certificate['conditions'] {
  const { overdue, until } = standingOf(certificate, history, now)
  return overdue.filter((one) => Date.parse(one.due) === Date.parse(until))
}

function sayConditions(open: Certificate['conditions'], { renewalNoticeSeconds }: CertificateConfig, now: Date, say: Say): void {
  for (const { id, due } of open)
    if (now.getTime() >= Date.parse(due) - renewalNoticeSeconds * 1000)
      say('condition_due', `The condition ${id} is due on ${dateOf(due)} and is not met yet.`, due)
}

function revocation({ id }: Certificate, reason: RevokedData['reason'], text: string, now: Date): RevokedData {
  return { schema: CERTIFICATE_REVOKED, id, reason, comment: text.slice(0, 1000), at: now.toISOString() }
}

function missedText({ level }: Certificate, missed: readonly Shortfall[]): string {
  return `It no longer meets level ${level}: ${[...new Set(missed.map((one) => one.text))].sort().join(', ')}.`
}

function decayedText({ commit }: Certificate, decayed: readonly { what: string }[]): string {
  const list = [...new Set(decayed.map((one) => one.what))].sort().join('; ')
  return `Evidence is too old: ${list}. Run only that again for ${commit.slice(0, 12)}, and collect it with its commit.`
}

function renewalText({ validUntil }: Certificate, reasons: readonly string[]): string {
  return `It ends on ${dateOf(validUntil)} and was not renewed: ${reasons.join(' ')}`
}

function latest(decayed: readonly { at: string }[]): string {
  return new Date(Math.max(...decayed.map((one) => Date.parse(one.at)))).toISOString()
}

/** What a notice is about: a date, or what is missed, which has none. The day of the run is no part of it. */
function aboutOf({ what, at, text }: NoticeData): string {
  return what === 'no_longer_meets' ? text : at
}

function wasSaid(data: NoticeData, { notices }: CertificateHistory): boolean {
  return notices.some((one) => one.data.id === data.id && one.data.what === data.what && aboutOf(one.data) === aboutOf(data))
}

export function noticeRecord(data: NoticeData): string {
  return recordId(data.id, data.what, aboutOf(data))
}

/** The same for a run that is late, double or was cut off. */
export function recordId(certificate: string, what: string, about: string): string {
  return sha256(`recertify ${certificate} ${what} ${about}`).slice(0, 32)
}
