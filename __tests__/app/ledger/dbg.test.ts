import { it } from '@jest/globals'
import { MemoryLedger, runOnce, recordAt, policyOf } from '../../support/ledger/recorded.ts'
import { replayRecord } from '../../../src/app/ledger/replay-record.ts'
import { VERSION } from '../../../src/app/version.ts'
import { WORLDS } from '../../support/ledger/worlds.ts'
it.each(['the ready repository','failing tests', 'findings and suppressions','refused files','components of a monorepo','checklists and deliverables'])('%s', async (what) => {
  const { files, change } = WORLDS[what]!
  const store = new MemoryLedger()
  await runOnce(files, store, change)
  const { data } = recordAt(store)
  const policy = policyOf(store, data)
  const miss: string[] = []
  let n = 0
  const t0 = Date.now()
  const visit = (o: any, at: string) => { for (const k of Object.keys(o)) { const v = o[k]; if (typeof v === 'number') { o[k] = v + 1; n++; try { const r = replayRecord(data, policy, VERSION)!; if (r.same) miss.push(at+'.'+k) } catch (e) { miss.push(at+'.'+k+' THROWS '+(e as Error).message) } o[k] = v } else if (v && typeof v === 'object') visit(v, at+'.'+k) } }
  visit(data.facts, 'facts'); visit(data.outcome, 'outcome'); visit(policy, 'policy')
  console.log(what, n, Date.now()-t0, 'ms', miss.join('\n'))
})
