// What the stand-in remembers: one repository with its files, pull requests, checks, comments, runs and artifacts.
import { createHash } from 'node:crypto'
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
}

export interface WorkflowRun {
  id: number
  run_attempt: number
  event: string
  head_sha: string
  head_branch: string
  path: string
  head_repository: { id: number }
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
      head_repository: { id: this.repositoryId },
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
    const comment: Comment = { id: this.nextId(), issue, body, user }
    this.comments.push(comment)
    return comment
  }
}
