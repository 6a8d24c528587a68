// Whether a file is an evidence bundle: told by how it begins, before anything of it is read.
import type { ByteSource } from '../format.ts'
import { decodeStart, firstBytes } from '../scan/text.ts'

/** Where bundles are looked for that nobody names; what `certify collect` writes unless told otherwise. */
export const BUNDLE_GLOB = '**/certify-evidence*.json'
export const BUNDLE_NAME = 'certify-evidence.json'

const START = /^\s*\{\s*"schema"\s*:\s*"certify\/evidence-bundle\//

export function isBundle(source: ByteSource): boolean {
  return /\.json$/i.test(source.path) && source.size > 0 && START.test(decodeStart(firstBytes(source, 256)))
}
