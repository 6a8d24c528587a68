// Whether the certificate that the ledger already holds of an evaluation is given again: only one that is true, and in force.
import { canonical } from '../../certificate/ledger/seal.ts'
import { statusOf } from '../../certificate/status.ts'
import type { CertificateHistory, HeldCertificate } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'
import type { Chain } from './chain.ts'
import { openProblem } from './confirm.ts'
import type { Issuable } from './issuable.ts'
import { unsignedProblem } from './remade.ts'
import { subjectsOf } from './subjects.ts'
import { checkedIn, signatureAgainst } from './vouched.ts'

export interface Before {
  held: HeldCertificate
  issuable: Issuable
  history: CertificateHistory
  chain: Chain
}

/** Why it is not, as a sentence; `''`: it is. */
export async function notAgain(before: Before, { subjects }: Pick<Invocation, 'subjects'>, ports: Ports): Promise<string> {
  const { id } = before.held.data.certificate
  const { state, supersededBy } = statusOf(before.held.data.certificate, before.history, ports.clock.now())
  if (state === 'expired') return `${id}, of this evaluation, has expired: evaluate the commit again.`
  if (state === 'superseded')
    return `${supersededBy} took the place of ${id}, of this evaluation: use that one, or evaluate the commit again.`
  // A record may be anybody's: what the evaluation does not give is not given again.
  const untrue = await untrueBy(before, subjects, ports)
  return untrue === '' ? '' : `${id} of the ledger is not to be trusted: ${untrue.replace(/\.$/, '')}.`
}

async function untrueBy({ held, issuable, history, chain }: Before, named: readonly string[], ports: Ports): Promise<string> {
  const { certificate, signing } = held.data
  const { config } = issuable.evaluation.policy
  const open = openProblem(certificate, issuable)
  if (open !== '') return open
  if (signing.state === 'signed') {
    const signature = await checkedIn(signing.bundle, chain, ports)
    // Without a root to trust, its evaluation has to give it again; the door checks the signature in any case.
    if (signature?.state !== 'unchecked') return signatureAgainst(held, signature, config, ports).join(' ')
  }
  const here = subjectsOf([...config.certificate.subjects, ...named], ports.files)
  return canonical(certificate.subjects) === canonical(here)
    ? unsignedProblem(held, history, issuable)
    : 'no signature vouches for it, and it names other artifacts than are here'
}

/** Those that count: where the policy asks for a signature, one without is none. */
export function counted(history: CertificateHistory, { certificate: { attest } }: Config): CertificateHistory {
  if (attest !== 'always') return history
  return { ...history, issued: history.issued.filter((one) => one.data.signing.state === 'signed') }
}
