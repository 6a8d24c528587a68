// How a command about a certificate ended: what became of which one, how it stands, between which dates, and what to do next.
import {
  CERTIFICATE_FOOTER,
  type Certificate,
  type CertificateStatus,
  type IssuedData,
  type RevokedData,
} from '../model/certificate.ts'
import type { DoorAnswer } from '../model/door.ts'
import { day, type Fact } from './certificate-rows.ts'
import { CERTIFICATE_STATES, type Shown } from './states.ts'

export interface CertificateEnding {
  shown: Shown
  /** Ours but for ids: `CERT-... is issued`. */
  title: string
  facts: Fact[]
  /** What is in the way, each with what to do; null: the reason says it. `code`: of a refusal. */
  reasons: { code: string | null; text: string; fix: string | null }[]
  notes: string[]
  /** null: each reason says its own. */
  next: string | null
}

const DONE: Shown = { mark: '✓', word: 'issued', tone: 'good' }
const OPEN: Shown = { mark: '✗', word: 'not issued', tone: 'bad' }
const ACCEPTED: Shown = { mark: '✓', word: 'accepted', tone: 'good' }
const REFUSED: Shown = { mark: '✗', word: 'refused', tone: 'bad' }

/** `again`: it was issued before, and this is the same. */
export function issuedEnding({ certificate, signing }: IssuedData, status: CertificateStatus, again: boolean): CertificateEnding {
  const shown = CERTIFICATE_STATES[status.state]
  const { commit, level, name } = certificate
  const conditions = status.state === 'conditional' ? 'Meet the open conditions before they are due. ' : ''
  const demand = `Demand it where it is deployed: command: verify with commit ${commit}, level ${level} and name ${name}.`
  return {
    shown: status.state === 'active' ? DONE : shown,
    title: `${certificate.id} ${again ? 'was issued before' : 'is issued'}`,
    facts: [
      ...factsOf(certificate, status),
      {
        name: 'Signature',
        text: signing.state === 'signed' ? (signing.url ?? 'in certificate.sigstore.json') : `none: ${signing.why}`,
      },
    ],
    reasons: [],
    notes: [],
    next: status.supersededBy === null ? `${conditions}${demand}` : `Use ${status.supersededBy}.`,
  }
}

export function notIssuedEnding(open: readonly string[]): CertificateEnding {
  return {
    shown: OPEN,
    title: 'No certificate has been issued',
    facts: [],
    reasons: open.map((text) => ({ code: null, text, fix: null })),
    notes: [CERTIFICATE_FOOTER],
    next: 'Close what is open, and run issue again.',
  }
}

/** `what`: `is revoked, in record 9`. */
export function revokedEnding(
  certificate: Certificate,
  status: CertificateStatus,
  { reason }: RevokedData,
  { what, others }: { what: string; others: readonly string[] },
): CertificateEnding {
  return {
    shown: CERTIFICATE_STATES.revoked,
    title: `${certificate.id} ${what}`,
    facts: [
      ...factsOf(certificate, status),
      { name: 'Reason', text: reason, exact: true },
      ...(others.length === 0 ? [] : [{ name: 'Also revoked', text: others.join(', '), exact: true }]),
    ],
    reasons: [],
    notes: ['A revocation is final, and every door refuses it from now on (REVOKED).'],
    next: 'Take what was deployed by it out of service, or certify a commit that holds.',
  }
}

export function doorEnding({ ok, certificate, status, refusals, notes }: DoorAnswer): CertificateEnding {
  const what = certificate === null ? '' : `: ${certificate.id}`
  return {
    shown: ok ? ACCEPTED : REFUSED,
    title: `${(ok ? ACCEPTED : REFUSED).word}${what}`,
    facts: certificate === null ? [] : factsOf(certificate, status),
    reasons: refusals,
    notes,
    next: ok ? 'Deploy what was asked for, and nothing else.' : null,
  }
}

/** `status` null: nobody could tell it. */
function factsOf(
  { repository, commit, level, levels, validFrom, validUntil, renewalDue }: Certificate,
  status: CertificateStatus | null,
): Fact[] {
  const covered = levels.find((one) => one.number === level)
  const shown = CERTIFICATE_STATES[status?.state ?? 'unknown']
  const inForce = status?.state === 'active' || status?.state === 'conditional'
  const since = status === null ? '' : ` since ${day(status.since)}`
  const why = status?.why == null ? '' : `. ${status.why}`
  return [
    { name: 'Status', text: `${shown.word}${since}${why}` },
    { name: 'Level', text: `${level}${covered === undefined ? '' : `, ${covered.name}`}` },
    { name: 'Commit', text: `${repository}@${commit}`, exact: true },
    { name: 'Valid', text: `from ${day(validFrom)} until ${day(status?.until ?? validUntil)}` },
    ...(inForce ? [{ name: 'Renewal due', text: day(renewalDue) }] : []),
  ]
}
