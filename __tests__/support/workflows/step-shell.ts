// A step that runs a script, as GitHub starts it on Linux.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from '../runner.ts'
import type { StepFile } from './model.ts'
import type { Room, StepLeft } from './runner.ts'
import { leftBy, variablesOf } from './step-environment.ts'

export async function shellStep(step: StepFile, room: Room): Promise<StepLeft> {
  const script = join(room.home, 'script.sh')
  writeFileSync(script, step.run!)
  const flags = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e']
  const env = variablesOf(room, 'script')
  const cwd = join(room.workspace, step['working-directory'] ?? '')
  return leftBy(await finished('bash', [...flags, script], { cwd, env }), env, room)
}
