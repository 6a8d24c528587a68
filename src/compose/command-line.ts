// The command line: argv -> invocation -> run -> exit code. The same engine as the Action, no token needed.
import { run } from '../app/run.ts'
import { parseArguments } from './arguments.ts'
import { endWith, heedOutput } from './ending.ts'
import { errorDocument, tellError } from './errors.ts'
import { laptopPorts } from './laptop.ts'

async function command(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2), process.stdout)
  if ('help' in parsed) {
    process.stdout.write(parsed.help)
    return 0
  }
  const ended = await run(parsed, laptopPorts(parsed, process.cwd()))
  process.stdout.write(ended.output)
  return ended.exit
}

export function commandLine(): Promise<void> {
  heedOutput()
  return command().then(endWith, (error: unknown) => {
    if (process.argv.includes('--json')) process.stdout.write(errorDocument(error))
    process.stderr.write(tellError(error))
    endWith(2)
  })
}
