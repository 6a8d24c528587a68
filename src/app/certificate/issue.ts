// `command: issue`: once every gate of the policy is open, the certificate: made, signed where it can be, recorded, and left as files.
import { historyOf } from '../../certificate/history.ts'
import { issueCertificate } from '../../certificate/issue.ts'
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import { statusOf } from '../../certificate/status.ts'
import { certificateId, RANDOM_BYTES } from '../../certificate/ulid.ts'
import { notIssued } from '../../certificate/wording.ts'
import {
  CERTIFICATE_ISSUED,
  type Certificate,
  type CertificateHistory,
  type HeldCertificate,
  type IssuedData,
} from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import { type Draft, objectPath } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { terminalText } from '../../reporting/escape/terminal.ts'
import { asEvaluated } from '../gate.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { append } from '../ledger/append.ts'
import { draftOf } from '../ledger/pending.ts'
import { decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import type { Chain } from './chain.ts'
import { githubProblem, openProblem } from './confirm.ts'
import { type Issuable, issuableOf, underPolicy } from './issuable.ts'
import { leaveCertificate } from './leave.ts'
import { trusted, verifiedChain } from './revoke.ts'
import { type Signed, signCertificate } from './sign.ts'
import { subjectsOf } from './subjects.ts'

/** Exit 0: issued, or it was before; 1: something is still open. Throws CertifyError where it could not be recorded (decision 38). */
export async function issue(invocation: Invocation, ports: Ports): Promise<Ended> {
  trusted(ports)
  const commit = invocation.commit ?? ports.subject.commit
  if (commit === null)
    throw new CertifyError('usage', 'which commit is certified is not known', { hint: 'commit: its full hash' })
  const config = await configOf(invocation, ports)
  const chain = await verifiedChain(config.ledger, ports)
  const history = historyOf(chain.records)
  const found = issuableOf(commit, invocation.name, chain)
  const { resolved } = await decidePolicy(asEvaluated(invocation, found.evaluation), ports)
  if (resolved.config === null || resolved.digest !== found.record.data.policy?.digest)
    return notYet(['The policy has changed since the evaluation: evaluate again.'], invocation)
  const now = resolved.config
  const issuable = underPolicy(found, now)
  const before = standing(issuable, history)
  if (before !== null && statusOf(before.data.certificate, history, ports.clock.now()).state === 'expired')
    return notYet([`${before.data.certificate.id}, of this evaluation, has expired: evaluate the commit again.`], invocation)
  // A record may be anybody's: what the evaluation does not give is not given again.
  const untrue = before === null ? '' : openProblem(before.data.certificate, issuable)
  if (untrue !== '') return notYet([`${before!.data.certificate.id} of the ledger is not to be trusted: ${untrue}.`], invocation)
  if (before !== null)
    return ended(before.data, chain, leaveCertificate(before.data, bundleOf(before, chain), invocation, ports), true, invocation)
  const refused = await whyNot(issuable, history, resolved.digest, ports)
  const made = issueCertificate({
    config: now,
    ...issuable.judged,
    evaluation: { seq: issuable.record.header.seq, hash: issuable.record.hash, data: issuable.record.data },
    approvals: issuable.approvals,
    decisions: issuable.decisions,
    subjects: subjectsOf([...now.certificate.subjects, ...invocation.subjects], ports.files),
    now: ports.clock.now(),
    id: newId(ports),
    serial: history.issued.length + 1,
    ledger: { place: chain.store.place, seq: chain.verification.records, hash: chain.verification.head ?? '' },
    supersedes: newestOf(issuable, history)?.data.certificate.id ?? null,
  })
  const reasons = [...refused, ...('refused' in made ? made.refused : [])]
  if (reasons.length > 0 || 'refused' in made) return notYet(reasons, invocation)
  const signed = await signCertificate(made.certificate, now, ports)
  const data = dataOf(made.certificate, signed, made.owners, null)
  const { head } = await append(chain.store, [issuedDraft('certificate.issued', data, ports)], {
    ...ports.ledger.append,
    clock: ports.clock,
    objects: objectsOf(signed),
    since: chain.verification.records,
  })
  return ended(
    data,
    { ...chain, verification: { ...chain.verification, head: head.hash } },
    leaveCertificate(data, signed.bundle, invocation, ports),
    false,
    invocation,
  )
}

export function dataOf(
  certificate: Certificate,
  { signing }: Signed,
  owners: Record<string, string>,
  renews: string | null,
): IssuedData {
  return { schema: CERTIFICATE_ISSUED, certificate, digest: sha256(canonical(certificate)), signing, owners, renews }
}

/** Named by its certificate: it is one record, however often it is written. */
export function issuedDraft(
  type: 'certificate.issued' | 'certificate.renewed',
  data: IssuedData,
  ports: Ports,
): Draft<IssuedData> {
  return {
    ...draftOf(type, data, ports),
    id: sha256(`${type} ${data.certificate.id}`).slice(0, 32),
    sha: data.certificate.commit,
  }
}

export function objectsOf({ bundle }: Signed): ReadonlyMap<string, string> {
  return new Map(bundle === null ? [] : [[objectPath(sha256(bundle)), bundle]])
}

export function newId({ clock, ledger }: Ports): string {
  return certificateId(clock.now(), Uint8Array.from(Buffer.from(ledger.newId(), 'hex')).slice(0, RANDOM_BYTES))
}

export async function configOf(invocation: Invocation, ports: Ports): Promise<Config> {
  const { resolved } = await decidePolicy(invocation, ports)
  if (resolved.config !== null) return resolved.config
  throw new CertifyError('config_invalid', `${resolved.source} has ${resolved.problems.length} problem(s)`, {
    problems: resolved.problems,
  })
}

/** Of this very evaluation, and nobody has revoked it: issuing again gives it again. */
function standing(issuable: Issuable, history: CertificateHistory): HeldCertificate | null {
  const own = ofEvaluation(issuable, history)
  const revoked = new Set(history.revoked.map((one) => one.data.id))
  return own.findLast((one) => !revoked.has(one.data.certificate.id)) ?? null
}

function ofEvaluation({ record }: Issuable, { issued }: CertificateHistory): HeldCertificate[] {
  return issued.filter((one) => one.data.certificate.evaluation.hash === record.hash)
}

function newestOf({ record }: Issuable, history: CertificateHistory): HeldCertificate | null {
  const { name, subject } = record.data
  const revoked = new Set(history.revoked.map((one) => one.data.id))
  const own = history.issued.filter(
    ({ data: { certificate } }) => certificate.name === name && certificate.commit === subject.commit,
  )
  return own.findLast((one) => !revoked.has(one.data.certificate.id)) ?? null
}

/** What the ledger alone cannot say: that the policy is the same still, and that GitHub still has the approvals. */
async function whyNot(issuable: Issuable, history: CertificateHistory, digest: string | null, ports: Ports): Promise<string[]> {
  const ended = history.revoked.find(({ data }) =>
    ofEvaluation(issuable, history).some((one) => one.data.certificate.id === data.id),
  )
  if (ended !== undefined) return [`${ended.data.id}, of this evaluation, was revoked: evaluate the commit again.`]
  if (digest === null || digest !== issuable.record.data.policy?.digest)
    return ['The policy has changed since the evaluation: evaluate again.']
  const problem = ports.reviews === null ? '' : await githubProblem(issuable, digest, ports)
  return problem === '' ? [] : [`GitHub does not confirm ${problem}.`]
}

function bundleOf({ data: { signing } }: HeldCertificate, chain: Chain): string | null {
  return signing.state === 'signed' ? chain.object(signing.bundle) : null
}

function notYet(reasons: readonly string[], { json }: Invocation): Ended {
  const text = notIssued(reasons)
  return {
    exit: 1,
    output: json ? `${JSON.stringify({ issued: false, open: reasons }, null, 2)}\n` : `${terminalText(text, 4000)}\n`,
    result: null,
    outputs: { 'certificate-id': '', 'certificate-path': '' },
    summary: text,
  }
}

function ended(data: IssuedData, chain: Chain, path: string, again: boolean, { json }: Invocation): Ended {
  const { certificate, signing } = data
  const { id, commit, level, validUntil } = certificate
  const told = signing.state === 'signed' ? 'signed' : `not signed: ${signing.why}`
  const text = `${id} ${again ? 'was issued before' : 'is issued'} for ${commit.slice(0, 12)}, level ${level}, until ${validUntil} (${told})`
  const head = chain.verification.head ?? ''
  return {
    exit: 0,
    output: json ? `${JSON.stringify({ issued: true, path, ...data }, null, 2)}\n` : `${terminalText(text, 400)}\n${path}\n`,
    result: null,
    outputs: { 'certificate-id': id, 'certificate-path': path, 'ledger-head': head },
  }
}
