// What a certificate says, as rows for any surface, in the order of the readiness document: overview, scope, status, blockers, sign-offs.
import { CERTIFICATE_FOOTER, type Certificate, type CertificateShowing, type CertifiedDomain } from '../model/certificate.ts'
import type { LevelNumber } from '../model/level.ts'
import { amount, plural } from './numbers.ts'
import { CERTIFICATE_STATES, GATE_STATES, LEVEL_STATES, OUTCOMES, type Shown } from './states.ts'

/** `exact`: to be compared character by character. */
export interface Fact {
  name: string
  text: string
  exact?: boolean
}

export interface Sheet {
  /** What is certified, how far, and how it stood when it was shown. Whether it still holds is on no page. */
  system: string
  heading: string
  standing: Shown
  /** The sentence of one that is not in force; null: it is. */
  ended: string | null
  overview: Fact[]
  scope: Fact[]
  domains: { name: string; shown: Shown; percent: number | null; text: string; open: string[] }[]
  levels: { name: string; shown: Shown; criteria: { id: string; shown: Shown; value: string; limit: string }[] }[]
  gates: { name: string; shown: Shown }[]
  /** By role; who it was stays in the ledger, under that record. */
  signOffs: { role: string; gate: string; before: string; record: string }[]
  blockers: Certificate['blockers']
  conditions: { text: string; level: LevelNumber; due: string }[]
  validity: Fact[]
  /** What makes it easier to get than it could be. */
  remarks: Fact[]
  evidence: Certificate['evidence']
  statement: string
  verification: Fact[]
  /** To be typed where certificate.json lies. */
  commands: string[]
  footer: string
}

const ENDS: Record<Certificate['expiresBecause'], string> = {
  policy: 'the validity that the policy gives',
  evidence: 'a report that becomes too old',
  waiver: 'a waiver or suppression that ends',
  condition: 'a condition that falls due',
}

const NOT_ASKED: Shown = { mark: '–', word: 'not asked', tone: 'quiet' }
const COMPLETE: Shown = { mark: '✓', word: 'complete', tone: 'good' }
const OPEN: Shown = { mark: '⚠', word: 'open items', tone: 'warn' }

/** To the minute, in UTC. */
export const day = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

export function sheetOf(certificate: Certificate, about: CertificateShowing): Sheet {
  const { system, level, levels, conditions, statement } = certificate
  const covered = levels.find((one) => one.number === level)
  return {
    system,
    heading: `Level ${level}${covered === undefined ? '' : `: ${covered.name}`}`,
    standing: standingOf(about),
    ended: about.ended,
    overview: overviewOf(certificate, about),
    scope: scopeOf(certificate),
    domains: certificate.domains.map(domain),
    levels: levels.map((one) => ({
      name: `Level ${one.number} ${one.name}${one.number <= level ? '' : ', not covered'}`,
      shown: LEVEL_STATES[one.state],
      criteria: one.criteria.map(({ id, outcome, value, unit, limit }) => ({
        id,
        shown: OUTCOMES[outcome],
        value: amount(value, unit, limit),
        limit,
      })),
    })),
    gates: certificate.gates.map((gate) => ({ name: `Gate ${gate.number} ${gate.name}`, shown: GATE_STATES[gate.state] })),
    signOffs: certificate.signOffs.map(({ role, gate, before, record }) => ({
      role,
      gate: `Gate ${gate}`,
      before: before === null ? '–' : day(before),
      record,
    })),
    blockers: certificate.blockers,
    conditions: conditions.map((one) => ({ text: one.text, level: one.level, due: one.due.slice(0, 10) })),
    validity: validityOf(certificate),
    remarks: remarksOf(certificate),
    evidence: certificate.evidence,
    statement: statement.endsWith(CERTIFICATE_FOOTER) ? statement.slice(0, -CERTIFICATE_FOOTER.length).trimEnd() : statement,
    verification: verificationOf(certificate, about),
    commands: commandsOf(certificate, about.signing),
    footer: `${CERTIFICATE_FOOTER} Shown as it stood on ${day(about.at)}. Whether it still holds is not on this page: the ledger and a clock say that.`,
  }
}

