// One command from invocation to ending: the same for the Action and the command line.

import { renderJson } from '../reporting/renderers/json.ts'
import { renderTerminal } from '../reporting/renderers/terminal.ts'
import { concludeResult, evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { inspectFiles } from './inspect.ts'
import type { Ended, Invocation } from './invocation.ts'
import type { Ports } from './ports.ts'
import { publish } from './publish.ts'
import { validate } from './validate.ts'

export async function run(invocation: Invocation, ports: Ports): Promise<Ended> {
  switch (invocation.command) {
    case 'inspect':
      return inspectFiles(invocation, ports)
    case 'validate':
      return validate(invocation, ports)
    case 'explain':
      return explain(invocation, ports)
    case 'evaluate': {
      const result = await evaluate(invocation, ports)
      await publish(result, ports)
      const output = invocation.json
        ? renderJson(result)
        : renderTerminal(result, { color: invocation.colour, width: invocation.width, report: invocation.reportDir })
      return { exit: concludeResult(result, invocation).exit, output, result }
    }
  }
}
