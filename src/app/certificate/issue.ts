// `command: issue`: once every gate of the policy is open, the certificate: made, signed where it can be, recorded, and left as files.
import { historyOf } from '../../certificate/history.ts'
import { issueCertificate } from '../../certificate/issue.ts'
import { canonical, sha256 } from '../../certificate/ledger/seal.ts'
import { statusOf } from '../../certificate/status.ts'
import { certificateId, RANDOM_BYTES } from '../../certificate/ulid.ts'
import {
  CERTIFICATE_ISSUED,
  type Certificate,
  type CertificateHistory,
  type HeldCertificate,
  type IssuedData,
} from '../../model/certificate.ts'
import { type Draft, objectPath } from '../../model/ledger.ts'
import { CertifyError } from '../../model/problem.ts'
import { issuedEnding, notIssuedEnding } from '../../reporting/certificate-ending.ts'
import { renderEnding, renderEndingMarkdown } from '../../reporting/renderers/certificate-ending.ts'
import { asEvaluated } from '../gate.ts'
import type { Ended, Invocation } from '../invocation.ts'
import { append, Forestalled } from '../ledger/append.ts'
import { certificateSaid } from '../ledger/certificate-badge.ts'
import { draftOf } from '../ledger/pending.ts'
import { decidedConfig, decidePolicy } from '../policy.ts'
import type { Ports } from '../ports.ts'
import { counted, notAgain } from './again.ts'
import { verifiedChain } from './chain.ts'
import { githubProblem } from './confirm.ts'
import { certifiableOf, givenBy, type Issuable, underPolicy } from './issuable.ts'
import { bundleOf, leaveCertificate } from './leave.ts'
import { type Signed, signCertificate } from './sign.ts'
import { builtElsewhere, subjectsOf } from './subjects.ts'
import { trusted } from './trusted.ts'

