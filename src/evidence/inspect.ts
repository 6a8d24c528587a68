// What one file says, in the shape of `certify inspect --json`: nothing is judged, and nothing is taken from a file that cannot be used.
import type { Kind } from '../model/evidence.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import type { ByteSource, Format, Limits, ReadResult } from './format.ts'
import { FORMATS } from './formats/index.ts'
import { HashedSource } from './hashed-source.ts'
import { headOf, identify } from './identify.ts'
import { blockOf, type InspectBlock } from './inspect-block.ts'
import { refusal } from './problems.ts'

export interface InspectEntry extends InspectBlock {
  path: string
  ok: boolean
  format: string | null
  kind: Kind | null
  producer: string | null
  /** null: the file could not be read to its end. */
  sha256: string | null
  bytes: number | null
  problems: InspectProblem[]
  /** Of an evidence bundle: of what commit, how much is in it, what its job missed. Its files are entries of their own. */
  bundle?: { commit: string | null; files: number; rejected: number; missing: string[] }
  /** Path of the bundle that holds the file. */
  from?: string
}

export interface InspectProblem {
  code: string
  message: string
  line?: number
  column?: number
}

export const NOTHING = { ok: false, format: null, kind: null, producer: null, sha256: null, bytes: null, problems: [] }

/** `format` reads the file as that format, whatever its content looks like. Never throws for what is in the file. */
export function inspect(source: ByteSource, limits: Limits, format: Format | null = null): InspectEntry {
  const entry: InspectEntry = { ...NOTHING, path: source.path }
  const file = new HashedSource(source, limits)
  try {
    if (source.size === 0 && !format)
      throw refusal('empty', 'is empty', { path: source.path }, 'See whether the job that writes it has failed.')
    const told = format ?? toldFormat(file)
    entry.format = told.id
    entry.kind = told.kind
    const read: ReadResult = told.read(file, limits)
    entry.producer = read.info.producer
    entry.problems = read.problems.slice(0, limits.problems).map(plain)
    return { ...entry, ...file.finish(), ok: true, ...blockOf(read.facts, read.problems) }
  } catch (error) {
    return { ...entry, ...hashOf(file), problems: problemsOf(error) }
  }
}

/** Of a refused file too, where it can be read to its end. */
function hashOf(file: HashedSource): Pick<InspectEntry, 'sha256' | 'bytes'> {
  try {
    return file.finish()
  } catch {
    return { sha256: null, bytes: null }
  }
}

/** Faults of ours are no problems of the file. */
export function problemsOf(error: unknown): InspectProblem[] {
  if (!(error instanceof CertifyError)) throw error
  const problems = error.problems.length > 0 ? error.problems : [{ code: error.code, message: error.message }]
  return problems.map(plain)
}

function toldFormat(source: ByteSource): Format {
  const told = identify(headOf(source), source.path, FORMATS)
  if (told.format) return told.format
  const claimed = told.claimedBy.join(', ')
  if (claimed === '')
    throw refusal(
      'evidence_unrecognised',
      'is of no format known here',
      { path: source.path },
      'docs/formats.md lists those that are.',
    )
  throw refusal(
    'evidence_ambiguous',
    `is claimed by more than one format: ${claimed}`,
    { path: source.path },
    'Name the format in the config.',
  )
}

/** The path is the entry's own; what to do about it is said in the same breath. */
export function plain({ code, message, hint, line, column }: Problem): InspectProblem {
  return {
    code,
    message: hint === undefined ? message : `${message}. ${hint}`,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}
