// The door: whether a certificate lets this commit or artifact through now, and each reason why not. Nothing missing is ever fine.
import type { Certificate, CertificateHistory, HeldCertificate } from '../model/certificate.ts'
import { type CheckedSignature, type Demand, type DoorAnswer, REFUSALS, type Refusal, type RefusalCode } from '../model/door.ts'
import type { LedgerRecord, Verification } from '../model/ledger.ts'
import { askInForce, askLedger, askPlace, askSubject, Findings, notAsked, sameRepository } from './door-questions.ts'
import { askSignature } from './door-signature.ts'
import { historyOf } from './history.ts'
import { openCanonical, sha256 } from './ledger/seal.ts'
import { isCertificate } from './shape.ts'
import { statusOf } from './status.ts'

/** The ledger as far as it could be asked. */
export type AskedLedger =
  /** `hashes`: of every record of the verified chain, the first at 0. */
  | { state: 'read'; verification: Verification; history: CertificateHistory; hashes: readonly string[] }
  /** It was reached, and there is none. */
  | { state: 'none' }
  /** It was asked for, and something went wrong. */
  | { state: 'unreadable'; message: string }
  /** Without network: nobody asked. */
  | { state: 'offline' }

/** `records`: oldest first, as far as the chain holds. The verification must not have been told of an expected head: the door asks that itself. */
export function ledgerRead(verification: Verification, records: readonly LedgerRecord[]): AskedLedger {
  return { state: 'read', verification, history: historyOf(records), hashes: records.map((one) => one.hash) }
}

/** The certificate that is looked at, before anything is asked of it. */
export interface Chosen {
  certificate: Certificate | null
  /** sha256 of its bytes as they were given, or as the ledger has it; empty without one. */
  digest: string
  /** Its place in the ledger; null: it has none. */
  held: HeldCertificate | null
  /** Why there is none, or not this one. */
  refusals: Refusal[]
}

export interface Asked {
  demand: Demand
  chosen: Chosen
  ledger: AskedLedger
  /** Of the bundle that belongs to it; null: there is no bundle. */
  signature: CheckedSignature | null
  /** Of an unsigned one: what is wrong with run, workflow or approvals, read again; `''`: nothing. null: nobody asked. */
  unconfirmed: string | null
  now: Date
}

/** By the file's bytes; without a file (null) the newest of the ledger that covers commit and artifacts, whatever its state. */
export function chooseCertificate(file: Uint8Array | null, demand: Demand, ledger: AskedLedger): Chosen {
  const issued = ledger.state === 'read' ? ledger.history.issued : []
  if (file === null) {
    const held = newest(issued, demand)
    if (held !== undefined) return { certificate: held.data.certificate, digest: held.data.digest, held, refusals: [] }
    const what = demand.commit === null ? 'what is asked for' : `commit ${demand.commit.slice(0, 12)}`
    if (ledger.state === 'unreadable' || ledger.state === 'offline')
      return refused(
        'NO_CERTIFICATE',
        `${notAsked(ledger)}: whether there is one for ${what} is not known.`,
        'Give certificate.json, or ask with network.',
      )
    return refused('NO_CERTIFICATE', `There is no certificate for ${what}.`, 'Have the gates approved, and issue one.')
  }
  const read = openCanonical(file)
  if ('problem' in read)
    return refused('CERTIFICATE_UNREADABLE', `The certificate ${read.problem}.`, 'Take certificate.json as it was issued.')
  if (!isCertificate(read.value))
    return refused('CERTIFICATE_UNREADABLE', 'The file is no certificate.', 'Take certificate.json as it was issued.')
  const certificate = read.value
  const digest = sha256(file)
  const held = issued.find((one) => one.data.certificate.id === certificate.id) ?? null
  const refusals: Refusal[] = []
  if (held !== null && held.data.digest !== digest)
    refusals.push({
      code: 'CERTIFICATE_ALTERED',
      text: `The certificate is not the one that was issued as ${certificate.id}.`,
      fix: 'Take certificate.json as it was issued.',
    })
  return { certificate, digest, held, refusals }
}

function refused(code: RefusalCode, text: string, fix: string): Chosen {
  return { certificate: null, digest: '', held: null, refusals: [{ code, text, fix }] }
}

/** The newest that is of the commit, else of all artifacts; of several rather one of the name, ref, policy, files and level asked for. */
function newest(issued: readonly HeldCertificate[], demand: Demand): HeldCertificate | undefined {
  const { repository, commit, artifacts, name, ref, policyDigest, level } = demand
  const hasAll = ({ data }: HeldCertificate): boolean =>
    artifacts.every((one) => data.certificate.subjects.some((subject) => subject.digest.sha256 === one.sha256))
  const isAskedFor = (one: HeldCertificate): boolean =>
    sameRepository(one.data.certificate.repository, repository) &&
    (commit === null ? artifacts.length > 0 && hasAll(one) : one.data.certificate.commit === commit)
  const preferences = [
    (one: HeldCertificate) => one.data.certificate.name === name,
    (one: HeldCertificate) => one.data.certificate.ref === ref,
    (one: HeldCertificate) => one.data.certificate.policy.digest === policyDigest,
    hasAll,
    (one: HeldCertificate) => one.data.certificate.level >= level,
  ]
  const narrowed = preferences.reduce((left, prefers) => {
    const preferred = left.filter(prefers)
    return preferred.length === 0 ? left : preferred
  }, issued.filter(isAskedFor))
  return narrowed.at(-1)
}

/** Every question is asked; the answer's code is that of the first refusal in the order of REFUSALS. */
export function answerAtDoor(asked: Asked): DoorAnswer {
  const { chosen, ledger, now, signature } = asked
  const { certificate } = chosen
  const found = new Findings()
  askLedger(asked, found)
  if (certificate !== null) {
    askPlace(certificate, asked, found)
    askSignature(certificate, asked, found)
    askSubject(certificate, asked, found)
    askInForce(certificate, asked, found)
  }
  const refusals = [...chosen.refusals, ...found.refusals].sort((a, b) => REFUSALS.indexOf(a.code) - REFUSALS.indexOf(b.code))
  return {
    // Without a certificate there is no yes, whatever was or was not refused.
    ok: refusals.length === 0 && certificate !== null,
    code: refusals[0]?.code ?? null,
    refusals,
    notes: found.notes,
    certificate,
    status: certificate !== null && ledger.state === 'read' ? statusOf(certificate, ledger.history, now) : null,
    signer: signature?.state === 'valid' ? signature.signer : null,
  }
}
