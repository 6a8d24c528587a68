// Checklists in a whole run: evidence of a tick is looked for, issues are asked for once, and a record gives the same bytes again.
import { describe, expect, it } from '@jest/globals'
import { explain } from '../../src/app/explain.ts'
import type { Issues } from '../../src/app/issues-port.ts'
import { run } from '../../src/app/run.ts'
import { MemoryLedger, recordAt, replayed, runOnce } from '../support/ledger/recorded.ts'
import { invocation, world } from '../support/ports.ts'

const CONFIG = '.github/certification.yml'
const WORD = '(by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01)'
const policy = (items: string, more = '') =>
  `version: 1\nmetrics: { production_readiness: { checklists: [ready] } }\nchecklists: { ready: { source: READY.md, items: [${items}] } }\n${more}`
const LIST = `# Ready\n## 3. Security Compliance\n- [x] Limits ${WORD}\n- [x] Keys\n## Phase 1 (progress)\n- [ ] Audit\n`

async function readiness(files: Record<string, string>, change: Parameters<typeof world>[1] = {}) {
  const { result } = await run(invocation(), world(files, change))
  return result!.metrics.find((one) => one.id === 'production_readiness')!
}

describe('evidence of a tick', () => {
  it('is looked for in the repository', async () => {
    const files = { [CONFIG]: policy(''), 'READY.md': LIST }
    expect((await readiness({ ...files, 'docs/limits.md': 'many' })).formula).toBe('1 / 2 items = 50 %; progress 0 / 1')
    expect((await readiness({ ...files, 'docs/limits.md': '' })).formula).toBe('0 / 2 items = 0 %; progress 0 / 1')
    expect((await readiness(files)).formula).toBe('0 / 2 items = 0 %; progress 0 / 1')
  })

  it('is looked for where the policy attests an item, and where a file is the item', async () => {
    const attested = 'attested: { by: ada, on: 2026-11-01, evidence: docs/limits.md, expires: 2027-05-01 }'
    const files = {
      [CONFIG]: policy(`{ text: Drill, ${attested} }, { text: Guide, check: "file:docs/guide.md" }`),
      'READY.md': '- [x] Guide\n',
    }
    expect((await readiness(files)).formula).toBe('0 / 2 items = 0 %')
    expect((await readiness({ ...files, 'docs/limits.md': 'many', 'docs/guide.md': 'how' })).formula).toBe('2 / 2 items = 100 %')
  })
})

describe('explain', () => {
  it('tells each domain and list with its share, and every open item below it', async () => {
    const made = world({ [CONFIG]: policy(''), 'READY.md': LIST, 'docs/limits.md': 'many' })
    const { output } = await explain(invocation({ command: 'explain', operands: ['production_readiness'] }), made)
    expect(output).toMatch(/security: 1 of 2 items, 50 %\n.*Keys: nobody vouches for it \(READY\.md:4\)/)
    expect(output).toMatch(/Phase 1: 0 of 1 item, 0 %, holds nothing back\n.*Audit: not ticked, holds nothing back/)
  })

  it('leaves none out, however many there are', async () => {
    const many = Array.from({ length: 120 }, (_, at) => `- [ ] item ${at} of many`).join('\n')
    const made = world({ [CONFIG]: policy(''), 'READY.md': `## Security Compliance\n${many}\n` })
    const { output } = await explain(invocation({ command: 'explain', operands: ['production_readiness'] }), made)
    for (let at = 0; at < 120; at++) expect(output).toContain(`item ${at} of many: not ticked`)
  })
})

describe('issues', () => {
  const items = '{ text: Work, check: "issues.closed: 12, 15" }, { text: Parts, check: "sub_issues.closed: 7" }'
  const files = { [CONFIG]: policy(items), 'READY.md': '- [x] Work\n- [x] Parts\n' }
  const github =
    (asked: string[] = []): (() => Promise<Issues>) =>
    async () => ({
      issue: async (number) => {
        asked.push(`#${number}`)
        return { state: 'closed' }
      },
      subIssues: async (number) => {
        asked.push(`subs of #${number}`)
        return { state: 'listed', open: [], total: 2 }
      },
    })

  it('are asked for once each, where a check asks for them', async () => {
    const asked: string[] = []
    expect((await readiness(files, { issues: github(asked) })).formula).toBe('2 / 2 items = 100 %')
    expect(asked).toEqual(['#12', '#15', 'subs of #7'])
    const none: string[] = []
    await readiness({ [CONFIG]: policy(''), 'READY.md': LIST }, { issues: github(none) })
    expect(none).toEqual([])
  })

  it('on a laptop are not known, whatever is ticked, and that is said', async () => {
    const found = await readiness(files)
    expect(found.formula).toBe('0 / 2 items = 0 %')
    expect(found.parts.map((part) => [part.state, part.detail])).toEqual([
      ['unknown', 'there is no GitHub to ask for issues, blocking'],
      ['unknown', 'there is no GitHub to ask for issues, blocking'],
    ])
  })

  it('more than are asked for in one run: none is', async () => {
    const many = Array.from({ length: 3 }, (_, at) =>
      Array.from({ length: 40 }, (__, one) => 1000 * at + one + 1).join(', '),
    ).map((numbers, at) => `{ text: w${at}, check: "issues.closed: ${numbers}" }`)
    const asked: string[] = []
    const found = await readiness({ [CONFIG]: policy(many.join(', ')), 'READY.md': '- [x] w0\n' }, { issues: github(asked) })
    expect([found.value, asked]).toEqual([0, []])
  })

  it('are recorded: replayed to the same bytes without asking anybody', async () => {
    const store = new MemoryLedger()
    await runOnce(files, store, { issues: github() })
    const { data } = recordAt(store, 1)
    expect(data.facts!.issues).toEqual({
      issues: { 12: { state: 'closed' }, 15: { state: 'closed' } },
      subIssues: { 7: { state: 'listed', open: [], total: 2 } },
    })
    expect(data.outcome.formulas.production_readiness).toBe('2 / 2 items = 100 %')
    expect(replayed(store)).toMatchObject({ same: true })
  })

  it('at a gate: open fails, no answer is no evidence, nobody to ask waits', async () => {
    const gate = 'certification_gates: { gate_1: { entry_criteria: [{ text: Work, check: "issues.closed: 12" }] } }\n'
    const outcome = async (change: Parameters<typeof world>[1]) => {
      const { result } = await run(invocation(), world({ [CONFIG]: `version: 1\n${gate}`, 'README.md': 'x' }, change))
      const item = result!.gates[0]!.entry.find((one) => one.text === 'Work')!
      return [item.outcome, item.reasons.map((one) => one.code)]
    }
    const answering = (answer: Awaited<ReturnType<Issues['issue']>>) => ({
      issues: async () => ({ ...(await github()()), issue: async () => answer }),
    })
    expect(await outcome(answering({ state: 'closed' }))).toEqual(['pass', []])
    expect(await outcome(answering({ state: 'open' }))).toEqual(['fail', ['issues_open']])
    expect(await outcome(answering({ state: 'unknown', why: 'gone', asked: true }))).toEqual(['no_evidence', ['issues_unknown']])
    expect(await outcome({})).toEqual(['pending', ['needs_github']])
  })
})
