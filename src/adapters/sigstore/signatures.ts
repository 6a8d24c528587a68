// Signatures checked by the roots at hand, which are asked for once, when the first bundle comes.
import type { Signatures } from '../../app/ports.ts'
import type { CheckedSignature } from '../../model/door.ts'
import { openBundle } from './bundle.ts'
import { checkBundle } from './check.ts'
import type { Roots } from './roots.ts'

export interface SignaturesOptions {
  roots: () => Promise<Roots> | Roots
  /** Of the host whose workflows sign: GITHUB_SERVER_URL. */
  serverUrl: string
}

export class SigstoreSignatures implements Signatures {
  private known: Promise<Roots> | undefined

  constructor(private readonly options: SignaturesOptions) {}

  async check(bundle: string): Promise<CheckedSignature> {
    this.known ??= Promise.resolve(this.options.roots())
    const known = await this.known
    if ('problem' in known) return { state: 'unchecked', message: known.problem }
    if (known.onlyPublic && isUnlogged(bundle))
      return {
        state: 'unchecked',
        message:
          "it is not in Sigstore's public log, so GitHub's own authority, as for private repositories, must have signed: " +
          'run `gh attestation trusted-root > trusted-root.jsonl` and name that file as trusted-root',
      }
    return checkBundle(bundle, known.roots, issuerOf(this.options.serverUrl))
  }
}

/** The token service that vouches for a host's workflows, as @actions/attest has it. */
export function issuerOf(serverUrl: string): string {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : 'github.com'
  return `https://token.actions.${host.endsWith('.ghe.com') ? host : 'githubusercontent.com'}`
}

function isUnlogged(text: string): boolean {
  try {
    return openBundle(text).bundle.verificationMaterial.tlogEntries.length === 0
  } catch {
    return false
  }
}
