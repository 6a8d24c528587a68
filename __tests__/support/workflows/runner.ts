// One job's runner: a workspace of its own, and the steps in their order.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contexts, holds, textsIn } from './expression.ts'
import type { Ended, JobFile, StepEnd, StepFile } from './model.ts'
import { actionStep } from './step-action.ts'
import { downloadStep, uploadStep } from './step-artifacts.ts'
import { checkoutStep } from './step-checkout.ts'
import { shellStep } from './step-shell.ts'
import type { World } from './world.ts'

export interface Room {
  world: World
  attempt: number
  home: string
  workspace: string
  /** Variables of the workflow, the job and of what steps before have exported. */
  env: Record<string, string>
  contexts: Contexts
}

/** What a step leaves; `exit` 0 is a success. */
export type StepLeft = Pick<StepEnd, 'outputs' | 'exit' | 'log' | 'summary'>

export interface JobLeft extends Ended {
  steps: StepEnd[]
}

/** Plays the steps of a job that has started. */
export async function playSteps(
  job: JobFile,
  world: World,
  attempt: number,
  contexts: Contexts,
  env: Record<string, string>,
): Promise<JobLeft> {
  const home = mkdtempSync(join(tmpdir(), 'certify-job-'))
  const workspace = join(home, 'workspace')
  mkdirSync(workspace)
  const room: Room = { world, attempt, home, workspace, env, contexts }
  const known: Record<string, { outputs: Record<string, string>; outcome: string; conclusion: string }> = {}
  const ends: StepEnd[] = []
  let failed = false
  for (const [at, step] of (job.steps ?? []).entries()) {
    const here = {
      ...contexts,
      steps: known,
      env: room.env,
      runner: { temp: join(home, 'temp'), os: 'Linux' },
      job: { status: failed ? 'failure' : 'success' },
    }
    const runs = holds(step.if, here, { success: !failed, failure: failed, cancelled: false })
    const left = runs ? await playStep(step, { ...room, home: join(home, String(at)), contexts: here }) : null
    const outcome = left === null ? 'skipped' : left.exit === 0 ? 'success' : 'failure'
    if (outcome === 'failure' && step['continue-on-error'] !== true) failed = true
    const end = {
      name: step.id ?? step.uses ?? step.run ?? '',
      outcome,
      ...(left ?? { outputs: {}, exit: null, log: '', summary: '' }),
    } as const
    ends.push(end)
    if (step.id !== undefined) known[step.id] = { outputs: end.outputs, outcome, conclusion: outcome }
  }
  const outputs = textsIn(job.outputs, { ...contexts, steps: known, env: room.env, job: {}, runner: {} })
  return { result: failed ? 'failure' : 'success', outputs, steps: ends }
}

function playStep(step: StepFile, room: Room): Promise<StepLeft> {
  mkdirSync(room.home)
  const inside = { ...room, env: { ...room.env, ...textsIn(step.env, room.contexts) } }
  if (step.run !== undefined) return shellStep(step, inside)
  const inputs = textsIn(step.with, room.contexts)
  const [name = ''] = (step.uses ?? '').split('@')
  switch (name) {
    case 'OWNER/certify':
      return actionStep(inputs, inside)
    case 'actions/checkout':
      return checkoutStep(inputs, inside)
    case 'actions/upload-artifact':
      return uploadStep(inputs, inside)
    case 'actions/download-artifact':
      return downloadStep(inputs, inside)
    case 'actions/setup-node':
      return Promise.resolve({ outputs: {}, exit: 0, log: '', summary: '' })
    default:
      throw new Error(`the runner of the tests does not play ${step.uses}`)
  }
}
