// The closed list of things a gate criterion, deliverable or checklist item can be bound to.
import type { Kind, ScanKind } from './evidence.ts'
import type { LevelId } from './level.ts'
import type { Limit } from './limit.ts'

export type Check =
  /** The criterion of that id lets its level through. */
  | { fn: 'criterion'; id: string }
  /** A metric against a limit of its own, independent of the level's criterion. */
  | { fn: 'metric'; id: string; limit: Limit }
  /** The level of that name is certified in this run. */
  | { fn: 'level'; level: LevelId }
  /** At least one test of the level ran and none failed. */
  | { fn: 'tests.passed'; level: LevelId }
  /** Number of executed (not skipped) tests of the level against a limit. */
  | { fn: 'tests.count'; level: LevelId; limit: Limit }
  /** Usable evidence of the kind for the level (null: for any level at or below it). */
  | { fn: 'evidence'; kind: Kind; level: LevelId | null; scan?: ScanKind }
  /** A file that exists, is not empty, and is no older than maxAgeSeconds. */
  | { fn: 'file'; paths: string[]; maxAgeSeconds: number | null }
  /** Not a draft and no conflict; on a laptop a clean work tree (decision 22). */
  | { fn: 'change.ready' }
  /** A baseline is known for the performance objectives of the level. */
  | { fn: 'baseline'; level: LevelId }
  /** Every item of the named checklist is done. */
  | { fn: 'checklist'; id: string }
  /** Each of these issues of the repository is closed. */
  | { fn: 'issues.closed'; issues: number[] }
  /** That issue has sub-issues, and each of them is closed. */
  | { fn: 'sub_issues.closed'; issue: number }
  /** Judged after the approval: never by us. */
  | { fn: 'approval' }
  /** Judged only by a later job (go-live). */
  | { fn: 'go_live' }
  /** A person says so, in the approval. */
  | { fn: 'manual' }
  /** A sentence that nothing checks: never lets anything through. */
  | { fn: 'unbound' }

/** A check as the config writes it: `tests.count:service >= 20` (docs/checks.md). */
export function notationOf(check: Check): string {
  switch (check.fn) {
    case 'criterion':
    case 'checklist':
      return `${check.fn}:${check.id}`
    case 'metric':
      return `${check.id} ${check.limit.text}`
    case 'level':
    case 'tests.passed':
    case 'baseline':
      return `${check.fn}:${check.level}`
    case 'tests.count':
      return `${check.fn}:${check.level} ${check.limit.text}`
    case 'evidence':
      return `evidence:${check.kind}${check.scan === undefined ? '' : `/${check.scan}`}${check.level === null ? '' : `:${check.level}`}`
    case 'file':
      return `file:${check.paths.join(', ')}${check.maxAgeSeconds === null ? '' : ` max_age=${shortDuration(check.maxAgeSeconds)}`}`
    case 'issues.closed':
      return `${check.fn}:${check.issues.join(', ')}`
    case 'sub_issues.closed':
      return `${check.fn}:${check.issue}`
    default:
      return check.fn
  }
}

/** Whole seconds in the largest unit that divides them: 2592000 is `30d`. */
export function shortDuration(seconds: number): string {
  if (seconds > 0 && seconds % 86_400 === 0) return `${seconds / 86_400}d`
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600}h`
  if (seconds > 0 && seconds % 60 === 0) return `${seconds / 60}m`
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`
}
