// VEX documents that a policy names: who accepts them until when, and what they were found to say.

/** A package or product as a statement names it. */
export interface VexThing {
  /** As written, mostly a purl. */
  id: string
  /** What the purl names; null: it is none. */
  package: string | null
  /** null: every version. */
  version: string | null
}

/** One product of a statement. */
export interface VexAbout {
  names: VexThing[]
  /** Of its parts; none: it is said of the product itself. */
  parts: VexThing[]
}

export interface VexSaid {
  /** CVE, GHSA and the like: all names of one vulnerability. */
  vulnerability: string[]
  /** None: of whatever the policy says the document is about. */
  products: VexAbout[]
  status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation'
  /** Why; without it nothing is taken to be not affected. */
  why: string | null
  /** When it was said, ISO UTC; null: not known. */
  saidAt: string | null
}

export interface VexEntry {
  file: string
  /** What this repository is called in the document: only by that do statements about a whole product fit. */
  products: string[]
  owner: string
  /** ISO date. */
  expires: string
  /** What the document says; empty until it was read. */
  statements: VexSaid[]
  /** sha256 of the document's text; null: it was not read. */
  sha256: string | null
  origin: string
}