/** Exit 0: issued, or it was before; 1: something is still open. Throws CertifyError where it could not be recorded (decision 38). */
export async function issue(invocation: Invocation, ports: Ports): Promise<Ended> {
  trusted(ports)
  const commit = invocation.commit ?? ports.subject.commit
  if (commit === null)
    throw new CertifyError('usage', 'which commit is certified is not known', { hint: 'commit: its full hash' })
  const { ledger } = await decidedConfig(invocation, ports)
  const chain = await verifiedChain(ledger, ports)
  const history = historyOf(chain.records)
  // A run of the default branch signs, and says so: of any other ref no door would take it.
  const found = certifiableOf({ commit, name: invocation.name, ref: `refs/heads/${ports.branch.name}` }, chain)
  const { resolved } = await decidePolicy(asEvaluated(invocation, found.evaluation), ports)
  if (resolved.config === null || resolved.digest !== found.record.data.policy?.digest)
    return notYet(['The policy has changed since the evaluation: evaluate again.'], invocation)
  const now = resolved.config
  const issuable = underPolicy(found, { config: now, loosened: resolved.loosened })
  const standing = counted(history, now)
  const before = lastHeld(standing, ofEvaluation(issuable))
  if (before !== null) {
    const against = await notAgain({ held: before, issuable, history, chain }, invocation, ports)
    if (against !== '') return notYet([against], invocation)
    const told = { history, again: true, bundle: bundleOf(before, chain) }
    return ended(before, chain.verification.head ?? '', told, invocation, ports)
  }
  const named = [...now.certificate.subjects, ...invocation.subjects]
  const refused = [...(await whyNot(issuable, history, ports)), ...(await builtElsewhere(named, issuable, ports))]
  const made = issueCertificate({
    ...issuable.judged,
    ...givenBy(issuable),
    subjects: subjectsOf(named, ports.files),
    now: ports.clock.now(),
    id: newId(ports),
    serial: history.issued.length + 1,
    ledger: { place: chain.store.place, seq: chain.verification.records, hash: chain.verification.head ?? '' },
    supersedes: lastHeld(standing, ofCommit(issuable))?.data.certificate.id ?? null,
  })
  const reasons = [...refused, ...('refused' in made ? made.refused : [])]
  if (reasons.length > 0 || 'refused' in made) return notYet(reasons, invocation)
  const signed = await signCertificate(made.certificate, now, ports)
  const data = dataOf(made.certificate, signed, made.owners, null)
  const held = { seq: chain.verification.records + 1, hash: '', at: made.certificate.issuedAt, data }
  const appended = await append(chain.store, [issuedDraft('certificate.issued', data, ports)], {
    ...ports.ledger.append,
    clock: ports.clock,
    objects: objectsOf(signed),
    extras: certificateSaid({ ...history, issued: [...history.issued, held] }, made.certificate),
    since: chain.verification.records,
    unless: ({ header }) => header.type.startsWith('certificate.') && header.sha === made.certificate.commit,
  }).catch((error: unknown) => {
    if (error instanceof Forestalled) return null
    throw error
  })
  // Another run has issued or revoked it meanwhile: what stands now is looked at again.
  if (appended === null) return issue(invocation, ports)
  return ended({ data }, appended.head.hash, { history, again: false, bundle: signed.bundle }, invocation, ports)
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

/** The last one recorded of those, that nobody has revoked. */
function lastHeld({ issued, revoked }: CertificateHistory, of: (certificate: Certificate) => boolean): HeldCertificate | null {
  const ended = new Set(revoked.map((one) => one.data.id))
  return issued.findLast(({ data: { certificate } }) => of(certificate) && !ended.has(certificate.id)) ?? null
}

/** Of this very evaluation: issuing again gives it again. */
function ofEvaluation({ record }: Issuable): (certificate: Certificate) => boolean {
  return ({ evaluation }) => evaluation.hash === record.hash
}

function ofCommit({ record }: Issuable): (certificate: Certificate) => boolean {
  const { name, subject } = record.data
  return ({ name: own, commit, ref }) => own === name && commit === subject.commit && ref === subject.ref
}

/** What the evaluation alone cannot say: that its certificate was revoked, or that GitHub no longer has the approvals. */
async function whyNot(issuable: Issuable, history: CertificateHistory, ports: Ports): Promise<string[]> {
  const own = history.issued.map((one) => one.data.certificate).filter(ofEvaluation(issuable))
  const ended = history.revoked.find(({ data }) => own.some((one) => one.id === data.id))
  if (ended !== undefined) return [`${ended.data.id}, of this evaluation, was revoked: evaluate the commit again.`]
  const { policy } = issuable.record.data
  const problem = ports.reviews === null ? '' : await githubProblem(issuable, policy?.digest ?? null, ports)
  return problem === '' ? [] : [`GitHub does not confirm ${problem}.`]
}

function notYet(reasons: readonly string[], { json, colour, width }: Invocation): Ended {
  const ending = notIssuedEnding(reasons)
  return {
    exit: 1,
    output: json
      ? `${JSON.stringify({ issued: false, open: reasons }, null, 2)}\n`
      : renderEnding(ending, { color: colour, width }),
    result: null,
    outputs: { 'certificate-id': '', 'certificate-path': '' },
    summary: renderEndingMarkdown(ending),
  }
}

function ended(
  { data }: Pick<HeldCertificate, 'data'>,
  head: string,
  { history, again, bundle }: { history: CertificateHistory; again: boolean; bundle: string | null },
  invocation: Invocation,
  ports: Ports,
): Ended {
  // Owners are people: they stay in the ledger's record (decision 46).
  const { owners: _, ...told } = data
  const path = leaveCertificate(data, bundle, invocation, ports, history)
  const ending = issuedEnding(data, statusOf(data.certificate, history, ports.clock.now()), again)
  const look = { color: invocation.colour, width: invocation.width }
  return {
    exit: 0,
    output: invocation.json
      ? `${JSON.stringify({ issued: true, path, ...told }, null, 2)}\n`
      : `${renderEnding(ending, look)}${path}\n`,
    result: null,
    outputs: { 'certificate-id': data.certificate.id, 'certificate-path': path, 'ledger-head': head },
    summary: renderEndingMarkdown(ending),
  }
}
