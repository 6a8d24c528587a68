// A workflow file as far as doctor reads it: triggers, permissions, jobs and their steps. Everything in it is foreign text.
import { parse } from 'yaml'

export type Permissions = 'read-all' | 'write-all' | Readonly<Record<string, string>>

export interface Step {
  uses: string | null
  run: string | null
  with: Readonly<Record<string, string>>
  env: Readonly<Record<string, string>>
  continueOnError: boolean
}

export interface Job {
  id: string
  /** As its check is called. */
  name: string
  needs: string[]
  if: string | null
  /** A reusable workflow. */
  uses: string | null
  with: Readonly<Record<string, string>>
  env: Readonly<Record<string, string>>
  permissions: Permissions | null
  environment: string | null
  steps: Step[]
  continueOnError: boolean
}

export interface Workflow {
  path: string
  /** `paths`: it runs only where certain files changed. */
  events: ReadonlyMap<string, { paths: boolean }>
  permissions: Permissions | null
  env: Readonly<Record<string, string>>
  jobs: Job[]
}

type Group = Record<string, unknown>

/** null: it is no workflow. */
export function readWorkflow(path: string, text: string): Workflow | null {
  let root: unknown
  try {
    root = parse(text, { logLevel: 'error' })
  } catch {
    return null
  }
  if (!isGroup(root) || !isGroup(root.jobs)) return null
  return {
    path,
    events: eventsOf(root.on),
    permissions: permissionsOf(root.permissions),
    env: textsOf(root.env),
    jobs: Object.entries(root.jobs).flatMap(([id, job]) => (isGroup(job) ? [jobOf(id, job)] : [])),
  }
}

function jobOf(id: string, job: Group): Job {
  const environment = isGroup(job.environment) ? job.environment.name : job.environment
  return {
    id,
    name: textOf(job.name) ?? id,
    needs: [job.needs ?? []].flat().flatMap((one) => textOf(one) ?? []),
    if: textOf(job.if),
    uses: textOf(job.uses),
    with: textsOf(job.with),
    env: textsOf(job.env),
    permissions: permissionsOf(job.permissions),
    environment: textOf(environment),
    steps: Array.isArray(job.steps) ? job.steps.filter(isGroup).map(stepOf) : [],
    continueOnError: continues(job),
  }
}

function stepOf(step: Group): Step {
  return {
    uses: textOf(step.uses),
    run: textOf(step.run),
    with: textsOf(step.with),
    env: textsOf(step.env),
    continueOnError: continues(step),
  }
}

/** An expression may come out true. */
function continues(of: Group): boolean {
  const value = of['continue-on-error']
  return value !== undefined && value !== null && value !== false && value !== 'false'
}

function eventsOf(on: unknown): Map<string, { paths: boolean }> {
  if (isGroup(on))
    return new Map(
      Object.entries(on).map(([name, filter]) => [
        name,
        { paths: isGroup(filter) && (filter.paths !== undefined || filter['paths-ignore'] !== undefined) },
      ]),
    )
  return new Map([on ?? []].flat().flatMap((name) => (typeof name === 'string' ? [[name, { paths: false }] as const] : [])))
}

function permissionsOf(value: unknown): Permissions | null {
  if (value === 'read-all' || value === 'write-all') return value
  return isGroup(value) ? textsOf(value) : null
}

function textsOf(value: unknown): Record<string, string> {
  return isGroup(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one) ?? ''])) : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
