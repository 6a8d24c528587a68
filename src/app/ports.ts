// What the world must offer. Adapters implement these; tests offer them in memory.
import type { EventName } from '../model/config.ts'
import type { Diff } from '../model/diff.ts'
import type { Origin } from '../model/evidence.ts'
import type { ChangeState, ProducerState } from '../model/judgement.ts'
import type { LedgerNote } from '../model/ledger.ts'
import type { Result } from '../model/result.ts'
import type { Attestor, Signatures } from './attest-port.ts'
import type { Issues } from './issues-port.ts'
import type { Ledger } from './ledger-port.ts'
import type { Reviews } from './reviews-port.ts'
import type { Setup } from './setup-port.ts'

export type { Attested, Attestor, Signatures } from './attest-port.ts'
export type { Issues } from './issues-port.ts'
export type { AppendTools, Ledger, LedgerStore, LedgerWrite } from './ledger-port.ts'
export type { Reviews, RunFacts } from './reviews-port.ts'

export interface Clock {
  now(): Date
  /** `fixed` where SOURCE_DATE_EPOCH set it (decision 14). */
  readonly kind: 'system' | 'fixed'
}

export interface Log {
  info(text: string): void
  warn(text: string): void
  error(text: string): void
  /** Progress on work over a second; never on stdout. */
  progress(text: string): void
  mask(secret: string): void
}

/** One file found, not yet read. `chunks` yields views of one reused buffer and may be called again. */
export interface FoundFile {
  path: string
  origin: Origin
  size: number
  modifiedAt: string | null
  tracked: boolean
  chunks(): Iterable<Uint8Array>
}

/** A path that matched but cannot be read: a directory, a link out of the workspace, a device, no permission, too large. */
export interface Unusable {
  path: string
  origin: Origin
  code: 'not_a_file' | 'outside_workspace' | 'unreadable' | 'too_large' | 'archive_refused'
  message: string
}

export interface Found {
  files: FoundFile[]
  unusable: Unusable[]
}

/** The workspace. All paths are relative to it, with forward slashes. */
export interface Files {
  /**
   * Files matching any of the globs, sorted by path, each once. A glob never leaves the workspace, follows no link out
   * of it, and never enters .git, node_modules or vendor unless it names them. At most `limit` files.
   * `whole`: every folder that it reaches is entered, and one that is not is unusable.
   */
  find(globs: string[], limit: number, whole?: boolean): Found
  /** Text of a small file (config, document); null: it does not exist. Throws CertifyError where it cannot be read. */
  readText(path: string, maxBytes: number): string | null
  exists(path: string): boolean
  /** A file that the user named on the command line, wherever it lies; null: it does not exist. */
  open(path: string): FoundFile | Unusable | null
  /** Text of a file that the user named, wherever it lies; null: it does not exist. Throws CertifyError where it cannot be read. */
  textOf(path: string, maxBytes: number): string | null
  /** Writes all files below a folder that does not exist yet or is empty. Throws CertifyError otherwise. */
  writeNew(folder: string, files: ReadonlyMap<string, Uint8Array>): void
  /** Writes atomically below the report directory; creates folders. */
  write(path: string, content: string): void
}

export interface Git {
  /** Commit checked out, lower-case hex; null: no repository. */
  head(): string | null
  branch(): string | null
  /** Of `origin`, as owner/name; null where there is none. */
  repository(): string | null
  /** Tracked files below the folder whose changes are not committed, as its own paths; null: not known. */
  changed(): string[] | null
  tracked(): ReadonlySet<string> | null
  /** ISO time of the last commit that touched the path; null: never, or shallow history does not tell. */
  changedAt(path: string): string | null
  /** True where the clone has the branch, its own or origin's. */
  hasBranch(name: string): boolean
  /** Commits at or before the one checked out. */
  ancestors(): Ancestry
  /** A file's text at a ref; null: no such file. Throws where the ref cannot be read. */
  show(ref: string, path: string): string | null
  defaultBranch(): string | null
  /** Parents of the commit checked out, as it names them itself: also those that a shallow clone does not have. */
  parents(): string[]
  /** Where the commit checked out left the one of that ref; null: they have nothing in common, or this clone is too shallow to tell. */
  mergeBase(ref: string): string | null
  /** Git's diff without context lines, from that commit to the one checked out or to the work tree; null: this clone cannot make it. */
  diff(base: string, to: 'commit' | 'work_tree'): string | null
}

