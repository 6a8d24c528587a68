// Every problem a reader may have with a file: its code, what it means (docs/formats.md), and how it is raised.
import { CertifyError, type Problem } from '../model/problem.ts'

/** The registry: one line a code. A reader raises no other code; docs/formats.md lists them. */
export const PROBLEM_CODES = {
  empty: 'the file holds nothing',
  too_large: 'the file, or all files together, are over a size limit',
  too_many: 'there are more files, test cases or source files than the limit',
  unreadable: 'the file could not be read',
  binary: 'the file is not text',
  invalid_encoding: 'bytes that are not text in the encoding of the file',
  unsupported_encoding: 'the declared encoding is not known',
  evidence_unrecognised: 'no format knows the content',
  evidence_ambiguous: 'more than one format claims the content',
  evidence_duplicate: 'the same bytes were already read: counted once',
  wrong_format: 'the content is not what the declared format asks for',
  xml_malformed: 'not well-formed XML',
  xml_truncated: 'the XML ends before its root element does',
  xml_entity: 'an entity other than the five of XML',
  xml_limit: 'the XML is deeper, longer or wider than the limits',
  json_malformed: 'not well-formed JSON',
  json_truncated: 'the JSON ends before its value does',
  json_limit: 'the JSON is deeper, longer or wider than the limits',
  json_duplicate_key: 'a key is there twice in one object of the JSON',
  wrong_shape: 'a part of the content is absent or not of the type that the format has there',
  wrong_version: 'a version of the format that is not read',
  duplicate_name: 'two entries share a name, so nothing could say which one is meant',
  nothing_measured: 'the report is complete and holds nothing',
  scan_failed: 'the report says of itself that the scan did not complete',
  no_value: 'a statistic without a value: left out',
  left_out: 'a part of the report that does not count',
  unclosed_block: 'a code fence or comment of the Markdown never ends and hides the rest of the file',
  line_malformed: 'a line that the format does not allow',
  line_too_long: 'a line longer than the limit',
  truncated: 'the file ends in the middle of an entry',
  bad_number: 'a number that is negative, not a number, or out of range',
  impossible_total: 'more covered than there is to cover',
  unexpected_root: 'the root element is not one of the format',
  declared_recount_differ: "the file's own totals are not what its entries add up to",
} as const

export type ProblemCode = keyof typeof PROBLEM_CODES

export interface Place {
  path: string
  line?: number
  column?: number
}

/** A file that cannot be used. `message` is a sentence of ours; text of the file in it is quoted and cut. */
export function refusal(code: ProblemCode, message: string, place: Place, hint?: string): CertifyError {
  return new CertifyError(code, message, { ...(hint && { hint }), problems: [problem(code, message, place, hint)] })
}

export function problem(code: ProblemCode, message: string, place: Place, hint?: string): Problem {
  return { code, message, ...place, ...(hint && { hint }) }
}

/** A piece of the file's own text, short enough for a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}
