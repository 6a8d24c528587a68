// From files to evidence: each is told by its content, read once, hashed in the same pass, or rejected with a reason.
import type { Evidence, EvidenceClaim, Facts, Rejected } from '../model/evidence.ts'
import type { JsonReading } from '../model/json-reading.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { Held } from './bundle/read.ts'
import type { Format, Limits, SourceFile } from './format.ts'
import { type Beginning, beginningOf, loadFormats, namedFormat } from './formats/catalogue.ts'
import { pointedJson } from './formats/performance/json-pointers.ts'
import { POINTED_JSON } from './formats/pointed.ts'
import { HashedSource, tooLarge } from './hashed-source.ts'
import { headOf, identify } from './identify.ts'
import { narrowedTo, unitedReading } from './json-readings.ts'
import { maskFacts } from './mask.ts'
import { type ProblemCode, problem, refusal } from './problems.ts'

export interface Asked {
  file: SourceFile
  claim: EvidenceClaim
  /** Format id that must read the file; null: told by content. */
  format: string | null
  /** Of `format: json`: what the entries that name the file declare of it. */
  json?: readonly JsonReading[]
}

export interface Collected {
  evidence: Evidence[]
  rejected: Rejected[]
  notices: Problem[]
}

/** Never throws for what a file holds: every file asked for comes back as evidence or as rejected, in the order given. */
export async function collect(files: readonly Asked[], limits: Limits): Promise<Collected> {
  const loaded = new Map<Beginning, readonly Format[]>()
  const work = collecting(files, limits)
  let step = work.next()
  while (!step.done) {
    const known = loaded.get(step.value) ?? (await loadFormats(step.value))
    loaded.set(step.value, known)
    step = work.next(known)
  }
  return step.value
}

/** The formats that a file may be of, asked for by how it begins and given back by whoever goes on. */
export type Collecting<T> = Generator<Beginning, T, readonly Format[]>

/** As `collect`, without loading anything itself. */
export function* collecting(files: readonly Asked[], limits: Limits): Collecting<Collected> {
  const out: Collected = { evidence: [], rejected: [], notices: [] }
  const seen = new Map<string, string>()
  let bytes = 0
  for (const [index, asked] of files.entries()) {
    const { file } = asked
    const over = index >= limits.files ? tooMany(file, limits.files) : overTotal(file, bytes, limits.totalBytes)
    const read = over ? rejected(asked, over, null, null) : yield* readOne(asked, limits)
    bytes += over ? 0 : file.size
    if ('reason' in read) {
      out.rejected.push(read)
      continue
    }
    out.evidence.push(read)
    const first = seen.get(read.ref.sha256)
    if (first === undefined) seen.set(read.ref.sha256, read.ref.path)
    else out.notices.push(problem('evidence_duplicate', `holds the same bytes as ${first}: they count once`, { path: file.path }))
  }
  return out
}

function tooMany(file: SourceFile, limit: number): CertifyError {
  return refusal(
    'too_many',
    `is left out: more than ${limit} files were found`,
    { path: file.path },
    'Name the reports more closely.',
  )
}

function overTotal(file: SourceFile, bytes: number, limit: number): CertifyError | null {
  if (bytes + file.size <= limit) return null
  return refusal('too_large', `is left out: all reports together are larger than ${limit} bytes`, { path: file.path })
}

function* readOne(asked: Asked, limits: Limits): Collecting<Evidence | Rejected> {
  const { file, claim } = asked
  if (file.held !== undefined) return fromBundle(file.held, asked)
  let format: Format | null = null
  const source = new HashedSource(file, limits)
  try {
    if (file.size > limits.fileBytes) return rejected(asked, tooLarge(file.path, limits.fileBytes), null, null)
    if (file.size === 0) throw refusal('empty', 'is empty', { path: file.path }, 'See whether the job that writes it has failed.')
    format = yield* formatOf(asked, source)
    const { facts, info, problems } = format.read(source, limits)
    const { sha256, bytes } = source.finish()
    return {
      ref: { path: file.path, origin: file.origin, sha256 },
      bytes,
      format: format.id,
      ...(format.id === POINTED_JSON && { json: unitedReading(asked.json ?? []) }),
      kind: format.kind,
      info,
      facts: maskFacts(facts satisfies Facts),
      problems: placed(problems, file.path).slice(0, limits.problems),
      declaredBy: claim,
      modifiedAt: file.modifiedAt,
      tracked: file.tracked,
    }
  } catch (error) {
    return rejected(asked, error, format, source)
  }
}

