// What the door asks of the ledger, of what was certified, and whether it holds now: one question after another.
import type { Certificate } from '../model/certificate.ts'
import type { Refusal, RefusalCode } from '../model/door.ts'
import type { Asked, AskedLedger } from './door.ts'
import { standingOf } from './status.ts'
import { conditionOverdue, dateOf, openConditions, revokedBecause } from './wording.ts'

const NOTHING = { issued: [], revoked: [], notices: [], met: [], unread: [] }

/** What was found so far: each reason to refuse, and what was not asked. */
export class Findings {
  readonly refusals: Refusal[] = []
  readonly notes: string[] = []

  refuse(code: RefusalCode, text: string, fix: string): void {
    // What others say of it may or may not end its sentence.
    this.refusals.push({ code, text: /[.!?]$/.test(text) ? text : `${text}.`, fix })
  }
}

/** GitHub's names do not differ by case. */
export function sameRepository(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

export function askLedger({ ledger, demand, chosen }: Asked, found: Findings): void {
  if (ledger.state === 'unreadable' && !demand.allowUnchecked)
    found.refuse('LEDGER_UNREADABLE', `The ledger could not be read: ${ledger.message}`, 'Try again.')
  if (ledger.state === 'unreadable' || ledger.state === 'offline') {
    if (demand.allowUnchecked) found.notes.push(`${notAsked(ledger)}: whether it was revoked is not known.`)
    else
      found.refuse(
        'REVOCATION_UNCHECKED',
        `${notAsked(ledger)}: it may have been revoked.`,
        'Ask with network, or let certificate.door.allow_unchecked take the risk.',
      )
    if (demand.expectHead !== null)
      found.refuse('LEDGER_ROLLED_BACK', 'The expected head could not be looked for.', 'Ask with network.')
    return
  }
  if (ledger.state === 'none') return
  const { verification, history, hashes } = ledger
  if (!verification.ok)
    found.refuse(
      'LEDGER_BROKEN',
      `The ledger does not verify: ${verification.problem ?? 'its chain is broken'}.`,
      'Look with certify ledger verify, and restore the branch from a clone.',
    )
  const place = chosen.certificate?.ledger
  if (place !== undefined && place.seq > 0 && hashes[place.seq - 1] !== place.hash)
    found.refuse(
      'LEDGER_ROLLED_BACK',
      `Record ${place.seq} of the ledger was ${place.hash.slice(0, 12)}, and is not any more.`,
      'Restore the branch from a clone that has it.',
    )
  const { expectHead } = demand
  if (expectHead !== null && !(expectHead.length >= 12 && hashes.some((one) => one.startsWith(expectHead))))
    found.refuse(
      'LEDGER_ROLLED_BACK',
      `The expected head ${expectHead.slice(0, 12)} is not in the ledger.`,
      'Restore the branch from a clone that has it.',
    )
  const after = chosen.held?.seq ?? 0
  const unread = history.unread.find((one) => one.seq > after && /^certificate\.(revoked|suspended)$/.test(one.type))
  if (unread !== undefined)
    found.refuse(
      'LEDGER_UNREADABLE',
      `Record ${unread.seq} (${unread.type}) cannot be read by this version.`,
      'Use the version of certify that wrote it.',
    )
}

/** Why nothing is known of the ledger. */
export function notAsked(ledger: Extract<AskedLedger, { state: 'unreadable' | 'offline' }>): string {
  return ledger.state === 'offline' ? 'The ledger was not asked' : `The ledger could not be read (${ledger.message})`
}

export function askPlace({ id }: Certificate, { ledger, chosen }: Asked, found: Findings): void {
  const missing = ledger.state === 'none' || (ledger.state === 'read' && chosen.held === null)
  if (missing) found.refuse('NOT_IN_LEDGER', `${id} is not in the ledger.`, 'Issue it anew from its evaluation.')
}

export function askSubject(certificate: Certificate, { demand, signature }: Asked, found: Findings): void {
  const { repository, ref, name, policy, commit, subjects, level } = certificate
  if (!sameRepository(repository, demand.repository))
    found.refuse('REPOSITORY_MISMATCH', `It is ${repository}'s, not ${demand.repository}'s.`, 'Ask for its own.')
  if (demand.ref === null) found.notes.push(`No ref was asked for; it is of ${ref}.`)
  else if (ref !== demand.ref)
    found.refuse('REF_MISMATCH', `It is of ${ref}, not of ${demand.ref}.`, 'Certify the branch asked for.')
  if (name !== demand.name)
    found.refuse(
      'NAME_MISMATCH',
      `It is of the use ${name}, not of ${demand.name}.`,
      'Certify that use, or give the name that is meant.',
    )
  if (demand.policyDigest === null)
    found.refuse('POLICY_UNKNOWN', 'The policy to hold it against is not known.', 'Give --policy-digest, or ask with network.')
  else if (policy.digest !== demand.policyDigest)
    found.refuse(
      'POLICY_MISMATCH',
      `It was issued under another policy, ${policy.digest}.`,
      'Evaluate again under the policy of today.',
    )
  if (demand.commit === null) {
    if (demand.artifacts.length === 0)
      found.refuse('COMMIT_MISMATCH', 'Neither a commit nor an artifact was named.', 'Name what is to be deployed.')
    else found.notes.push(`No commit was asked for; it is of ${commit.slice(0, 12)}.`)
  } else if (commit !== demand.commit)
    found.refuse(
      'COMMIT_MISMATCH',
      `It is of commit ${commit.slice(0, 12)}, not of ${demand.commit.slice(0, 12)}.`,
      'Certify that commit.',
    )
  if (demand.artifacts.length === 0) found.notes.push('No artifact was asked for: what is deployed was not compared.')
  const foreign = demand.artifacts.filter((one) => !subjects.some((subject) => subject.digest.sha256 === one.sha256))
  if (foreign.length > 0)
    found.refuse(
      'SUBJECT_MISMATCH',
      `It does not cover ${foreign.map((one) => `${one.name} (${one.sha256.slice(0, 12)})`).join(', ')}.`,
      'Deploy what was certified, or name the files under certificate.subjects.',
    )
  else if (demand.artifacts.length > 0 && signature === null && demand.allowUnsigned)
    found.refuse(
      'SUBJECT_MISMATCH',
      'It is not signed, so nobody vouches for the artifacts that it names.',
      'Ask with the commit alone, or issue it where attestations can be made.',
    )
  if (!(level >= demand.level))
    found.refuse(
      'LEVEL_TOO_LOW',
      `It covers level ${level}; level ${demand.level} is asked for.`,
      'Reach that level, and issue again.',
    )
}

export function askInForce(certificate: Certificate, { ledger, now }: Asked, found: Findings): void {
  const standing = standingOf(certificate, ledger.state === 'read' ? ledger.history : NOTHING, now)
  const { revoked, supersededBy, overdue, ended, begun, open } = standing
  if (revoked !== null) found.refuse('REVOKED', revokedBecause(revoked), 'Certify a commit that holds; revoking is final.')
  if (supersededBy !== null) {
    const { id } = supersededBy.data.certificate
    found.refuse('SUPERSEDED', `${id} took its place.`, `Name the commit alone, or give the certificate.json of ${id}.`)
  }
  if (overdue.length > 0) found.refuse('CONDITION_OVERDUE', conditionOverdue(overdue[0]!), 'Meet it, and issue again.')
  if (ended) found.refuse('EXPIRED', `It ended on ${dateOf(standing.until)}.`, 'Evaluate again, and issue a new one.')
  if (!begun) found.refuse('NOT_YET_VALID', `It begins on ${dateOf(certificate.validFrom)}.`, 'Wait, or set this clock right.')
  if (open.length > 0) found.notes.push(openConditions(open, certificate.conditions))
}