/** Workflow artifacts, downloaded into a fresh folder with bounds on size, entries and ratio. */
export interface Artifacts {
  /** Artifacts whose name matches, each with its files found by the globs. Digest mismatches come back as unusable. */
  find(namePattern: string, globs: string[], runId: number | null): Promise<Found & { matched: string[] }>
  /** Removes what was downloaded; files found are no longer readable after it. */
  dispose(): void
}

/** Where policy is read from (decisions 10, 11). */
export interface Policy {
  /** Text of the file at the trusted ref: the default branch, or the branch given (one that its policy_refs list); `null` text: the ref has no such file. Throws CertifyError where it cannot be read. */
  trusted(path: string, branch?: string): Promise<{ text: string | null; source: string }>
  /** The head's own version where it is another than the trusted one; null: not to be compared. */
  head(path: string): Promise<string | null>
  /** The text behind an `extends:` reference, `owner/repo/path@full-sha`. Throws CertifyError where it cannot be read. */
  remote(reference: string): Promise<{ text: string; source: string }>
}

export interface Subject {
  repository: string | null
  /** Head commit: what is certified. */
  commit: string | null
  /** Commit checked out, where it differs (a pull request's merge commit). */
  tested: string | null
  ref: string | null
  event: EventName
  pullRequest: number | null
  run: number | null
  attempt: number | null
}

/** Facts about the change that only the host knows. */
export interface Change {
  state(): Promise<ChangeState>
  producers(): Promise<ProducerState[]>
  /** Commits at or before the one that is judged. */
  ancestors(): Promise<Ancestry>
  /** What the change changes, told from its merge base; null: there is nothing to compare with, as for a push. */
  diff(): Promise<Diff | null>
}

/** `commits` null: there is no history to ask. `problem`: it was cut off, so what is not among them may still be older; with the fix. */
export interface Ancestry {
  commits: ReadonlySet<string> | null
  problem: string | null
}

/** One way of showing a result. Its failure is a warning and never changes the verdict. */
export interface Publisher {
  readonly id: string
  publish(result: Result, ledger: LedgerNote): Promise<void>
}

/** What a run that cannot write left, for its trusted half to report (decision 29). */
export interface Reported {
  /** Owner and name of the repository that the run was for; hostile text. */
  from: string
  /** Why nothing is reported of it; null: it is. */
  silent: string | null
  /** Bytes that anybody may have written. Throws CertifyError where there are none, or too many. */
  file(): Promise<Uint8Array>
}

export interface Ports {
  clock: Clock
  log: Log
  files: Files
  git: Git
  artifacts: Artifacts | null
  /** Run whose artifacts are read; null: this one. */
  artifactRun: number | null
  policy: Policy
  change: Change
  subject: Subject
  /** The branch this is about (a pull request's base); policy_refs may name it. */
  branch: { name: string | null; isDefault: boolean }
  /** Name of the default branch; null, or left out: not known. */
  defaultBranch?: string | null
  publishers: Publisher[]
  ledger: Ledger
  /** null: there is no GitHub to ask. */
  reviews: Reviews | null
  /** Left out: there is no GitHub to ask for issues. */
  issues?: () => Promise<Issues>
  /** What doctor and setup look at; null: there is no GitHub to ask. */
  setup: () => Promise<Setup | null>
  /** Tells the commit that its certificate was revoked, by a check of the verdict's name, once. Left out: there is nobody to tell. Its failure is a warning. */
  tellRevoked?: (told: { commit: string; id: string; name: string; text: string }) => Promise<void>
  /** null: there is nobody to sign as, as on a laptop. */
  attestor: () => Promise<Attestor | null>
  signatures: () => Promise<Signatures>
  /** What the workspace is of where not the judged commit: nothing in it is read; `head`: a pull request's, with the base's rights. */
  elsewhere?: { commit: string | null; head: boolean }
  /** Left out: this run speaks for itself. */
  reported?: Reported
  env: Readonly<Record<string, string | undefined>>
  /** True in the Action: a tracked report is no evidence for a measured family. */
  inAction: boolean
}
