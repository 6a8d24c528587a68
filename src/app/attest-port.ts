// What signing a certificate, and checking who signed one, need of the world.
import type { CheckedSignature } from '../model/door.ts'
import type { Statement } from '../model/statement.ts'

export type Attested =
  | {
      state: 'signed'
      /** The Sigstore bundle as JSON, one line. What it signs is the statement as it was given, byte for byte of its JSON. */
      bundle: string
      /** The attestation's page; null: it is signed, but GitHub could not be reached to keep it (said in the log). */
      url: string | null
    }
  | { state: 'unsigned'; why: string }

export interface Attestor {
  /**
   * `unsigned`: this job, repository or host cannot sign; the sentence says what to do. Throws CertifyError (code
   * `attest_failed`) where it could, but a service did not answer or refused: whether that matters is the policy's to say.
   */
  attest(statement: Statement): Promise<Attested>
  /** The workflow whose name a signature of this job bears, `OWNER/REPO/.github/workflows/FILE.yml@REF`; null: it cannot sign, or nobody says. */
  workflow(): Promise<string | null>
}

export interface Signatures {
  /** Never throws: what cannot be read is `invalid`, and without a root to trust everything is `unchecked`. */
  check(bundle: string): Promise<CheckedSignature>
}
