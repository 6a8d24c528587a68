// A workflow file as it is written, and what became of its jobs once it was played.

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped'

export interface StepFile {
  id?: string
  name?: string
  if?: string | boolean
  uses?: string
  run?: string
  shell?: string
  with?: Record<string, unknown>
  env?: Record<string, unknown>
  'working-directory'?: string
  'continue-on-error'?: boolean
}

export interface JobFile {
  name?: string
  needs?: string | string[]
  if?: string | boolean
  permissions?: unknown
  environment?: string | { name: string; url?: string }
  strategy?: { 'fail-fast'?: boolean; matrix: Record<string, unknown> }
  outputs?: Record<string, string>
  env?: Record<string, unknown>
  steps?: StepFile[]
  uses?: string
  with?: Record<string, unknown>
  secrets?: Record<string, string> | 'inherit'
}

export interface CallFile {
  inputs?: Record<string, { type: string; required?: boolean; default?: unknown }>
  outputs?: Record<string, { value: string }>
  secrets?: Record<string, { required?: boolean }>
}

export interface WorkflowFile {
  name?: string
  on: { workflow_call?: CallFile | null } & Record<string, unknown>
  permissions?: unknown
  env?: Record<string, unknown>
  jobs: Record<string, JobFile>
}

export interface StepEnd {
  /** Its id, else what it uses or runs. */
  name: string
  outcome: Result
  outputs: Record<string, string>
  exit: number | null
  log: string
  summary: string
}

/** A job as its neighbours see it: of a matrix or a called workflow, all of it together. */
export interface Ended {
  result: Result
  outputs: Record<string, string>
}

/** One job that ran, or did not, on a runner of its own. */
export interface JobEnd extends Ended {
  /** Ids from the outside in: `certify/gate-3/wait (certify-gate-3)`. */
  path: string
  name: string
  /** In which attempt it ran. */
  attempt: number
  environment: string | null
  steps: StepEnd[]
}

export interface RunEnd {
  attempt: number
  conclusion: Result
  jobs: JobEnd[]
  /** Each job by its path, those that call included. */
  ended: ReadonlyMap<string, Ended>
  /** Reviews that GitHub itself did not take. */
  refused: string[]
}

export function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat()
}

/** What several results are together. */
export function together(results: readonly Result[]): Result {
  if (results.includes('failure')) return 'failure'
  if (results.includes('cancelled')) return 'cancelled'
  return results.length > 0 && results.every((one) => one === 'skipped') ? 'skipped' : 'success'
}
