// Signing a certificate where it can be (decision 46: roles and hashes, no names), by the policy's word on whether it has to be.
import { canonical, sealObject, sha256 } from '../../certificate/ledger/seal.ts'
import { statementOf, verifierOf } from '../../certificate/statement.ts'
import type { Certificate, Signing } from '../../model/certificate.ts'
import type { Config } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Attestor, Ports } from '../ports.ts'

export interface Signed {
  signing: Signing
  /** null: it is not signed. */
  bundle: string | null
}

/** Throws CertifyError `not_signed` where the policy asks for a signature and there is none; nothing is recorded then. */
export async function signCertificate(certificate: Certificate, config: Config, ports: Ports): Promise<Signed> {
  const { attest } = config.certificate
  if (attest === 'never') return unsigned('the policy asks for no signature')
  const attestor = await ports.attestor()
  const attested =
    attestor === null ? unsigned('there is nobody to sign as here') : await attestedBy(attestor, certificate, ports)
  if (attested.signing.state === 'signed') return attested
  if (attest === 'always')
    throw new CertifyError('not_signed', `the certificate cannot be signed: ${attested.signing.why}`, {
      hint: 'the policy says attest: always; nothing was issued',
    })
  ports.log.warn(`the certificate is not signed: ${attested.signing.why}`)
  return attested
}

async function attestedBy(attestor: Attestor, certificate: Certificate, ports: Ports): Promise<Signed> {
  try {
    const workflow = (await attestor.workflow()) ?? ports.env.GITHUB_WORKFLOW_REF ?? ''
    const statement = statementOf(certificate, sha256(canonical(certificate)), verifierOf(workflow))
    const attested = await attestor.attest(statement)
    if (attested.state === 'unsigned') return unsigned(attested.why)
    // Objects of the ledger are kept in one form; what is signed is inside it, encoded.
    const kept = sealObject(JSON.parse(attested.bundle))
    return { signing: { state: 'signed', bundle: kept.sha256, url: attested.url }, bundle: kept.text }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return unsigned(error.message)
  }
}

export function unsigned(why: string): Signed & { signing: { state: 'unsigned' } } {
  return { signing: { state: 'unsigned', why }, bundle: null }
}
