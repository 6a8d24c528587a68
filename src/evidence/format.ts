// The contract of a report format: bytes in, facts out. One file per format under formats/, one line in a list of how it begins.
import type { FactsOf, Kind, Origin, ReportInfo } from '../model/evidence.ts'
import type { Problem } from '../model/problem.ts'
import type { Held } from './bundle/read.ts'

/**
 * The bytes of one file. `chunks()` starts over at each call and yields views of one reused buffer: a reader must
 * have finished with a chunk before it asks for the next. All reads are synchronous (see performance.md).
 */
export interface ByteSource {
  readonly path: string
  readonly size: number
  chunks(): Iterable<Uint8Array>
}

/** A file to be read as evidence, with what is known of it before it is opened. */
export interface SourceFile extends ByteSource {
  readonly origin: Origin
  readonly modifiedAt: string | null
  readonly tracked: boolean
  /** Of a file in a bundle: what its job read of it. It has no bytes here. */
  readonly held?: Held
}

/** The beginning of a file, for telling formats apart without reading it whole. Decoded by its BOM or as UTF-8. */
export interface Head {
  /** At most HEAD_BYTES of text, BOM removed. */
  text: string
  /** Local and prefixed name of the root element, null if it is not XML. */
  xmlRoot: string | null
  /** Names of the root element's attributes and of its first child elements, as far as the head reaches. */
  xmlNames: ReadonlySet<string>
  /** Top-level keys of a JSON object (or of the first object of a JSON array) as far as the head reaches; null if not JSON. */
  jsonKeys: ReadonlySet<string> | null
  jsonRoot: 'object' | 'array' | null
}

/** Hard bounds on what a report may hold, each with a documented default (docs/limits.md). */
export interface Limits {
  fileBytes: number
  totalBytes: number
  files: number
  depth: number
  attributes: number
  nameLength: number
  textLength: number
  entries: number
  ratio: number
  findings: number
  problems: number
  bundleLines: number
}

export interface ReadResult<K extends Kind = Kind> {
  facts: FactsOf<K>
  info: ReportInfo
  /** Notices that do not make the file unusable (declared and counted totals differ, malformed lines passed over). */
  problems: Problem[]
}

export interface Format<K extends Kind = Kind> {
  readonly id: string
  readonly kind: K
  readonly title: string
  /** Tools known to write it. */
  readonly producers: readonly string[]
  /** File names discovery looks for; none: never discovered by name, only declared. */
  readonly discovers: readonly string[]
  /** By content first; the path may only break a tie between forms that share their content. Never throws. */
  recognises(head: Head, path: string): boolean
  /** Throws CertifyError with problems (code, message, line, column) where the file cannot be used. */
  read(source: ByteSource, limits: Limits): ReadResult<K>
}
