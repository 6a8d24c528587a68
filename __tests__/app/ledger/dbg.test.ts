import { it } from '@jest/globals'
import { MemoryLedger, runOnce, recordAt } from '../../support/ledger/recorded.ts'
import { WORLDS } from '../../support/ledger/worlds.ts'
it.each(Object.keys(WORLDS))('%s', async (what) => {
  const { files, change } = WORLDS[what]!
  const store = new MemoryLedger()
  const { result, note } = await runOnce(files, store, change)
  console.log(what, note.state, result.decision.verdict, result.decision.reasons.map(r=>r.text).join(' | ').slice(0,300), JSON.stringify(result.notices.map(n=>n.message)).slice(0,500), '\n', result.evidence.map(e=>`${e.path} ${e.admitted} ${e.summary} ${e.reasons.map(r=>r.code)}`).join('\n '), '\n', result.levels.flatMap(l=>l.criteria).filter(c=>c.outcome!=='pass').slice(0,8).map(c=>c.id+' '+c.outcome+' '+c.reasons.map(r=>r.code)).join('\n '), note.state==='recorded' ? JSON.stringify(recordAt(store)).length+' '+JSON.stringify(recordAt(store).data.facts!.measured.map(m=>m.id))+JSON.stringify(Object.keys(recordAt(store).data.facts!.parts)):'')
})
