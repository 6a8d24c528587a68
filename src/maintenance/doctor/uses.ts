// Where workflows run certify: as a step, on its command line, or as a reusable workflow.
import type { Job, Step, Workflow } from './workflow.ts'

export interface Use {
  workflow: Workflow
  job: Job
  /** null: the job is a reusable workflow of ours. */
  step: Step | null
  /** `all`: certify.yml, which does everything. */
  command: 'all' | 'evaluate' | 'gate' | 'record' | 'go-live' | 'doctor' | 'commands'
  /** Check and artifacts are called after it. */
  name: string
}

const COMMANDS = ['evaluate', 'gate', 'record', 'doctor'] as const
const WORKFLOW = /(?:^|\/)\.github\/workflows\/certify(?:-([\w-]+))?\.ya?ml(?:@|$)/
const ACTION = /^(?:[\w.-]+\/|\.\/(?:[\w.-]+\/)*)certify(?:@|$)/i
const COMMAND_LINE = /(?:\bcertify|\bcli\.js)\s+evaluate\b/

/** `name` where a use names none. */
export function usesOf(workflows: readonly Workflow[], name: string): Use[] {
  return workflows.flatMap((workflow) => workflow.jobs.flatMap((job) => usesIn(workflow, job, name)))
}

function usesIn(workflow: Workflow, job: Job, standard: string): Use[] {
  const whole = job.uses === null ? null : WORKFLOW.exec(job.uses)
  if (whole !== null) {
    const command = ([...COMMANDS, 'go-live', 'commands'] as const).find((one) => one === whole[1])
    if (whole[1] !== undefined && command === undefined) return []
    return [{ workflow, job, step: null, command: command ?? 'all', name: job.with.name || standard }]
  }
  return job.steps.flatMap((step): Use[] => {
    if (step.uses !== null && ACTION.test(step.uses)) {
      const command = COMMANDS.find((one) => one === (step.with.command || 'evaluate'))
      return command === undefined ? [] : [{ workflow, job, step, command, name: step.with.name || standard }]
    }
    const line = step.run !== null && COMMAND_LINE.test(step.run)
    return line ? [{ workflow, job, step, command: 'evaluate', name: standard }] : []
  })
}

/** Those that judge what other jobs made. */
export function judges(use: Use): boolean {
  return use.command === 'all' || use.command === 'evaluate'
}

/** The jobs that this one waits for, directly or not. */
export function waitedFor({ workflow, job }: Use): Job[] {
  const found = new Map<string, Job>()
  const open = [...job.needs]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const needed = workflow.jobs.find((one) => one.id === id)
    if (needed === undefined || found.has(id)) continue
    found.set(id, needed)
    open.push(...needed.needs)
  }
  return [...found.values()]
}

/** As a person finds it. */
export function placeOf({ workflow, job }: Pick<Use, 'workflow' | 'job'>): string {
  return `job ${job.id} in ${workflow.path}`
}

/** True where such an `if:` lets a job run although a job before it failed or was skipped. */
export function runsAnyway(condition: string | null): boolean {
  return condition !== null && /\balways\s*\(\s*\)|!\s*cancelled\s*\(\s*\)/.test(condition)
}
