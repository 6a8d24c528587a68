// Publishing: each publisher on its own, so that one failure is a warning and nothing else.
import type { LedgerNote } from '../model/ledger.ts'
import type { Result } from '../model/result.ts'
import { escapeTerminal } from '../reporting/escape/terminal.ts'
import type { Ports } from './ports.ts'

export async function publish(result: Result, ledger: LedgerNote, ports: Ports): Promise<void> {
  for (const publisher of ports.publishers) {
    try {
      await publisher.publish(result, ledger)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      ports.log.warn(escapeTerminal(`${publisher.id} was not published: ${why}. The verdict stands: ${result.decision.verdict}.`))
    }
  }
}
