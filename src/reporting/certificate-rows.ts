// What a certificate says, as rows for any surface, in the order of the readiness document: scope, domains, blockers, sign-offs, validity.
import type { Certificate, Signing } from '../model/certificate.ts'
import { OUTCOMES } from './states.ts'

export interface Sheet {
  title: string
  facts: [name: string, text: string][]
  domains: { name: string; text: string; open: string[] }[]
  levels: { name: string; covered: boolean; criteria: { id: string; word: string; value: string; limit: string }[] }[]
  gates: [name: string, state: string][]
  blockers: Certificate['blockers']
  conditions: string[]
  signOffs: string[]
  /** What makes it easier to get than it could be. */
  remarks: string[]
  evidence: { path: string; sha256: string; format: string }[]
  statement: string
  check: string[]
}

const day = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

export function sheetOf(certificate: Certificate, { digest, signing }: { digest: string; signing: Signing }): Sheet {
  const { id, serial, system, authority, repository, ref, commit, level, levels, gates, subjects, policy, ledger } = certificate
  const covered = levels.find((one) => one.number === level)
  return {
    title: `${system}: certified for production`,
    facts: [
      ['Certificate', `${id} (no. ${serial})`],
      ['System', system],
      ...(authority === null ? [] : ([['Authority', authority]] as [string, string][])),
      ['Commit', `${commit} of ${repository}, ${ref}`],
      ['Level', `${level}${covered === undefined ? '' : `, ${covered.name}`}`],
      ['Issued', day(certificate.issuedAt)],
      ['Valid until', `${day(certificate.validUntil)} (by ${certificate.expiresBecause})`],
      ['Renewal due', day(certificate.renewalDue)],
      ...subjects.map((one): [string, string] => ['Covers', `${one.name} sha256:${one.digest.sha256}`]),
      ['Policy', `${policy.source} ${policy.digest}`],
      ['Evidence', certificate.evaluation.evidenceDigest],
      ['Ledger', `record ${ledger.seq} of ${ledger.place}, ${ledger.hash}`],
      [
        'Signature',
        signing.state === 'signed' ? (signing.url ?? 'signed; the bundle is beside this file') : `none: ${signing.why}`,
      ],
      ...(certificate.supersedes === null ? [] : ([['Takes the place of', certificate.supersedes]] as [string, string][])),
    ],
    domains: certificate.domains.map(({ name, done, total, percent, open }) => ({
      name,
      text: percent === null ? 'nothing was asked' : `${percent} % (${done} of ${total})`,
      open,
    })),
    levels: levels.map((one) => ({
      name: `Level ${one.number} ${one.name}`,
      covered: one.number <= level,
      criteria: one.criteria.map(({ id: criterion, outcome, value, unit, limit }) => ({
        id: criterion,
        word: `${OUTCOMES[outcome].mark} ${OUTCOMES[outcome].word}`,
        value: value === null ? '–' : `${value} ${unit}`.trim(),
        limit,
      })),
    })),
    gates: gates.map((one) => [`Gate ${one.number} ${one.name}`, one.state]),
    blockers: certificate.blockers,
    conditions: certificate.conditions.map((one) => `${one.text} (level ${one.level}), by ${one.due.slice(0, 10)}`),
    signOffs: certificate.signOffs.map((one) => `${one.role}, at gate ${one.gate}: record ${one.record.slice(0, 12)}`),
    remarks: [
      ...certificate.loosened.map((one) => `Loosened: ${one}`),
      ...certificate.excluded.map((one) => `Left out: ${one}`),
      ...certificate.notApplicable.map((one) => `Not applicable until ${one.expires}: ${one.criterion}, ${one.reason}`),
    ],
    evidence: certificate.evidence.map((one) => ({ ...one, format: one.format ?? '–' })),
    statement: certificate.statement,
    check: [
      `certify verify certificate.json --commit ${commit} --level ${level}`,
      `gh attestation verify certificate.json -R ${repository} --predicate-type https://slsa.dev/verification_summary/v1`,
      `sha256sum certificate.json   # ${digest}`,
    ],
  }
}