/** What a bundle holds was read where it was made. */
function fromBundle(held: Held, asked: Asked): Evidence | Rejected {
  const { claim } = asked
  if (held.rejected !== undefined) return { ...held.rejected, declaredBy: claim }
  try {
    return { ...asAsked(held.evidence, asked), declaredBy: claim }
  } catch (error) {
    return { ...rejected(asked, error, null, null), sha256: held.evidence.ref.sha256, bytes: held.evidence.bytes }
  }
}

/** Throws where it was read as something else than is asked for here. */
function asAsked(evidence: Omit<Evidence, 'declaredBy'>, { format, json, file: { path } }: Asked): Omit<Evidence, 'declaredBy'> {
  const other = (message: string) => refusal('wrong_format', message, { path }, 'Let certify collect read it by the same config.')
  if (format !== null && format !== evidence.format)
    throw other(`is declared to be ${format}, and was collected as ${evidence.format}`)
  if (evidence.json === undefined) return evidence
  const own = json === undefined ? null : narrowedTo(evidence, unitedReading(json))
  if (own === null) throw other('was collected by other JSON pointers than the policy declares for it')
  return own
}

/** Throws where no format, or more than one, is told. */
function* formatOf(asked: Asked, source: HashedSource): Collecting<Format> {
  const { path } = asked.file
  if (asked.format === POINTED_JSON && asked.json !== undefined) return pointedJson(unitedReading(asked.json))
  if (asked.format !== null) {
    const known = namedFormat(asked.format)
    const named = known && (yield known.beginning).find((format) => format.id === asked.format)
    if (named) return named
    throw refusal('evidence_unrecognised', `is declared to be ${asked.format}, a format that is not known`, { path })
  }
  const head = headOf(source)
  const found = identify(head, path, yield beginningOf(head))
  if (found.format) return found.format
  throw new Untold(path, found.claimedBy)
}

/** The content told no single format. */
class Untold extends CertifyError {
  constructor(
    path: string,
    readonly claimedBy: string[],
  ) {
    const none = claimedBy.length === 0
    const message = none ? 'is in no format that is known' : `could be ${claimedBy.join(' or ')}`
    const hint = none
      ? 'docs/formats.md lists the formats; other JSON is read by `format: json` and pointers to its figures.'
      : 'Say which with `format:` beside its path.'
    const code = none ? 'evidence_unrecognised' : 'evidence_ambiguous'
    super(code, message, { hint, problems: [problem(code, message, { path }, hint)] })
  }
}

function rejected(asked: Asked, error: unknown, format: Format | null, source: HashedSource | null): Rejected {
  const { file } = asked
  const problems = placed(problemsOf(error), file.path)
  const [first] = problems
  let known: { sha256: string; bytes: number } | null = null
  try {
    known = source?.finish() ?? null
  } catch {
    // It cannot be read to its end: that is what is being reported.
  }
  return {
    path: file.path,
    origin: file.origin,
    sha256: known?.sha256 ?? null,
    bytes: known?.bytes ?? file.size,
    format: format?.id ?? asked.format,
    kind: format?.kind ?? null,
    declaredBy: asked.claim,
    problems,
    reason: error instanceof Untold && error.claimedBy.length > 0 ? untold(file.path, error) : reasonOf(first, file.path),
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof CertifyError) {
    return error.problems.length > 0
      ? error.problems
      : [{ code: error.code, message: error.message, ...(error.hint && { hint: error.hint }) }]
  }
  const why = error instanceof RangeError ? 'it is too deep or too large' : 'an unexpected fault in its reader'
  return [{ code: 'unreadable' satisfies ProblemCode, message: `could not be read: ${why}` }]
}

function placed(problems: readonly Problem[], path: string): Problem[] {
  return problems.map((one) => (one.path === undefined ? { ...one, path } : one))
}

function untold(path: string, { claimedBy }: Untold): Reason {
  return reason('evidence_ambiguous', { path, formats: claimedBy })
}

/** Why a file with these problems is no evidence, unless several formats claim it. */
export function reasonOf(first: Problem | undefined, path: string): Reason {
  if (first?.code === 'evidence_unrecognised') return reason('evidence_unrecognised', { path })
  const at =
    first?.line === undefined ? '' : ` (line ${first.line}${first.column === undefined ? '' : `, column ${first.column}`})`
  return reason('evidence_unreadable', { path, why: `${first?.message ?? 'its reader failed'}${at}` })
}
