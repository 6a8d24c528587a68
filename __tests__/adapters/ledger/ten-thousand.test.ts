// A ledger of ten thousand records: appending costs what it costs at ten, and a clone of it is read and verified whole.
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from '@jest/globals'
import { GitLedger } from '../../../src/adapters/store/git-ref.ts'
import { append } from '../../../src/app/ledger/append.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import { draft, tools } from '../../support/ledger/drafts.ts'
import { longLedger, packedRepository, packSize } from '../../support/ledger/long.ts'
import { BRANCH, branchPlace } from '../../support/ledger/places.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
/** As much as in a record of an evaluation, a tenth of its size: digests that differ, words that do not. */
const dataOf = (seq: number) => ({
  verdict: 'passed',
  evidence: ['unit', 'lint', 'load', 'docs'].map((name) => ({ path: `reports/${name}.json`, sha256: hash(`${name} ${seq}`) })),
  criteria: Array.from({ length: 20 }, (_, at) => ({ id: `l1.criterion_${at}`, outcome: 'pass', value: (seq * (at + 7)) % 97 })),
})

async function costAt(count: number): Promise<{ requests: number; bytes: number; writes: number }> {
  const place = await branchPlace()
  const { github } = place
  github.state.git.push(BRANCH, Object.fromEntries(longLedger(count, dataOf).files))
  const store = await place.open()
  await append(store, [draft('one', dataOf(1))], tools())
  const before = github.requests.length
  await append(store, [draft('two', dataOf(2))], tools())
  const asked = github.requests.slice(before)
  expect(JSON.parse(String(Buffer.from(place.files().get('head.json')!)))).toMatchObject({ seq: count + 2 })
  await place.stop()
  return {
    requests: asked.length,
    bytes: asked.reduce((sum, { bytes }) => sum + bytes, 0),
    writes: asked.filter(({ method, path }) => method !== 'GET' && path !== '/graphql').length,
  }
}

it('appending costs the same at ten records and at ten thousand', async () => {
  const few = await costAt(10)
  const many = await costAt(10_000)
  console.info(`at 10 records: ${JSON.stringify(few)}; at 10,000: ${JSON.stringify(many)}`)
  expect(few.requests).toBeLessThanOrEqual(8)
  expect(many.requests).toBe(few.requests)
  // A number of five digits is longer than one of two; folders beside the record's are named by the tree that comes back.
  expect(many.bytes - few.bytes).toBeLessThan(500)
}, 240_000)

it('a clone of ten thousand is read and verified whole', async () => {
  const long = longLedger(10_000, dataOf)
  const root = packedRepository(long, BRANCH)
  const started = performance.now()
  const store = new GitLedger(root, BRANCH)
  const files = await store.all((await store.tip()).version)
  const read = performance.now()
  expect(verifyLedger(files)).toMatchObject({ ok: true, records: 10_000, notices: [] })
  const bytes = [...files.values()].reduce((sum, one) => sum + one.length, 0)
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
  console.info(
    `10,000 records, ${Math.round(bytes / 2 ** 20)} MiB: read in ${seconds(read - started)}, verified in ${seconds(performance.now() - read)}; packed with all its commits ${Math.round(packSize(root) / 2 ** 20)} MiB`,
  )
  rmSync(dirname(root), { recursive: true, force: true })
}, 240_000)
