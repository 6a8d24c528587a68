import { it } from '@jest/globals'
import { MemoryLedger, runOnce, recordAt, ready, CONFIG } from '../../support/ledger/recorded.ts'
import { k6, sarif,POLICY, lcov, junit } from '../../support/ready-repository.ts'
const big = (s: string) => s.replace(/:\s*(\d+(\.\d+)?)/g, ':1e999')
const W: Record<string, any> = {
  k6: ready({ 'reports/k6-summary.json': big(k6()) }),
  k6one: ready({ 'reports/k6-summary.json': k6().replace('"p(95)":180', '"p(95)":1e999') }),
  k6max: ready({ 'reports/k6-summary.json': k6().replace('"max":400', '"max":1e999').replace('5000', '1e999') }),
  sarif: ready({ 'reports/semgrep.sarif': sarif([{ rule: 'x', level: 'error', path: 'a', line: 3, message: 'm' }]).replace('"rules":[]', '"rules":[{"id":"x","properties":{"security-severity":"1e999"}}]').replace('"startLine":3','"startLine":1e999') }),
  junit: ready({ 'reports/component/junit.xml': junit([{suite:'a',name:'b'}]).replace(/time="0.01"/g,'time="1e999"').replace('<testsuite ','<testsuite time="Infinity" ') }),
  comps: { ...ready(), [CONFIG]: `version: 1
components:
  cart: { paths: [packages/cart], evidence: [{ path: packages/cart/lcov.info }] }
  constructor: { paths: [packages/pay], evidence: [{ path: packages/pay/lcov.info }] }
metrics:
  test_coverage: { coverage: { exclude: ["**/generated/**"] } }
`, 'packages/cart/lcov.info': lcov(96,100,'packages/cart/a.js')},
  lists: ready({ 'docs/list.md': '# Go\n\n- [x] one\n- [ ] two __proto__\n', 'docs/runbook.md': 'Call somebody.' }, `  production_readiness: { checklists: [pre_certification, operational] }
checklists:
  pre_certification: { source: docs/list.md }
  operational: { items: [{ text: "Covered", domain: operational, check: "test_coverage >= 90%" }, { text: "Runbook", domain: operational, check: "file:docs/runbook.md" }] }
`)
}
it.each(Object.keys(W))('%s', async (what) => {
  const store = new MemoryLedger()
  const { result, note, world } = await runOnce(W[what], store)
  console.log(what, note.state, JSON.stringify(note), result.decision.verdict, result.decision.reasons.map(r=>r.text).join(' | ').slice(0,300), JSON.stringify(result.notices.map(n=>n.message)).slice(0,500), world.logged.join('\n'),'\n', result.evidence.map(e=>`${e.path} ${e.admitted} ${e.summary} ${e.reasons.map(r=>r.code)}`).join('\n '), result.metrics.filter(m=>m.value!==null||m.id.includes('readi')).map(m=>m.formula+JSON.stringify(m.reasons)).join('\n'))
})
