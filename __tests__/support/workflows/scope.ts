// A workflow that is being played, and what its expressions know.
import type { Contexts } from './expression.ts'
import { listOf, type Result } from './model.ts'
import type { Permissions } from './permissions.ts'
import type { Source } from './starting.ts'
import { startedBy, type World } from './world.ts'

/** A workflow that is being played: the one of the event, or one that a job calls. */
export interface Scope extends Source {
  prefix: string
  names: string
  inputs: Record<string, unknown>
  secrets: Record<string, string>
  given: Permissions
  /** How everything ended that the calling job needs: a job inside has it among its ancestors too. */
  above: Result[]
}

/** Contexts that are the same for all its jobs. `github` is that of the event, also in a called workflow. */
export function contextsOf({ workflow, inputs, secrets }: Scope, world: World, attempt: number): Contexts {
  const { github, event, actor, run } = world
  return {
    github: {
      token: github.token,
      repository: github.state.fullName,
      repository_owner: github.state.owner,
      ref: event.ref,
      ref_name: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
      sha: event.sha,
      event_name: event.name,
      event: event.payload,
      actor,
      triggering_actor: startedBy(world, attempt),
      run_id: String(run),
      run_attempt: String(attempt),
      server_url: 'https://github.com',
      api_url: github.url,
      workflow: workflow.name ?? '',
    },
    inputs,
    secrets,
    vars: world.vars,
  }
}

/** Everything that a job needs, and what that needs, and so on. */
export function ancestors(id: string, { workflow }: Scope): string[] {
  const found = new Set<string>()
  const open = listOf(workflow.jobs[id]!.needs)
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (found.has(need)) continue
    found.add(need)
    open.push(...listOf(workflow.jobs[need]!.needs))
  }
  return [...found]
}
