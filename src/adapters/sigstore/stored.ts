// Attestations of certificates that GitHub keeps for a file, as they are: nobody's signature is checked here.
import { RequestError } from '@octokit/request-error'
import { CERTIFICATE_PREDICATE } from '../../model/certificate.ts'
import type { Client } from '../github/client.ts'
import { MAX_BUNDLE } from './bundle.ts'

const PER_PAGE = 100
/** More attestations of one file than certify would make; more pages are not asked for. */
const MOST_PAGES = 5

export interface StoredPlace {
  owner: string
  repo: string
}

/** null: GitHub did not tell all of them. */
export async function storedBundles(client: Client, place: StoredPlace, sha256: string): Promise<string[] | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null
  const found: string[] = []
  let after: string | undefined
  try {
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const { data, headers } = await client.rest.repos.listAttestations({
        ...place,
        subject_digest: `sha256:${sha256}`,
        predicate_type: CERTIFICATE_PREDICATE,
        per_page: PER_PAGE,
        ...(after === undefined ? {} : { after }),
      })
      for (const { bundle } of data.attestations ?? []) {
        const text = bundle === undefined || bundle === null ? '' : JSON.stringify(bundle)
        // GitHub gives the address alone of what it does not put into the list.
        if (text === '' || text.length > MAX_BUNDLE) return null
        found.push(text)
      }
      after = nextPage(headers.link)
      if (after === undefined) return found
    }
    return null
  } catch (error) {
    const missing = error instanceof RequestError && error.status === 404
    return missing && found.length === 0 && (await isSeen(client, place)) ? [] : null
  }
}

/** GitHub answers "not found" for a file without attestations, and for a repository that the token may not see. */
async function isSeen(client: Client, place: StoredPlace): Promise<boolean> {
  try {
    await client.rest.repos.get({ ...place })
    return true
  } catch {
    return false
  }
}

function nextPage(link: string | undefined): string | undefined {
  const address = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1]
  return address !== undefined && URL.canParse(address) ? (new URL(address).searchParams.get('after') ?? undefined) : undefined
}
