// A step that uses the action: the committed bundle, with the inputs that action.yml declares and their defaults.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { finished } from '../runner.ts'
import { textsIn } from './expression.ts'
import type { Room, StepLeft } from './runner.ts'
import { leftBy, variablesOf } from './step-environment.ts'

interface Action {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, unknown>
}

/** Throws where a workflow gives an input that the action does not declare: GitHub only warns, and nobody reads it. */
export async function actionStep(inputs: Record<string, string>, room: Room): Promise<StepLeft> {
  const { inputs: declared } = load(readFileSync('action.yml', 'utf8')) as Action
  for (const name of Object.keys(inputs)) if (!(name in declared)) throw new Error(`action.yml declares no input ${name}`)
  const defaults = textsIn(
    Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, one.default ?? ''])),
    room.contexts,
  )
  const all = { ...defaults, ...inputs }
  const env = {
    ...variablesOf(room, 'action'),
    GITHUB_ACTION_REPOSITORY: 'OWNER/certify',
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  const { node, action } = room.world
  return leftBy(await finished(node, [join(action, 'dist/main.js')], { cwd: room.workspace, env }), env, room)
}
