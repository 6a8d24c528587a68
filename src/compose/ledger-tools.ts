// Time, chance and names for appending to a ledger, as the real world has them.
import { randomBytes } from 'node:crypto'
import type { Ledger } from '../app/ports.ts'

export const LEDGER_TOOLS: Pick<Ledger, 'newId' | 'append'> = {
  newId: () => randomBytes(16).toString('hex'),
  append: { sleep: (ms) => new Promise((done) => setTimeout(done, ms)), random: Math.random, elapsed: () => performance.now() },
}