function standingOf({ status: { state, open } }: CertificateShowing): Shown {
  const shown = CERTIFICATE_STATES[state]
  return state === 'conditional' ? { ...shown, word: `${shown.word}: ${plural(open.length, 'open condition')}` } : shown
}

function overviewOf({ id, serial, authority, issuedAt, tool }: Certificate, { status, at }: CertificateShowing): Fact[] {
  return [
    { name: 'Certificate', text: id, exact: true },
    { name: 'Number', text: String(serial) },
    ...(authority === null ? [] : [{ name: 'Authority', text: authority }]),
    { name: 'Status', text: `${CERTIFICATE_STATES[status.state].word} on ${day(at)}` },
    { name: 'Issued', text: `${day(issuedAt)} by certify ${tool.version}` },
  ]
}

function scopeOf({ repository, ref, commit, subjects }: Certificate): Fact[] {
  return [
    { name: 'Repository', text: repository },
    { name: 'Ref', text: ref },
    { name: 'Commit', text: commit, exact: true },
    ...subjects.map(({ name, digest }) => ({ name, text: `sha256:${digest.sha256}`, exact: true })),
    ...(subjects.length > 0 ? [] : [{ name: 'Files and images', text: 'none: it covers the commit alone' }]),
  ]
}

function domain({ name, done, total, percent, open }: CertifiedDomain): Sheet['domains'][number] {
  const shown = percent === null ? NOT_ASKED : done === total ? COMPLETE : OPEN
  return { name, shown, percent, text: percent === null ? 'nothing was asked' : `${percent} % (${done} of ${total})`, open }
}

function validityOf({ validFrom, validUntil, expiresBecause, renewalDue, supersedes }: Certificate): Fact[] {
  return [
    { name: 'Valid from', text: day(validFrom) },
    { name: 'Valid until', text: day(validUntil) },
    { name: 'Bounded by', text: ENDS[expiresBecause] },
    { name: 'Renewal due', text: day(renewalDue) },
    ...(supersedes === null ? [] : [{ name: 'Takes the place of', text: supersedes, exact: true }]),
  ]
}

function remarksOf({ loosened, excluded, notApplicable }: Certificate): Fact[] {
  return [
    ...loosened.map((text) => ({ name: 'Loosened', text })),
    ...excluded.map((text) => ({ name: 'Left out', text })),
    ...notApplicable.map((one) => ({
      name: 'Not applicable',
      text: `${one.criterion} until ${one.expires.slice(0, 10)}: ${one.reason}`,
    })),
  ]
}

function verificationOf({ policy, evaluation, ledger }: Certificate, { digest, signing }: CertificateShowing): Fact[] {
  const signature = signing.state === 'signed' ? (signing.url ?? 'in certificate.sigstore.json') : `none: ${signing.why}`
  return [
    { name: 'certificate.json', text: `sha256:${digest}`, exact: true },
    { name: 'Signature', text: signature },
    { name: 'Policy', text: policy.source },
    { name: 'Policy digest', text: policy.digest, exact: true },
    { name: 'Evidence digest', text: evaluation.evidenceDigest, exact: true },
    { name: 'Ledger', text: `record ${ledger.seq} of ${ledger.place}` },
    { name: 'Record', text: ledger.hash, exact: true },
  ]
}

function commandsOf({ repository, commit, level }: Certificate, signing: CertificateShowing['signing']): string[] {
  // What is typed into a shell is a repository's name, or the reader has to write it.
  const own = /^[\w.-]+\/[\w.-]+$/.test(repository) ? repository : 'OWNER/REPO'
  const ask = `certify verify certificate.json --repository ${own} --commit ${commit} --level ${level}`
  return signing.state === 'signed'
    ? [ask, `gh attestation verify certificate.json -R ${own} --predicate-type https://slsa.dev/verification_summary/v1`]
    : ['sha256sum certificate.json', ask]
}
