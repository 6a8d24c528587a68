// Who signed a bundle, and what: by the roots at hand, and by nothing that the bundle says of itself before that.
import { ASN1Obj } from '@sigstore/core'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify'
import type { CheckedSignature, Signer } from '../../model/door.ts'
import { plain } from '../github/trouble.ts'
import { type Envelope, openBundle, readStatement } from './bundle.ts'

/** Extensions of Fulcio's certificates, all UTF8String. */
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12'
const SOURCE_DIGEST = '1.3.6.1.4.1.57264.1.13'
const SOURCE_REF = '1.3.6.1.4.1.57264.1.14'
const UTF8_STRING = 12

type Verified = ReturnType<Verifier['verify']>

/** `issuer`: whose word on identities is taken, the host's own token service. At least one root is given. */
export function checkBundle(text: string, roots: readonly TrustedRoot[], issuer: string): CheckedSignature {
  try {
    const envelope = openBundle(text)
    const { identity } = verified(envelope, roots)
    const said = identity?.extensions?.issuer ?? null
    if (said === null || !isIssuer(said, issuer))
      throw new Error(`the identity of who signed is vouched for by ${said === null ? 'nobody' : plain(said)}, not by ${issuer}`)
    if (identity?.subjectAlternativeName === undefined) throw new Error('the signing certificate names nobody')
    const value = (oid: string): string | null => extension(identity.oids ?? [], oid)
    const signer: Signer = {
      identity: identity.subjectAlternativeName,
      issuer: said,
      sourceRepository: value(SOURCE_REPOSITORY),
      sourceRef: value(SOURCE_REF),
      sourceDigest: value(SOURCE_DIGEST),
    }
    return { state: 'valid', statement: readStatement(envelope.payload), signer }
  } catch (error) {
    return { state: 'invalid', message: error instanceof Error ? plain(error.message) : 'it cannot be read' }
  }
}

/** By the first root that it holds under; else what the last of them that knew the signing authority found wrong. */
function verified({ bundle }: Envelope, roots: readonly TrustedRoot[]): Verified {
  let found: Error | null = null
  for (const root of roots) {
    try {
      return new Verifier(toTrustMaterial(root), thresholds(root)).verify(toSignedEntity(bundle))
    } catch (error) {
      const unknown = error instanceof VerificationError && error.code === 'CERTIFICATE_ERROR'
      if (found === null || !unknown) found = new Error(sentence(error), { cause: error })
    }
  }
  throw found ?? new Error('there is no root to trust')
}

/**
 * A root with logs is of an authority that enters each signature and each certificate there; GitHub's own, for private
 * repositories, has timestamps alone. The time of signing is always vouched for: without it a certificate of ten minutes
 * would be good for ever.
 */
function thresholds({ tlogs, ctlogs }: TrustedRoot) {
  const logged = tlogs.length > 0
  return { tlogThreshold: logged ? 1 : 0, ctlogThreshold: logged && ctlogs.length > 0 ? 1 : 0, timestampThreshold: 1 }
}

function sentence(error: unknown): string {
  const code = error instanceof VerificationError ? error.code : null
  switch (code) {
    case 'CERTIFICATE_ERROR':
      return 'the certificate of who signed comes from no authority that is trusted here, or was not in force when it signed'
    case 'SIGNATURE_ERROR':
      return 'the signature is not one of what it claims to sign: it was altered'
    case 'TIMESTAMP_ERROR':
      return 'nobody who is trusted here vouches for when it was signed'
    case null:
      return 'it is not whole'
    default:
      return 'the entry in the transparency log is not of this signature, or not vouched for by a log that is trusted here'
  }
}

/** An enterprise may put its name after the address of the token service. */
function isIssuer(said: string, issuer: string): boolean {
  return said === issuer || (said.startsWith(`${issuer}/`) && /^[\w-]+$/.test(said.slice(issuer.length + 1)))
}

/** null: it is not there exactly once, or is no text. */
function extension(all: NonNullable<NonNullable<Verified['identity']>['oids']>, oid: string): string | null {
  const [one, more] = all.filter(({ oid: of }) => of?.id.join('.') === oid)
  if (one === undefined || more !== undefined) return null
  try {
    const { tag, value } = ASN1Obj.parseBuffer(Buffer.from(one.value))
    return tag.isUniversal() && tag.number === UTF8_STRING ? value.toString('utf8') : null
  } catch {
    return null
  }
}
