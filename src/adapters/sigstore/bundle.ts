// A Sigstore bundle taken apart before anything of it is believed: bounds, version, one signature, a statement as its payload.
import { type Bundle, bundleFromJSON } from '@sigstore/bundle'

/** A statement of sixteen megabytes, which GitHub's own limit allows, in base64 and with what goes around it. */
export const MAX_BUNDLE = 24 * 1024 * 1024
/** 0.3 alone: earlier ones may lack the proof that the log has the entry. */
const VERSIONS = ['application/vnd.dev.sigstore.bundle.v0.3+json', 'application/vnd.dev.sigstore.bundle+json;version=0.3']
const PAYLOAD = 'application/vnd.in-toto+json'

export interface Envelope {
  bundle: Bundle
  payload: Buffer
}

/** Throws an Error with a sentence where it is not such a bundle. */
export function openBundle(text: string): Envelope {
  if (text.length > MAX_BUNDLE) throw new Error('it is larger than 24 MB')
  let bundle: Bundle
  try {
    bundle = bundleFromJSON(JSON.parse(text))
  } catch {
    throw new Error('it is not a Sigstore bundle')
  }
  if (!VERSIONS.includes(bundle.mediaType)) throw new Error(`it is a bundle of version ${version(bundle.mediaType)}, not 0.3`)
  if (bundle.content.$case !== 'dsseEnvelope') throw new Error('it signs a file, not a statement')
  const { payload, payloadType, signatures } = bundle.content.dsseEnvelope
  if (payloadType !== PAYLOAD) throw new Error('what it signs is no in-toto statement')
  if (signatures.length !== 1) throw new Error(`it has ${signatures.length} signatures, not one`)
  return { bundle, payload }
}

/**
 * The payload as JSON that has one reading only: written as JSON.stringify does, so that no key is there twice and nothing hides
 * in how it is written. Throws an Error with a sentence.
 */
export function readStatement(payload: Uint8Array): unknown {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload)
    value = JSON.parse(text)
  } catch {
    throw new Error('what it signs is not JSON')
  }
  if (JSON.stringify(value) !== text) throw new Error('the statement that it signs is not written as certify writes one')
  return value
}

function version(mediaType: string): string {
  return /(\d+\.\d+)/.exec(mediaType)?.[1] ?? 'unknown'
}
