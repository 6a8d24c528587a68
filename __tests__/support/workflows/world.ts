// Where a workflow is played: the stand-in for GitHub, the repository's files, the event, and the people.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { MERGE, repositoryOf } from '../github/run.ts'
import type { GitHub } from '../github/server.ts'
import type { Pull } from '../github/state.ts'
import { unpackAction } from '../runner.ts'
import type { Ended, StepEnd } from './model.ts'
import type { Script } from './reviewers.ts'
import type { Lookup } from './starting.ts'

export interface World {
  github: GitHub
  /** Folder of the unpacked bundle, and of its action.yml. */
  action: string
  /** The caller's workflow files, by path. */
  workflows: Record<string, string>
  /** What a checkout brings. */
  files: Record<string, string>
  /** ISO time of the commit that a checkout brings; left out: when it is checked out. */
  committedAt?: string
  event: { name: string; payload: Record<string, unknown>; ref: string; sha: string }
  actor: string
  /** Who starts which attempt, from the first on; the last one stands for those after. */
  triggering: string[]
  run: number
  reviewers: Script
  members: Record<string, string[]>
  secrets: Record<string, string>
  /** How every job reaches Sigstore, and what a job with `id-token: write` is known by there. */
  sigstore: Record<string, string>
  vars: Record<string, string>
  /** Paths of jobs during which somebody cancels the run. */
  cancelledAt: string[]
  /** What happens once a job has ended, by its path. */
  after: Record<string, () => void>
  /** Somebody who reads what a step shows, as soon as its job has ended. */
  shown: (path: string, step: StepEnd) => void
  /** Jobs that are not run but end like this, by path; with `steps`, its outputs are made of what those have put out. */
  forced: Record<string, Ended & { steps?: Record<string, Record<string, string>> }>
  /** The token can read and nothing else. */
  fork: boolean
  node: string
}

export type WorldChange = Partial<World> & Pick<World, 'github' | 'workflows'>

let action: string | null = null

/** A push of `sha` to main by alice, unless told otherwise. */
export function worldOf(change: WorldChange): World {
  action ??= unpackAction()
  const { github } = change
  const sha = 'a'.repeat(40)
  return {
    action,
    files: {},
    event: {
      name: 'push',
      payload: { ref: 'refs/heads/main', after: sha, ...repositoryOf(github) },
      ref: 'refs/heads/main',
      sha,
    },
    actor: 'alice',
    triggering: [change.actor ?? 'alice'],
    run: 1001,
    reviewers: {},
    members: {},
    secrets: {},
    sigstore: {},
    vars: {},
    cancelledAt: [],
    after: {},
    shown: () => {},
    forced: {},
    fork: false,
    node: process.execPath,
    ...change,
  }
}

export function pullRequest(github: GitHub, pull: Pull): World['event'] {
  const { number, draft, head, base, title } = pull
  const payload = { action: 'synchronize', number, pull_request: { number, title, draft, mergeable: null, head, base } }
  return { name: 'pull_request', payload: { ...payload, ...repositoryOf(github) }, ref: `refs/pull/${number}/merge`, sha: MERGE }
}

/** A called workflow: ours as they are released, or the caller's own. `./` stays in the repository of the file it is in. */
export function lookupIn(workflows: Record<string, string>): Lookup {
  return (uses, from) => {
    const local = uses.startsWith('./')
    const path = `.github/workflows/${basename(uses.replace(/@[^@]*$/, ''))}`
    const ours = uses.startsWith('OWNER/certify/') || (local && from.startsWith('OWNER/certify/'))
    if (ours) return { path: `OWNER/certify/${path}`, text: readFileSync(path, 'utf8') }
    const text = local ? workflows[join('.', path)] : undefined
    if (text === undefined) throw new Error(`startup_failure: ${uses}: workflow was not found`)
    return { path, text }
  }
}

/** Who started an attempt. */
export function startedBy({ actor, triggering }: World, attempt: number): string {
  return triggering[attempt - 1] ?? triggering.at(-1) ?? actor
}

/** The commit that the run is about: a pull request's head, not its merge. */
export function headOf({ event }: World): string {
  const pull = event.payload.pull_request as { head: { sha: string } } | undefined
  return pull?.head.sha ?? event.sha
}
