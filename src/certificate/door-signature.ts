// Who signed a certificate, and what exactly: the signature, its signer, and that it says what the certificate says.
import type { Certificate } from '../model/certificate.ts'
import type { Signer } from '../model/door.ts'
import type { Asked } from './door.ts'
import { type Findings, sameRepository } from './door-questions.ts'
import { pathOf, statementProblem, verifierOf } from './statement.ts'

export function askSignature(certificate: Certificate, asked: Asked, found: Findings): void {
  const { signature, chosen } = asked
  if (signature === null) askUnsigned(asked, found)
  else if (signature.state === 'invalid')
    found.refuse('SIGNATURE_INVALID', `The signature does not hold: ${signature.message}`, 'Do not deploy it.')
  else if (signature.state === 'unchecked')
    found.refuse('SIGNATURE_UNCHECKED', `The signature could not be checked: ${signature.message}`, 'Give a trusted root.')
  else {
    askSigner(signature.signer, certificate, asked, found)
    const problem = statementProblem(signature.statement, certificate, chosen.digest, verifierOf(signature.signer.identity))
    if (problem !== null)
      found.refuse('STATEMENT_MISMATCH', `The signature is not this certificate's: ${problem}.`, 'Take its own bundle.')
  }
}

/** Leave to go unsigned is no leave to lose a signature: the ledger has to say that there never was one. */
function askUnsigned({ demand, chosen, ledger, unconfirmed }: Asked, found: Findings): void {
  const signing = chosen.held?.data.signing
  if (signing?.state === 'signed') {
    found.refuse('SIGNATURE_UNCHECKED', 'It was signed, and its signature is not here.', 'Give its Sigstore bundle.')
  } else if (!demand.allowUnsigned || ledger.state !== 'read' || signing === undefined) {
    found.refuse(
      'UNSIGNED',
      'It is not signed.',
      'Issue it where attestations can be made, or let certificate.door.allow_unsigned take the risk.',
    )
  } else if (unconfirmed !== '') {
    found.refuse(
      'APPROVAL_UNCONFIRMED',
      `It is not signed, and GitHub does not confirm it: ${unconfirmed ?? 'nobody asked'}.`,
      'Ask with a token that may read the run and its approvals.',
    )
  } else found.notes.push(`It is not signed (${signing.why}); the policy allows that.`)
}

/** Whose word on identities is taken, the check of the signature has decided: it alone knows the host. */
function askSigner(signer: Signer, { ref }: Certificate, { demand }: Asked, found: Findings): void {
  const { identity, sourceRepository, sourceRef } = signer
  if (!demand.signers.some((one) => isSigner(one, identity)))
    found.refuse(
      'SIGNER_MISMATCH',
      `It was signed by ${identity === '' ? 'nobody known' : identity}, whom the policy does not name.`,
      'Name the issuing workflow under certificate.signers.',
    )
  const source = pathOf(sourceRepository ?? '') ?? ''
  if (!sameRepository(source, demand.repository))
    found.refuse(
      'REPOSITORY_MISMATCH',
      `It was signed for ${source || 'no repository'}, not for ${demand.repository}.`,
      'Ask for its own.',
    )
  if (sourceRef !== ref)
    found.refuse('REF_MISMATCH', `It was signed in a run of ${sourceRef ?? 'no ref'}.`, 'Issue it from the branch itself.')
}

/** `OWNER/REPO/.github/workflows/FILE.yml`, any ref of it, or with `@ref` that one alone. */
export function isSigner(named: string, identity: string): boolean {
  const signed = pathOf(identity) ?? ''
  if (!/\.ya?ml(?:@.+)?$/.test(named)) return false
  return named.includes('@') ? signed === named : signed.startsWith(`${named}@`) && signed.length > named.length + 1
}
