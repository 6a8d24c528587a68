// The ledger as the door asks for it: there, not there, out of reach, or not asked at all. Each of them is another answer.
import { type AskedLedger, ledgerRead } from '../../certificate/door.ts'
import type { LedgerConfig } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Invocation } from '../invocation.ts'
import type { Ports } from '../ports.ts'
import { type Chain, chainOf } from './chain.ts'

export interface LedgerAsked {
  ledger: AskedLedger
  /** null: there is nothing to look into. */
  chain: Chain | null
}

/** Never throws for a ledger that cannot be read: the door says what that means. */
export async function askLedger(settings: LedgerConfig, { ledger: named }: Invocation, ports: Ports): Promise<LedgerAsked> {
  if (named === 'off') return { ledger: { state: 'offline' }, chain: null }
  try {
    const chain = await chainOf(settings, ports)
    return { ledger: ledgerRead(chain.verification, chain.records), chain }
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    const state: AskedLedger = error.code === 'no_ledger' ? { state: 'none' } : { state: 'unreadable', message: error.message }
    return { ledger: state, chain: null }
  }
}
