// The Action: inputs -> command -> run -> outputs, and one catch.
import { setFailed, setOutput } from '@actions/core'
import { appendSummary } from '../adapters/github/outputs.ts'
import { run } from '../app/run.ts'
import { actionPorts } from './action.ts'
import { endWith } from './ending.ts'
import { tellError } from './errors.ts'
import { readInputs } from './inputs.ts'

async function ended(): Promise<number> {
  const inputs = readInputs()
  const ports = await actionPorts(inputs)
  const end = await run(inputs.invocation, ports)
  ports.log.info(end.output)
  for (const [name, value] of Object.entries(end.outputs ?? {})) setOutput(name, value)
  const file = process.env.GITHUB_STEP_SUMMARY
  if (end.summary !== undefined && file) appendSummary(file, end.summary)
  return end.exit
}

export function step(): Promise<void> {
  return ended().then(endWith, (error: unknown) => {
    setFailed(tellError(error))
    endWith(2)
  })
}
