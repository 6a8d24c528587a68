// What becomes of a run's record: in the ledger, left for the job that may write, or said not to be; never a change of the verdict.
import { describe, expect, it } from '@jest/globals'
import { DEADLINE_MS } from '../../../src/app/ledger/append.ts'
import { openPending, PENDING_FILE, pendingDigest } from '../../../src/app/ledger/pending.ts'
import type { Ledger } from '../../../src/app/ports.ts'
import { run } from '../../../src/app/run.ts'
import { verifyLedger } from '../../../src/certificate/ledger/verify.ts'
import type { LedgerNote } from '../../../src/model/ledger.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { clockAt, lastSeq, MemoryLedger, ready, recordAt, runMany, runOnce } from '../../support/ledger/recorded.ts'
import { invocation, ledgerOf, type World, world } from '../../support/ports.ts'

const LEFT = `certify-report/${PENDING_FILE}`
const IN_ACTION = { inAction: true, subject: { ...world({}).subject, event: 'push' as const, run: 9, attempt: 1 } }

function leaving(store: MemoryLedger, change: Partial<Ledger> = {}) {
  return { ...IN_ACTION, ledger: ledgerOf(store, { mode: () => 'leave', actor: 'alice', ...change }) }
}

/** The clock of the deadline goes on by so much with every look at it. */
function ticking(ms: number): Ledger['append'] {
  let now = 0
  return { sleep: async () => {}, random: () => 1, elapsed: () => (now += ms) }
}

function left({ files }: World, note: LedgerNote) {
  const text = files.written.get(LEFT)!
  return openPending(new TextEncoder().encode(text), LEFT, note.state === 'left' ? note.digest : 'none')
}

describe('where the run may add to the ledger', () => {
  it('its record is there before anything is announced, and is named', async () => {
    const store = new MemoryLedger()
    const seen: [number, LedgerNote][] = []
    const publisher = { id: 'p', publish: async (_: unknown, note: LedgerNote) => void seen.push([lastSeq(store), note]) }
    const w = world(ready(), { clock: clockAt(), ledger: ledgerOf(store), publishers: [publisher] })
    const ended = await run(invocation(), w)
    expect(seen).toEqual([[1, { state: 'recorded', place: 'memory', seq: 1, hash: recordAt(store).hash }]])
    expect(ended.output).toContain(recordAt(store).hash.slice(0, 12))
  })

  it('a run of the branch itself leaves its badge, a pull request’s leaves none', async () => {
    const store = new MemoryLedger()
    const badges = () => [...store.files.keys()].filter((path) => path.startsWith('badges/'))
    await runOnce(ready(), store, {
      subject: { ...world({}).subject, event: 'pull_request', pullRequest: 7, run: 3, attempt: 1 },
    })
    expect(badges()).toEqual([])
    await runOnce(ready(), store, IN_ACTION)
    expect(badges()).toEqual([
      ...['badges/main.json', 'badges/main.svg'],
      ...['badges/main_certificate.json', 'badges/main_certificate.svg'],
    ])
    expect(String(store.files.get('badges/main.json'))).toMatch(/"message":"level \d"/)
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 2 })
  })

  it('says who started the run, which it was, and what it was about', async () => {
    const store = new MemoryLedger()
    await runOnce(ready(), store, { ...IN_ACTION, ledger: ledgerOf(store, { actor: 'alice' }) })
    expect(recordAt(store).header).toMatchObject({
      actor: 'alice',
      run: { id: 9, attempt: 1 },
      repo: 'acme/shop',
      sha: 'a'.repeat(40),
    })
  })

  it('also a run that could not be judged is recorded, as one in which nothing passed', async () => {
    const store = new MemoryLedger()
    const change = { ...world({}).change, state: () => Promise.reject(new CertifyError('api', 'GitHub did not answer')) }
    const { result, note } = await runOnce(ready(), store, { change })
    expect([result.decision.verdict, note.state]).toEqual(['error', 'recorded'])
    expect(recordAt(store).data).toMatchObject({
      facts: null,
      policy: null,
      outcome: { verdict: 'error', level: 0, criteria: {} },
    })
    expect(verifyLedger(store.files)).toMatchObject({ ok: true, records: 1 })
  })

  it('one that could not be judged does not hide what was before it', async () => {
    const store = new MemoryLedger()
    await runMany(store, [ready(), ready()])
    const change = { ...world({}).change, state: () => Promise.reject(new CertifyError('api', 'GitHub did not answer')) }
    await runOnce(ready(), store, { change })
    const { result } = await runOnce(ready(), store)
    expect(result.history).toMatchObject({ state: 'known', runs: 3, baseline: { records: [{ seq: 2 }] } })
    expect(recordAt(store).data.earlier).toEqual([3, 2, 1])
  })
})

describe('where nothing may be recorded', () => {
  it.each<[string, Parameters<typeof runOnce>[2], string]>([
    ['a clock that was set by hand', { clock: { kind: 'fixed', now: () => new Date('2026-11-22T12:00:00Z') } }, ''],
    ['a policy without a ledger', {}, 'ledger: false\n'],
  ])('%s: the verdict is the same, and nothing is written', async (_, change, policy) => {
    const store = new MemoryLedger()
    const { result, note, world: w } = await runOnce(ready({}, policy), store, change)
    expect([result.decision.verdict, note]).toEqual(['passed', { state: 'off' }])
    expect([store.files.size, w.files.written.size]).toEqual([0, 0])
  })

  it('a run that may only read, or has no ledger', async () => {
    const store = new MemoryLedger()
    for (const ledger of [ledgerOf(store, { mode: () => 'read' }), ledgerOf(null)]) {
      expect((await runOnce(ready(), store, { ledger })).note).toEqual({ state: 'off' })
    }
    expect(store.files.size).toBe(0)
  })
})

