// From what was collected to the bytes of a bundle. Equal evidence gives equal bytes.
import type { Evidence, Rejected } from '../../model/evidence.ts'
import { CertifyError, type Problem } from '../../model/problem.ts'
import type { Limits } from '../format.ts'
import { readFacts } from './read-facts.ts'
import { writeFacts } from './write-facts.ts'
import { BUNDLE_SCHEMA, type EvidenceBundle, type WrittenFacts, type WrittenFile, type WrittenReject } from './written.ts'

export interface Collection {
  tool: string
  commit: string | null
  missing: readonly string[]
  evidence: readonly Evidence[]
  rejected: readonly Rejected[]
}

/** A file whose facts could not be read back from the bundle is among its rejected ones: one file is lost, not all. */
export function bundleOf({ tool, commit, missing, evidence, rejected }: Collection, limits: Limits): EvidenceBundle {
  const files: WrittenFile[] = []
  const lost = rejected.map(writeReject)
  for (const one of evidence) {
    const written = writtenOrTrouble(one, limits)
    if ('facts' in written) files.push(writeFile(one, written.facts))
    else lost.push(lostFile(one, written.problems))
  }
  return {
    schema: BUNDLE_SCHEMA,
    tool,
    commit,
    missing: [...missing].sort(),
    files: files.sort(byPath),
    rejected: lost.sort(byPath),
  }
}

/** One line a file: a person can look into it, and a difference of two bundles names the files. */
export function bundleText({ files, rejected, ...head }: EvidenceBundle): string {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((one) => JSON.stringify(one)).join(',\n')}\n]`
  return `${JSON.stringify(head).slice(0, -1)},"files":${list(files)},"rejected":${list(rejected)}}\n`
}

function writtenOrTrouble({ facts }: Evidence, limits: Limits): { facts: WrittenFacts } | { problems: readonly Problem[] } {
  try {
    const written = writeFacts(facts)
    readFacts(written, limits, { lines: limits.bundleLines })
    return { facts: written }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    return { problems: error.problems }
  }
}

function writeFile(
  { ref, bytes, format, json, info, problems, modifiedAt, tracked }: Evidence,
  facts: WrittenFacts,
): WrittenFile {
  const { producer, commit, createdAt } = info
  return {
    path: ref.path,
    sha256: ref.sha256,
    bytes,
    format,
    ...(json !== undefined && { json }),
    info: { producer, commit, createdAt },
    problems: problems.map(plain),
    modifiedAt,
    tracked,
    facts,
  }
}

function writeReject({ path, sha256, bytes, format, problems, reason }: Rejected): WrittenReject {
  const claimedBy = reason.code === 'evidence_ambiguous' ? reason.args.formats : []
  return { path, sha256, bytes, format, claimedBy: [...claimedBy], problems: problems.map(plain) }
}

function lostFile({ ref, bytes, format }: Evidence, problems: readonly Problem[]): WrittenReject {
  return { path: ref.path, sha256: ref.sha256, bytes, format, claimedBy: [], problems: problems.map(plain) }
}

/** The path is the file's own. */
function plain({ code, message, hint, line, column }: Problem): Problem {
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
