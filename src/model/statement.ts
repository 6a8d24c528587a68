// An in-toto statement: what is said of which files, in the form that an attestation signs.

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'

export interface Statement {
  _type: typeof STATEMENT_TYPE
  /** Digests by algorithm, lower-case hex. */
  subject: { name: string; digest: Record<string, string> }[]
  predicateType: string
  predicate: Record<string, unknown>
}
