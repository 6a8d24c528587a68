// A process that recertifies the ledger in a folder: `recertifier.js DIR NUMBERS NAME`. It says `read` once it has read it, waits for a line
// before it first writes, and then says how much it did.
import { createInterface } from 'node:readline'
import { FolderLedger } from '../../../src/adapters/store/folder.ts'
import type { LedgerStore } from '../../../src/app/ports.ts'
import { actions, Recertifying } from '../recertifying.ts'

const [folder = '', numbers = '{}', name = ''] = process.argv.slice(2)

class Waiting implements LedgerStore {
  readonly place: string
  private waits = true

  constructor(private readonly store: LedgerStore) {
    this.place = store.place
  }

  tip = () => this.store.tip()
  read = (version: string, paths: readonly string[]) => this.store.read(version, paths)
  all = (version: string) => this.store.all(version)

  async swap(...given: Parameters<LedgerStore['swap']>) {
    if (this.waits) {
      this.waits = false
      console.log('read')
      await new Promise((heard) => createInterface({ input: process.stdin }).once('line', heard))
    }
    return this.store.swap(...given)
  }
}

// The repository, its people and the day; of the ledger only the one in the folder counts.
const one = await Recertifying.many(JSON.parse(numbers) as Parameters<typeof Recertifying.many>[0])
one.seed = name
one.movedTo(new Waiting(new FolderLedger(folder, folder)), () => new Map())
const ledger = one.world().ledger
console.log(actions(await one.looked({}, { ledger: { ...ledger, append: { ...ledger.append, random: Math.random } } })).length)
process.exit(0)
