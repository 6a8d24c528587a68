// The roots that signatures are trusted by: from a file that the user names, else Sigstore's public one, asked for in bounded time.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { CertifyError } from '../../model/problem.ts'
import { plain } from '../github/trouble.ts'

export const MAX_ROOTS = 4 * 1024 * 1024
const FIX = 'run `gh attestation trusted-root > trusted-root.jsonl` and name that file as trusted-root'

/** `problem`: why there are none, with the fix. `onlyPublic`: GitHub's own authority, for private repositories, is not among them. */
export type Roots = { roots: TrustedRoot[]; onlyPublic: boolean } | { problem: string }

/**
 * One root as JSON, or several, each on a line, as `gh attestation trusted-root` prints them. Throws CertifyError where one
 * cannot be read, or has no authority: a root that is left out would make a good signature look forged.
 */
export function readRoots(text: string, file: string): Roots {
  const whole = parsed(text)
  const lines = whole === null ? text.split('\n').filter((line) => line.trim() !== '') : []
  const documents = whole === null ? lines.map(parsed) : [whole]
  const roots = documents.map((document, at) => {
    const root = document === null ? null : asRoot(document)
    if (root !== null) return root
    const place = whole === null ? `line ${at + 1} of ${file}` : file
    throw new CertifyError('trusted_root_unreadable', `${place} is no trusted root of Sigstore's`, { hint: FIX })
  })
  if (roots.length === 0)
    throw new CertifyError('trusted_root_unreadable', `${file} is empty: it names no root to trust`, { hint: FIX })
  return { roots, onlyPublic: false }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function asRoot(document: unknown): TrustedRoot | null {
  try {
    const root = TrustedRoot.fromJSON(document)
    const certificates = root.certificateAuthorities.flatMap(({ certChain }) => certChain?.certificates ?? [])
    return certificates.length === 0 ? null : root
  } catch {
    return null
  }
}

/** Where no file is named: for a laptop nothing is fetched. */
export function noRoots(): Roots {
  return { problem: `there is no root to trust: ${FIX}` }
}

export interface Fetching {
  /** For what is downloaded; removed again. */
  folder?: string | undefined
  timeoutMs?: number
}

/** The public root by The Update Framework, from the keys that this release brings. Never throws. */
export async function publicRoots({ folder = tmpdir(), timeoutMs = 20_000 }: Fetching = {}): Promise<Roots> {
  let cache: string | undefined
  let timer: NodeJS.Timeout | undefined
  try {
    cache = mkdtempSync(join(folder, 'certify-tuf-'))
    const { getTrustedRoot } = await import('./update-framework.ts')
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
    })
    const asked = getTrustedRoot({ cachePath: cache, timeout: timeoutMs / 4, retry: 1 })
    return { roots: [await Promise.race([asked, late])], onlyPublic: true }
  } catch (error) {
    const why = error instanceof Error ? plain(error.message) : 'no answer'
    return { problem: `Sigstore's public root cannot be fetched (${why}): ${FIX}` }
  } finally {
    clearTimeout(timer)
    if (cache !== undefined) rmSync(cache, { recursive: true, force: true })
  }
}
