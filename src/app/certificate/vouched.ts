// What vouches for a certificate that is renewed, and for the one that takes its place: nothing is signed on the word of the ledger alone.
import { Findings } from '../../certificate/door-questions.ts'
import { askSignature, isSigner } from '../../certificate/door-signature.ts'
import type { Certificate, HeldCertificate } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import type { CheckedSignature } from '../../model/door.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Ports } from '../ports.ts'
import type { Case } from './case.ts'
import type { Chain } from './chain.ts'
import { type Signed, signCertificate, unsigned } from './sign.ts'
import { signersOf } from './signers.ts'

/** Its own signature; of an unsigned one GitHub, by the policy's leave, where it rests on what people approved. Each reason a sentence. */
export async function vouchedAgainst({ held, root, policy }: Case, chain: Chain, ports: Ports): Promise<string[]> {
  const { certificate, signing } = held.data
  if (signing.state === 'signed')
    return signatureAgainst(held, await checkedIn(signing.bundle, chain, ports), policy.config, ports)
  if (!policy.config.certificate.door.allowUnsigned) return ['It is not signed, and the policy gives no leave for that.']
  return certificate.evaluation.hash === root.certifiable.record.hash
    ? []
    : ['It is not signed, and rests on reports that nobody approved: evaluate the commit anew.']
}

/** null: the ledger does not hold the bundle. */
export async function checkedIn(bundle: string, chain: Chain, ports: Ports): Promise<CheckedSignature | null> {
  const text = chain.object(bundle)
  return text === null ? null : (await ports.signatures()).check(text)
}

/** What the door would say against its signature, each a sentence. */
export function signatureAgainst(
  held: HeldCertificate,
  signature: CheckedSignature | null,
  config: Config,
  ports: Ports,
): string[] {
  const { certificate, digest } = held.data
  const found = new Findings()
  const demand = {
    repository: certificate.repository,
    commit: certificate.commit,
    artifacts: [],
    level: certificate.level,
    name: certificate.name,
    ref: certificate.ref,
    policyDigest: certificate.policy.digest,
    signers: signersOf(config, ports),
    allowUnsigned: false,
    allowUnchecked: false,
    expectHead: null,
  }
  const chosen = { certificate, digest, held, refusals: [] }
  const now = ports.clock.now()
  askSignature(certificate, { demand, chosen, ledger: { state: 'none' }, signature, unconfirmed: null, now }, found)
  return found.refusals.map((one) => one.text)
}

/**
 * Signed as what it takes the place of; or why it would not pass the door, which would shut the door to both. `same`: it rests on
 * the evaluation that people approved; of anything newer a signature alone can say that it is true.
 */
export async function signedLike(
  { held, policy: { config } }: Case,
  certificate: Certificate,
  same: boolean,
  ports: Ports,
): Promise<Signed | { against: string[] }> {
  const wasSigned = held.data.signing.state === 'signed'
  if (!wasSigned && config.certificate.attest === 'always')
    return { against: ['The policy asks for a signature, and it has none.'] }
  if (!wasSigned && !same)
    return { against: ['It is not signed, and nothing else would vouch for newer reports or another policy.'] }
  try {
    const foreign = wasSigned ? await foreignSigner(config, ports) : null
    if (foreign !== null) return { against: [`${foreign} would sign it, which certificate.signers does not name.`] }
    const signed = wasSigned
      ? await signCertificate(certificate, config, ports)
      : unsigned('what it takes the place of is not signed')
    if (signed.signing.state === 'signed' || (same && config.certificate.door.allowUnsigned)) return signed
    return { against: [`It cannot be signed: ${signed.signing.why}.`] }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return { against: [`${error.message}.`] }
  }
}

/** The workflow that this job would sign as, where the door would not know it. */
async function foreignSigner(config: Config, ports: Ports): Promise<string | null> {
  const workflow = config.certificate.attest === 'never' ? null : ((await (await ports.attestor())?.workflow()) ?? null)
  if (workflow === null || signersOf(config, ports).some((one) => isSigner(one, `https://github.com/${workflow}`))) return null
  return workflow.replace(/@.*$/, '')
}
