// Is the report about this commit? Its own word where it has one; else it must come from this run.
import type { Evidence } from '../model/evidence.ts'
import { type Reason, reason } from '../model/reason.ts'

const SHORTEST = 7

export interface Subject {
  /** Head commit, and the commit checked out where that is another (decision 20). Lower-case hex. */
  commit: string | null
  tested: string | null
  run: number | null
}

export type Binding = { refused: Reason } | { notes: Reason[] }

/** Commits of seven or more characters count by prefix. A report that names no commit is good from this run alone. */
export function bind(evidence: Evidence, subject: Subject): Binding {
  const { path, origin } = evidence.ref
  const elsewhere = origin.type === 'artifact' && origin.runId !== subject.run
  const own = [subject.commit, subject.tested].filter((one) => one !== null).map((one) => one.toLowerCase())
  const named = commitsOf(evidence)
  if (named.length > 0 && own.length > 0) {
    if (named.some((one) => own.some((mine) => sameCommit(one, mine)))) return { notes: [] }
    return { refused: reason('evidence_wrong_commit', { path, found: named[0]!, expected: own[0]! }) }
  }
  // Documents and checklists are read from the workspace or the trusted ref itself.
  if (evidence.kind === 'documentation' || evidence.kind === 'checklist') return { notes: [] }
  const unbound = reason('evidence_unbound', { path })
  return elsewhere ? { refused: unbound } : { notes: [unbound] }
}

function commitsOf(evidence: Evidence): string[] {
  const revisions = evidence.facts.kind === 'security' ? evidence.facts.revisions : []
  const named = evidence.info.commit === null ? revisions : [evidence.info.commit, ...revisions]
  return named.filter((one) => one !== '').map((one) => one.toLowerCase())
}

function sameCommit(named: string, mine: string): boolean {
  const shorter = Math.min(named.length, mine.length)
  return shorter >= SHORTEST && named.slice(0, shorter) === mine.slice(0, shorter)
}
