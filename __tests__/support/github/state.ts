// What the stand-in remembers: one repository with its files, pull requests, checks, comments, runs and artifacts.
import { createHash } from 'node:crypto'
import type { JsonObject } from './description.ts'
import { type Environment, type EnvironmentRules, environmentOf } from './environments.ts'
import { GitObjects } from './git-objects.ts'

export type PermissionLevel = 'none' | 'read' | 'write'

export interface Pull {
  number: number
  title: string
  draft: boolean
  /** null: GitHub has not worked it out yet. */
  mergeable: boolean | null
  mergeable_state: string
  head: { ref: string; sha: string; repo: { id: number; full_name: string; fork: boolean } | null }
  base: { ref: string; sha: string; repo: { id: number; full_name: string; fork: boolean } }
  /** Login of the author. */
  author: string
  /** Login of who merged it; null: it is open. */
  mergedBy: string | null
  mergeCommit: string | null
  /** Beside its head. */
  commits: { sha: string; authors: string[] }[]
}

export interface PullReview {
  pull: number
  user: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  body: string
  commit_id: string
}

/** A review of a run's environment. */
export interface RunReview {
  run: number
  environments: string[]
  user: string
  state: 'approved' | 'rejected' | 'pending'
  comment: string
}

export interface Issue {
  number: number
  title: string
  body: string
  labels: string[]
  user: { login: string; type: 'Bot' | 'User' }
  /** Left out: open. */
  state?: 'open' | 'closed'
  /** Numbers of its sub-issues; those that are no issue here are in a repository that the token may not see. */
  subIssues?: number[]
  /** Where it was moved to. */
  movedTo?: string
}

/** A push, as the repository's activity lists it. */
export interface Push {
  before: string
  after: string
  ref: string
  actor: string
  activity_type: 'push' | 'force_push' | 'branch_creation' | 'pr_merge' | 'merge_queue_merge'
}

/** A file as comparisons list it; `patch` is left out of binary files and of long ones. */
export interface ChangedFile {
  filename: string
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  additions: number
  deletions: number
  changes: number
  sha: string
  patch?: string
  previous_filename?: string
}

export interface StoredAnnotation {
  path: string
  start_line: number
  end_line: number
  annotation_level: string
  message: string
  title?: string
}

export interface CheckRun {
  id: number
  name: string
  head_sha: string
  external_id: string
  status: string
  conclusion: string | null
  title: string | null
  summary: string | null
  text: string | null
  annotations: StoredAnnotation[]
  app: { id: number; slug: string }
}

export interface Comment {
  id: number
  issue: number
  body: string
  user: { login: string; type: 'Bot' | 'User' }
  created_at: string
  updated_at: string
}

export interface WorkflowRun {
  id: number
  run_attempt: number
  event: string
  head_sha: string
  head_branch: string
  path: string
  head_repository: { id: number; full_name?: string; owner?: { login: string } } | null
  /** Login of who caused the run, and of who started each attempt. */
  actor: string
  triggering: string[]
}

export interface Job {
  name: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
}

export interface Artifact {
  id: number
  runId: number
  name: string
  mime: string
  blob: Uint8Array
  digest: string | null
  expired: boolean
  finalized: boolean
  /** Answered instead of the blob's own size where a test lies about it. */
  size: number
}

export class State {
  readonly owner = 'acme'
  readonly repo = 'shop'
  readonly repositoryId = 101
  private: boolean
  defaultBranch = 'main'
  /** The token's own identity. */
  viewer = { login: 'github-actions[bot]', type: 'Bot' as 'Bot' | 'User', app: { id: 15368, slug: 'github-actions' } }
  permissions: Record<string, PermissionLevel>
  readonly trees = new Map<string, Map<string, string>>()
  readonly pulls = new Map<number, Pull>()
  /** Each commit's parent. */
  readonly parents = new Map<string, string>()
  readonly checkRuns: CheckRun[] = []
  readonly comments: Comment[] = []
  readonly runs = new Map<number, WorkflowRun>()
  readonly jobs = new Map<number, Job[]>()
  readonly artifacts: Artifact[] = []
  /** Behind the Git Data API; the files above are those of the contents API. */
  readonly git = new GitObjects()
  /** What GitHub says when a ref is written that rules protect, by the ref's full name. */
  readonly rules = new Map<string, string>()
  readonly environments = new Map<string, Environment>()
  readonly reviews: RunReview[] = []
  readonly pullReviews: PullReview[] = []
  readonly issues = new Map<number, Issue>()
  /** Newest last. */
  readonly pushes: Push[] = []
  /** Logins of each commit's authors. */
  readonly commits = new Map<string, string[]>()
  /** What people may do here; everybody else may read. */
  readonly collaborators = new Map<string, 'admin' | 'write' | 'read' | 'none'>()
  /** Ids of teams, by organisation and slug. */
  readonly teams = new Map<string, number>()
  /** Rules in force for a branch, as `GET rules/branches` lists them. */
  readonly branchRules = new Map<string, Record<string, unknown>[]>()
  /** Checks that a branch's classic protection requires. */
  readonly protectedBranches = new Map<string, string[]>()
  visibility: 'public' | 'private' | 'internal' | null = null
  /** Sigstore bundles that were handed in, oldest first. */
  readonly attestations: JsonObject[] = []
  ownerType: 'Organization' | 'User' = 'Organization'
  /** Of the organisation, where the token may see it. */
  plan: string | null = null
  actionsSettings = { enabled: true, allowed_actions: 'all', default_workflow_permissions: 'read', retentionDays: 90 }
  /** What a comparison says of the files up to that commit, by its sha; where it was compared from: `mergeBase`. */
  readonly changedFiles = new Map<string, { mergeBase: string; files: ChangedFile[] }>()
  /** Parents of commits that merge two. */
  readonly merges = new Map<string, [string, string]>()
  private readonly accounts = new Map<string, number>()
  /** Entries of a tree that are listed at most. */
  treeLimit = 100_000
  private lastId = 5000

