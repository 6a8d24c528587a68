#!/usr/bin/env node
// The command line: argv -> invocation -> run -> exit code. The same engine as the Action, no token needed.
import { run } from './app/run.ts'
import { parseArguments } from './compose/arguments.ts'
import { endWith } from './compose/ending.ts'
import { errorDocument, tellError } from './compose/errors.ts'
import { laptopPorts } from './compose/laptop.ts'

async function main(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2), process.stdout)
  if ('help' in parsed) {
    process.stdout.write(parsed.help)
    return 0
  }
  const ended = await run(parsed, laptopPorts(parsed, process.cwd()))
  process.stdout.write(ended.output)
  return ended.exit
}

main().then(endWith, (error: unknown) => {
  if (process.argv.includes('--json')) process.stdout.write(errorDocument(error))
  process.stderr.write(tellError(error))
  endWith(2)
})
