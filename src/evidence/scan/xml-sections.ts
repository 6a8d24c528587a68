// Comments, CDATA and processing instructions: what ends each, and where a scan of it has to look closer.
import { DASH, GT, QUESTION, RBRACKET, stops } from './xml-bytes.ts'

/** A comment, CDATA or processing instruction: passed through in pieces, however long. */
export interface Section {
  kind: 'comment' | 'cdata' | 'instruction'
  stop: Uint8Array
  close: readonly number[]
}

export const COMMENT: Section = { kind: 'comment', stop: stops(DASH), close: [DASH, DASH, GT] }
export const CDATA: Section = { kind: 'cdata', stop: stops(RBRACKET), close: [RBRACKET, RBRACKET, GT] }
export const INSTRUCTION: Section = { kind: 'instruction', stop: stops(QUESTION), close: [QUESTION, GT] }
