// The trusted half of a fork's run: what the run writes of certificates is its own word, and is not shown.
import { expect, it } from '@jest/globals'
import { evaluate } from '../../src/app/evaluate.ts'
import { draftOf, pendingText } from '../../src/app/ledger/pending.ts'
import type { Ports, Reported } from '../../src/app/ports.ts'
import { report } from '../../src/app/reported.ts'
import { historyOf } from '../../src/certificate/history.ts'
import { lastOf, lastText } from '../../src/certificate/last.ts'
import { REPORTED_SCHEMA } from '../../src/model/pending.ts'
import { issuedChain } from '../support/certificates.ts'
import { CONFIG, clockAt, MemoryLedger, ready, runMany } from '../support/ledger/recorded.ts'
import { COMMIT, invocation, ledgerOf, type World, world } from '../support/ports.ts'
import { POLICY } from '../support/ready-repository.ts'

const SUBJECT: Ports['subject'] = {
  ...world({}).subject,
  event: 'pull_request',
  ref: 'refs/pull/1/merge',
  pullRequest: 1,
  run: 10,
  attempt: 1,
}

function job(store: MemoryLedger, change: Partial<Ports> = {}): World {
  const ledger = ledgerOf(store, { mode: () => 'read', unverified: true })
  return world({ ...ready(), [CONFIG]: POLICY }, { inAction: true, clock: clockAt(1), subject: SUBJECT, ledger, ...change })
}

it('a certificate that the fork made up is shown by the fork alone', async () => {
  const [own, forged] = [new MemoryLedger(), new MemoryLedger()]
  for (const store of [own, forged]) await runMany(store, [ready()])
  const made = lastOf(historyOf(issuedChain({ commit: COMMIT })), 'certify', 'refs/heads/main')!
  forged.files.set('certificates/main.json', Buffer.from(lastText({ ...made, seq: 1 })))

  const fork = job(forged)
  const { result, recorded } = await evaluate(invocation(), fork)
  expect(result.certificate).toMatchObject({ state: 'active', covers: true })
  const text = pendingText([draftOf('evaluation', recorded.data, fork)], recorded.objects, 0, REPORTED_SCHEMA)
  const reported: Reported = { from: 'mallory/shop', silent: null, file: async () => Buffer.from(text) }
  const ended = await report(invocation(), reported, job(own))
  expect(ended.result?.decision.reasons.map((one) => one.code)).toEqual(['reported_not_verified'])
  expect(ended.result?.certificate).toBeNull()
  expect(ended.output).not.toMatch(/certificate/i)
})
