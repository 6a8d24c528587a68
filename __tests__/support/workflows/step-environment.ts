// The variables and files that a runner gives to a step, and what the step wrote into them.
import { existsSync, readFileSync } from 'node:fs'
import { runnerEnvironment } from '../github/run.ts'
import type { Room, StepLeft } from './runner.ts'
import { startedBy } from './world.ts'

/** For an action; a script gets the same without what reaches the artifact service. */
export function variablesOf({ world, attempt, home, workspace, env }: Room, kind: 'action' | 'script'): Record<string, string> {
  const { github, event, actor, run } = world
  const given: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    ...runnerEnvironment(github, home, event.payload, { run, attempt, actor, eventName: event.name }),
    GITHUB_SHA: event.sha,
    GITHUB_REF: event.ref,
    GITHUB_TRIGGERING_ACTOR: startedBy(world, attempt),
    GITHUB_WORKFLOW_REF: `${github.state.fullName}/${Object.keys(world.workflows)[0]}@${event.ref}`,
    GITHUB_WORKSPACE: workspace,
    ...env,
  }
  if (kind === 'script') {
    delete given.ACTIONS_RESULTS_URL
    delete given.ACTIONS_RUNTIME_TOKEN
  }
  return given
}

export function leftBy(
  { exit, stdout, stderr }: { exit: number | null; stdout: string; stderr: string },
  given: Record<string, string>,
  room: Room,
): StepLeft {
  Object.assign(room.env, readFileOf(given.GITHUB_ENV))
  const summary = given.GITHUB_STEP_SUMMARY
  return {
    exit,
    outputs: readFileOf(given.GITHUB_OUTPUT),
    log: `${stdout}${stderr}`,
    summary: summary !== undefined && existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  }
}

/** The runner's file format: `name=value`, or `name<<DELIMITER`, the value's lines, DELIMITER. */
function readFileOf(file: string | undefined): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = file === undefined ? [] : readFileSync(file, 'utf8').split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const [, name = '', sign, rest = ''] = /^(.*?)(=|<<)(.*)$/.exec(lines[at]!) ?? []
    if (sign === '=') values[name] = rest
    if (sign !== '<<') continue
    const value: string[] = []
    for (at += 1; at < lines.length && lines[at] !== rest; at += 1) value.push(lines[at]!)
    values[name] = value.join('\n')
  }
  return values
}
