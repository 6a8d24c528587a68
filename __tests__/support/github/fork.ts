// A pull request from a fork, the run for it, and the event that its end is for a workflow of the repository's own.
import { repositoryOf } from './run.ts'
import type { GitHub } from './server.ts'
import type { Pull, State, WorkflowRun } from './state.ts'

export const FORK = { id: 999, full_name: 'stranger/shop', owner: { login: 'stranger' } }

export function addForkPull(state: State, number: number, change: Partial<Pull> = {}): Pull {
  const { id, full_name } = FORK
  const head = { ref: 'feature', sha: 'a'.repeat(40), repo: { id, full_name, fork: true } }
  return state.addPull(number, { author: 'stranger', head, ...change })
}

/** The run on that pull request, as GitHub knows it. */
export function addForkRun(state: State, run: number, pull: Pull, change: Partial<WorkflowRun> = {}): WorkflowRun {
  const { sha, ref } = pull.head
  const fork = { head_sha: sha, head_branch: ref, head_repository: FORK, actor: 'stranger' }
  return state.addRun(run, { ...fork, ...change })
}

/** `workflow_run`, completed: for a fork it names no pull request. */
export function endOf(github: GitHub, run: WorkflowRun): Record<string, unknown> {
  const { id, run_attempt, event, head_sha, head_branch, head_repository, path, actor } = run
  const workflow_run = { id, run_attempt, event, head_sha, head_branch, head_repository, path, pull_requests: [] }
  return {
    action: 'completed',
    workflow_run: { ...workflow_run, status: 'completed', conclusion: 'success', actor: { login: actor } },
    ...repositoryOf(github),
  }
}
