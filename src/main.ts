// The Action: inputs -> command -> run -> outputs, and one catch.
import { setFailed, setOutput } from '@actions/core'
import { appendSummary } from './adapters/github/outputs.ts'
import { run } from './app/run.ts'
import { actionPorts } from './compose/action.ts'
import { endWith } from './compose/ending.ts'
import { tellError } from './compose/errors.ts'
import { readInputs } from './compose/inputs.ts'

async function main(): Promise<number> {
  const inputs = readInputs()
  const ports = await actionPorts(inputs)
  const ended = await run(inputs.invocation, ports)
  ports.log.info(ended.output)
  for (const [name, value] of Object.entries(ended.outputs ?? {})) setOutput(name, value)
  const file = process.env.GITHUB_STEP_SUMMARY
  if (ended.summary !== undefined && file) appendSummary(file, ended.summary)
  return ended.exit
}

main().then(endWith, (error: unknown) => {
  setFailed(tellError(error))
  endWith(2)
})