  constructor(permissions: Record<string, PermissionLevel>, isPrivate: boolean) {
    this.permissions = permissions
    this.private = isPrivate
    this.trees.set(this.defaultBranch, new Map())
    this.git.push(this.defaultBranch, { 'README.md': 'shop\n' })
  }

  get fullName(): string {
    return `${this.owner}/${this.repo}`
  }

  nextId(): number {
    this.lastId += 1
    return this.lastId
  }

  /** A file at a branch or commit; the ref comes into being with it. */
  addFile(ref: string, path: string, content: string): void {
    const tree = this.trees.get(ref) ?? new Map<string, string>()
    tree.set(path, content)
    this.trees.set(ref, tree)
  }

  addPull(number: number, change: Partial<Pull> = {}): Pull {
    const own = { id: this.repositoryId, full_name: this.fullName, fork: false }
    const pull: Pull = {
      number,
      title: 'Sell more',
      draft: false,
      mergeable: true,
      mergeable_state: 'clean',
      head: { ref: 'feature', sha: 'a'.repeat(40), repo: own },
      base: { ref: this.defaultBranch, sha: 'b'.repeat(40), repo: own },
      author: 'alice',
      mergedBy: null,
      mergeCommit: null,
      commits: [],
      ...change,
    }
    this.pulls.set(number, pull)
    return pull
  }

  addRun(id: number, change: Partial<WorkflowRun> = {}, jobs: Job[] = []): WorkflowRun {
    const run: WorkflowRun = {
      id,
      run_attempt: 1,
      event: 'pull_request',
      head_sha: 'a'.repeat(40),
      head_branch: 'feature',
      path: '.github/workflows/ci.yml',
      head_repository: { id: this.repositoryId, full_name: this.fullName, owner: { login: this.owner } },
      actor: 'alice',
      triggering: [],
      ...change,
    }
    this.runs.set(id, run)
    this.jobs.set(id, jobs)
    return run
  }

  addArtifact(runId: number, name: string, blob: Uint8Array, change: Partial<Artifact> = {}): Artifact {
    const artifact: Artifact = {
      id: this.nextId(),
      runId,
      name,
      mime: 'application/zip',
      blob,
      digest: `sha256:${createHash('sha256').update(blob).digest('hex')}`,
      expired: false,
      finalized: true,
      size: blob.length,
      ...change,
    }
    this.artifacts.push(artifact)
    return artifact
  }

  addComment(issue: number, body: string, user: Comment['user']): Comment {
    const at = '2026-01-01T00:00:00Z'
    const comment: Comment = { id: this.nextId(), issue, body, user, created_at: at, updated_at: at }
    this.comments.push(comment)
    return comment
  }

  /** Everybody has an account, with the same id each time. */
  account(login: string): { id: number; login: string; type: 'Bot' | 'User' } {
    const id = this.accounts.get(login.toLowerCase()) ?? 2001 + this.accounts.size
    this.accounts.set(login.toLowerCase(), id)
    return { id, login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }
  }

  knowsAccount(login: string): boolean {
    return this.accounts.has(login.toLowerCase())
  }

  loginOf(id: number): string | null {
    return [...this.accounts].find(([, known]) => known === id)?.[0] ?? null
  }

  /** Without rules: as GitHub makes it when a job names one that does not exist. */
  addEnvironment(name: string, rules: EnvironmentRules = {}): Environment {
    const environment = environmentOf(name, rules, () => this.nextId())
    this.environments.set(name.toLowerCase(), environment)
    return environment
  }

  /** A person's decision on a run that waits at these environments. */
  review(run: number, environment: string | string[], user: string, state: RunReview['state'] = 'approved', comment = ''): void {
    this.reviews.push({ run, environments: [environment].flat(), user, state, comment })
  }

  /** A commit that is on a branch, after `parent`, with its authors' logins. */
  addCommit(sha: string, parent: string | null, ...authors: string[]): string {
    this.commits.set(sha, authors)
    if (parent !== null) this.parents.set(sha, parent)
    return sha
  }

  addPush(before: string, after: string, actor: string, change: Partial<Push> = {}): void {
    this.pushes.push({ before, after, actor, ref: `refs/heads/${this.defaultBranch}`, activity_type: 'push', ...change })
  }

  addIssue(title: string, body: string, user: Issue['user'], labels: string[] = []): Issue {
    const number = Math.max(0, ...this.pulls.keys(), ...this.issues.keys()) + 1
    const issue: Issue = { number, title, body, labels, user }
    this.issues.set(number, issue)
    return issue
  }

  /** A commit that anything here names exists. */
  knowsCommit(sha: string): boolean {
    return (
      this.commits.has(sha) ||
      this.git.commits.has(sha) ||
      this.parents.has(sha) ||
      [...this.parents.values()].includes(sha) ||
      [...this.runs.values()].some((run) => run.head_sha === sha) ||
      this.pullsOf(sha).length > 0
    )
  }

  /** Pull requests that a commit is part of. */
  pullsOf(sha: string): Pull[] {
    return [...this.pulls.values()].filter(
      ({ head, mergeCommit, commits }) => head.sha === sha || mergeCommit === sha || commits.some((one) => one.sha === sha),
    )
  }
}
