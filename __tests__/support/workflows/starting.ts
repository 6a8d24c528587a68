// What GitHub refuses before any job starts: permissions that a caller has not given, inputs that a workflow does not take.
import { load } from 'js-yaml'
import type { CallFile, JobFile, WorkflowFile } from './model.ts'
import { excess, type Permissions, permissionsOf } from './permissions.ts'

export interface Source {
  /** Path of the file, for what it calls by `./`. */
  path: string
  workflow: WorkflowFile
}

export type Lookup = (uses: string, from: string) => { path: string; text: string }

export function parsed(path: string, text: string): Source {
  return { path, workflow: load(text) as WorkflowFile }
}

/** Throws the first thing that GitHub ends a run for with `startup_failure`. `given` null: it is called by nobody. */
export function refuseToStart({ path, workflow }: Source, given: Permissions | null, lookup: Lookup, where = ''): void {
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const asked = permissionsOf(job.permissions ?? workflow.permissions, given ?? {})
    const [more] = given === null ? [] : excess(asked, given)
    if (more !== undefined) throw new Error(`startup_failure: the nested job '${where}${id}' is requesting ${more}`)
    if (job.uses === undefined) continue
    const { path: inner, text } = lookup(job.uses, path)
    const called = parsed(inner, text)
    refuseCall(`${where}${id}`, job, called.workflow.on.workflow_call)
    refuseToStart(called, asked, lookup, `${where}${id}/`)
  }
}

function refuseCall(id: string, job: JobFile, call: CallFile | null | undefined): void {
  if (call === undefined) throw new Error(`startup_failure: '${id}' calls a workflow that cannot be called`)
  if ('environment' in job || 'steps' in job) throw new Error(`startup_failure: '${id}' calls a workflow and has keys of its own`)
  const inputs = call?.inputs ?? {}
  for (const name of Object.keys(job.with ?? {}))
    if (!(name in inputs)) throw new Error(`startup_failure: '${id}' gives the input ${name}, which is not taken`)
  for (const [name, { required }] of Object.entries(inputs))
    if (required && job.with?.[name] === undefined) throw new Error(`startup_failure: '${id}' lacks the input ${name}`)
  if (job.secrets === 'inherit') return
  for (const name of Object.keys(job.secrets ?? {}))
    if (!(name in (call?.secrets ?? {}))) throw new Error(`startup_failure: '${id}' gives the secret ${name}, which is not taken`)
}