describe('where another job writes', () => {
  it('the record is left as a file, by whose digest it is known again', async () => {
    const store = new MemoryLedger()
    await runMany(store, [ready()])
    const { note, world: w } = await runOnce(ready(), store, leaving(store))
    expect(note).toEqual({ state: 'left', place: 'memory', path: LEFT, digest: pendingDigest(w.files.written.get(LEFT)!) })
    const pending = left(w, note)
    expect(pending).toMatchObject({ since: 1, drafts: [{ type: 'evaluation', actor: 'alice', run: { id: 9, attempt: 1 } }] })
    expect(Object.keys(pending.objects)).toHaveLength(1)
    expect(lastSeq(store)).toBe(1)
  })

  it('one that could not be judged, too, without sending the writer through the whole ledger', async () => {
    const store = new MemoryLedger()
    await runMany(store, [ready(), ready()])
    const change = { ...world({}).change, state: () => Promise.reject(new CertifyError('api', 'GitHub did not answer')) }
    const { note, world: w } = await runOnce(ready(), store, { ...leaving(store), change })
    expect(left(w, note)).toMatchObject({ since: 2, objects: {} })
    store.readable = false
    const blind = await runOnce(ready(), store, { ...leaving(store), change })
    expect(left(blind.world, blind.note).since).toBe(0)
  })

  it('one that found the ledger unreadable has its writer look through all of it', async () => {
    const store = new MemoryLedger()
    await runMany(store, [ready(), ready()])
    store.readable = false
    const { note, world: w, result } = await runOnce(ready(), store, leaving(store))
    expect(result.decision.verdict).toBe('passed')
    expect(left(w, note).since).toBe(0)
  })

  it('text that JSON cannot carry is mended, so that the file can be read', async () => {
    const store = new MemoryLedger()
    const half = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x\ud800' } }, results: [] }] })
    const { note, world: w } = await runOnce(ready({ 'reports/semgrep.sarif': half }), store, leaving(store))
    expect(JSON.stringify(left(w, note))).toContain('x\ufffd')
  })
})

describe('where writing does not work out', () => {
  it('in time: the Action leaves the record for a later job', async () => {
    const store = new MemoryLedger()
    store.next.push(...Array<'lost'>(500).fill('lost'))
    const ledger = ledgerOf(store, { append: ticking(DEADLINE_MS / 20) })
    const { result, note, world: w } = await runOnce(ready(), store, { ...IN_ACTION, ledger })
    expect(result.decision.verdict).toBe('passed')
    expect(note).toMatchObject({ state: 'left' })
    expect(left(w, note).drafts).toHaveLength(1)
    expect(w.logged.join()).toMatch(/not in the ledger yet/)
    expect(store.swaps).toBeLessThan(25)
  })

  it('in time: a laptop says that it is not recorded, and why', async () => {
    const store = new MemoryLedger()
    store.next.push(...Array<'lost'>(500).fill('lost'))
    const { result, note } = await runOnce(ready(), store, { ledger: ledgerOf(store, { append: ticking(DEADLINE_MS / 20) }) })
    expect(result.decision.verdict).toBe('passed')
    expect(note).toMatchObject({
      state: 'failed',
      place: 'memory',
      message: expect.stringMatching(/could not be written within 600 s/),
    })
  })

  it('at all: the verdict and the exit stand, and the terminal says what to do', async () => {
    const store = new MemoryLedger()
    store.swap = () => Promise.reject(new CertifyError('ledger_unwritable', 'memory is full', { hint: 'make room' }))
    const ended = await run(invocation(), world(ready(), { clock: clockAt(), ledger: ledgerOf(store) }))
    expect(ended).toMatchObject({ exit: 0, result: { decision: { verdict: 'passed' } } })
    expect(ended.output).toMatch(/Not recorded[\s\S]*memory is full[\s\S]*make room/)
  })
})

describe('the file that is left', () => {
  const pendingOf = async () => {
    const store = new MemoryLedger()
    const { world: w } = await runOnce(ready(), store, leaving(store))
    return w.files.written.get(LEFT)!
  }
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('is refused where one byte of it is another', async () => {
    const text = await pendingOf()
    const altered = text.replace('"verdict":"passed"', '"verdict":"failed"')
    expect(altered).not.toBe(text)
    expect(() => openPending(bytes(altered), LEFT, pendingDigest(text))).toThrow(/is not what was left/)
  })

  it.each<[string, (text: string) => string]>([
    ['spaces', (text) => `${text}\n`],
    ['nothing', () => ''],
    ['no JSON', () => '{'],
    ['a list', () => '[]'],
    ['null', () => 'null'],
    ['another schema', (text) => text.replace('certify/pending/v1', 'certify/pending/v2')],
    ['a policy that is not what its name says', (text) => text.replace('\\"version\\":1', '\\"version\\":2')],
    ['a path out of the ledger', (text) => text.replace(/"objects\/[0-9a-f]{64}\.json"/, '"../../x"')],
    ['a record without a type', (text) => text.replace('"type":"evaluation"}', '"type":"whatever"}')],
    ['a record without an id', (text) => text.replace(/"id":"[0-9a-f]{32}"/, '"id":"1"')],
    ['no number of the last record', (text) => text.replace(/"since":\d+/, '"since":-1')],
  ])('that holds %s is no such file', async (_, change) => {
    const text = await pendingOf()
    const altered = change(text)
    expect(altered).not.toBe(text)
    expect(() => openPending(bytes(altered), LEFT, null)).toThrow(CertifyError)
    expect(() => openPending(bytes(altered), LEFT, pendingDigest(altered))).toThrow(
      expect.objectContaining({ code: 'pending_invalid' }),
    )
  })
})
