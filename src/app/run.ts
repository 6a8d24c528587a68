// One command from invocation to ending: the same for the Action and the command line.

import { renderJson } from '../reporting/renderers/json.ts'
import { renderTerminal } from '../reporting/renderers/terminal.ts'
import { concludeResult, evaluate } from './evaluate.ts'
import type { Ended, Invocation } from './invocation.ts'
import { keep } from './ledger/keep.ts'
import type { Ports } from './ports.ts'
import { publish } from './publish.ts'

export async function run(invocation: Invocation, ports: Ports): Promise<Ended> {
  switch (invocation.command) {
    case 'inspect':
      return (await import('./inspect.ts')).inspectFiles(invocation, ports)
    case 'validate':
      return (await import('./validate.ts')).validate(invocation, ports)
    case 'explain':
      return (await import('./explain.ts')).explain(invocation, ports)
    case 'collect':
      return (await import('./collect.ts')).collectEvidence(invocation, ports)
    case 'baseline':
      return (await import('./baseline.ts')).baseline(invocation, ports)
    case 'replay':
      return (await import('./replay.ts')).replay(invocation, ports)
    case 'simulate':
      return (await import('./simulate.ts')).simulate(invocation, ports)
    case 'ledger':
      return (await import('./ledger-command.ts')).ledgerCommand(invocation, ports)
    case 'doctor':
      return (await import('./doctor.ts')).doctor(invocation, ports, await ports.setup())
    case 'setup':
      return (await import('./setup.ts')).setup(invocation, ports, await ports.setup())
    case 'init':
      return (await import('./init.ts')).init(invocation, ports)
    case 'gate':
      return (await import('./gate.ts')).gate(invocation, ports)
    case 'verify':
      return (await import('./certificate/verify.ts')).verify(invocation, ports)
    case 'revoke':
      return (await import('./certificate/revoke.ts')).revoke(invocation, ports)
    case 'issue':
      return (await import('./certificate/issue.ts')).issue(invocation, ports)
    case 'recertify':
      return (await import('./certificate/recertify.ts')).recertify(invocation, ports)
    case 'record':
      return (await import('./record.ts')).record(invocation, ports)
    case 'evaluate': {
      if (ports.reported !== undefined) return (await import('./reported.ts')).report(invocation, ports.reported, ports)
      const evaluated = await evaluate(invocation, ports)
      const ledger = await keep(evaluated, invocation.reportDir, ports)
      const { result } = evaluated
      await publish(result, ledger, ports)
      const output = invocation.json
        ? renderJson(result)
        : renderTerminal(result, { color: invocation.colour, width: invocation.width, report: invocation.reportDir, ledger })
      return { exit: concludeResult(result, invocation).exit, output, result }
    }
  }
}
