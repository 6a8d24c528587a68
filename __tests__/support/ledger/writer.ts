// A process that appends to a ledger: `writer.js NAME COUNT LOSE folder DIR | branch API_URL`. Prints how it went as one line of JSON.
import { createClient } from '../../../src/adapters/github/client.ts'
import { FolderLedger } from '../../../src/adapters/store/folder.ts'
import { append } from '../../../src/app/ledger/append.ts'
import type { LedgerStore } from '../../../src/app/ports.ts'
import { draft } from './drafts.ts'
import { branchLedger } from './places.ts'

const [name = '', count = '5', lose = '0', kind = '', where = ''] = process.argv.slice(2)

/** A part of the answers is not heard, after the write was done. */
class HardOfHearing implements LedgerStore {
  lost = 0
  readonly place: string

  constructor(private readonly store: LedgerStore) {
    this.place = store.place
  }

  tip = () => this.store.tip()
  read = (version: string, paths: readonly string[]) => this.store.read(version, paths)
  all = (version: string) => this.store.all(version)

  async swap(...given: Parameters<LedgerStore['swap']>) {
    const outcome = await this.store.swap(...given)
    if (outcome !== 'written' || Math.random() >= Number(lose)) return outcome
    this.lost += 1
    return 'uncertain' as const
  }
}

async function open(): Promise<LedgerStore> {
  if (kind === 'folder') return new FolderLedger(where, where)
  const env = { GITHUB_API_URL: where }
  return branchLedger(await createClient({ token: 'ghs_standin', env, log: { progress: () => {} }, pauseMs: 10 }))
}

const store = new HardOfHearing(await open())
const tries: number[] = []
for (let at = 0; at < Number(count); at++) {
  const appended = await append(store, [draft(`${name}.${at}`)], {
    clock: { now: () => new Date() },
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    // A quarter of the pauses: more of them meet, and the test takes less long.
    random: () => Math.random() / 4,
    elapsed: () => performance.now(),
  })
  tries.push(appended.tries)
}
console.log(JSON.stringify({ tries, lost: store.lost }))
process.exit(0)
