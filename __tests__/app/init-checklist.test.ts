// `certify init checklist`: the seed's list, with what certify can judge bound to its checks, and the part of the config that names it.
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { checklistMd } from '../../src/evidence/formats/checklist/checklist-md.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { CHECKLIST_PART, CHECKLIST_PART_TEXT } from '../../src/maintenance/init/checklist-config.ts'
import { CHECKLIST, CHECKLIST_PATH } from '../../src/maintenance/init/checklist-text.ts'
import { wordsOf } from '../../src/metrics/checklist-groups.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { k6, POLICY, readyFiles } from '../support/ready-repository.ts'
import { resolved } from '../support/resolving.ts'
import { sourceOf } from '../support/source.ts'

const CONFIG = '.github/certification.yml'
const init = (w: World, change: Parameters<typeof invocation>[0] = {}) =>
  run(invocation({ command: 'init', operands: ['checklist'], ...change }), w)
const items = checklistMd.read(sourceOf(CHECKLIST, 'a.md'), DEFAULT_LIMITS).facts.items

it.each([
  ['templates/production-readiness.md', CHECKLIST],
  ['templates/production-readiness.yml', CHECKLIST_PART_TEXT],
])('%s is what init writes', (path, text) => {
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, text)
  expect(readFileSync(path, 'utf8')).toBe(text)
})

describe('the list', () => {
  it('has the seed’s 72 items in their domains, its three lists and four phases', async () => {
    const { result } = await run(
      invocation(),
      world({ [CONFIG]: `version: 1\n${CHECKLIST_PART_TEXT}`, [CHECKLIST_PATH]: CHECKLIST }),
    )
    const found = result!.metrics.find((one) => one.id === 'production_readiness')!
    expect(found).toMatchObject({ state: 'known', value: 0 })
    expect(found.formula).toBe('0 / 85 items = 0 %; progress 0 / 26')
    expect(found.parts.filter((part) => part.group !== undefined).map(({ name, ratio }) => [name, ratio!.total])).toEqual([
      ['functional', 12],
      ['performance', 12],
      ['security', 16],
      ['operational', 16],
      ['documentation', 16],
      ['Pre-Certification Requirements', 8],
      ['Certification Process', 5],
      ['Post-Certification Requirements', 7],
      ['Phase 1: Foundation Validation', 4],
      ['Phase 2: Security & Performance', 4],
      ['Phase 3: Production Preparation', 4],
      ['Phase 4: Final Certification', 4],
    ])
    expect(found.parts.filter((part) => part.kind === 'item')).toHaveLength(85)
  })

  it('marks exactly those items as measured that the part binds to a check', () => {
    const { config } = resolved(`version: 1\n${CHECKLIST_PART_TEXT}`)
    const bound = config!.checklists[0]!.items.map((item) => wordsOf(item.text))
    const marked = CHECKLIST.split('\n')
      .filter((line) => line.startsWith('- [') && line.includes('<!-- measured -->'))
      .map((line) => wordsOf(line.replace('<!-- measured -->', '').slice('- [ ] '.length)))
    expect(bound.length).toBeGreaterThan(8)
    expect([...bound].sort()).toEqual([...marked].sort())
    expect(bound.filter((words) => items.filter((item) => wordsOf(item.text) === words).length !== 1)).toEqual([])
  })

  it('shows the notation that it asks for, and holds no tick', () => {
    const example = /```\n(- \[x\].*)\n```/.exec(CHECKLIST)![1]!
    expect(checklistMd.read(sourceOf(`${example}\n`, 'a.md'), DEFAULT_LIMITS).facts.items[0]).toMatchObject({
      vouched: { by: '@ada', on: '2026-11-01', evidence: 'docs/limits.md', expires: '2027-05-01' },
    })
    expect(items.filter((item) => item.checked)).toEqual([])
  })
})

describe('filled in', () => {
  const WORD = '(by @ada, 2026-11-01, evidence: docs/proof.md, until 2027-05-01)'
  const filled = CHECKLIST.replace(/^(- \[) (\] (?!.*measured).*)$/gm, `$1x$2\n  ${WORD}`)
  const service = `  service_performance:
    evidence: [{ path: reports/service/k6.json, level: service }]
    objectives: [{ sli: http_req_duration.p95, pass: "< 200ms" }]
`
  const levels = 'certification_levels: { level_3: { validation_criteria: { service_performance: 100 } } }\n'
  const files = (p95 = 181) => ({
    ...readyFiles(),
    [CONFIG]: `${POLICY}${service}${CHECKLIST_PART.metrics.join('\n')}\n${CHECKLIST_PART.rest.join('\n')}\n${levels}`,
    [CHECKLIST_PATH]: filled,
    'docs/proof.md': 'Seen.\n',
    'reports/service/k6.json': k6(p95),
  })
  const readiness = async (given: Record<string, string>) => {
    const { result } = await run(invocation(), world(given))
    return result!.metrics.find((one) => one.id === 'production_readiness')!
  }

  it('is 100 % where the measured items hold, without a tick at them', async () => {
    const found = await readiness(files())
    expect(found.parts.filter((part) => part.kind === 'item')).toEqual([])
    expect(found).toMatchObject({ state: 'known', value: 100, ratio: { good: 85, total: 85 } })
  })

  it('is less by what was measured and does not hold, and by a file that is not there', async () => {
    const slow = await readiness(files(210))
    expect(slow.parts.filter((part) => part.kind === 'item').map((part) => part.name)).toEqual([
      'API Response Time: < 200ms for 95th percentile',
      'Performance testing passed',
    ])
    expect(slow.value).toBeLessThan(99)
    const { 'docs/proof.md': _, ...without } = files()
    expect((await readiness(without)).ratio).toEqual({ good: 9, total: 85, what: 'items' })
  })
})

describe('init checklist', () => {
  it('writes the list and a config that names it where there is none', async () => {
    const w = world({ 'README.md': '# Shop\n' })
    const { exit } = await init(w)
    expect([exit, [...w.files.written.keys()]]).toEqual([0, [CONFIG, CHECKLIST_PATH]])
    const { config, problems } = resolved(w.files.written.get(CONFIG)!)
    expect(problems).toEqual([])
    expect(config!.checklists[0]).toMatchObject({ id: 'production_readiness', source: CHECKLIST_PATH })
    expect(config!.metrics.find((one) => one.id === 'production_readiness')!.checklists).toEqual(['production_readiness'])
    // As without the list, beside it.
    expect(config!.metrics.find((one) => one.id === 'documentation_completeness')!.documents).toHaveLength(1)
  })

  it('leaves a config alone and shows what to add to it', async () => {
    const w = world({ [CONFIG]: 'version: 1\n' })
    const { exit, output } = await init(w)
    expect([exit, [...w.files.written.keys()]]).toEqual([0, [CHECKLIST_PATH]])
    for (const line of CHECKLIST_PART_TEXT.trimEnd().split('\n')) expect(output).toContain(line)
    expect(resolved(`version: 1\n${CHECKLIST_PART_TEXT}`).problems).toEqual([])
    const told = JSON.parse((await init(world({ [CONFIG]: 'version: 1\n' }), { json: true })).output)
    expect(told).toMatchObject({ ok: true, written: [CHECKLIST_PATH], toAdd: { path: CONFIG, text: CHECKLIST_PART_TEXT } })
  })

  it('writes over nothing, and with --dry-run nothing at all', async () => {
    const there = world({ [CHECKLIST_PATH]: '- [x] mine\n' })
    expect((await init(there)).exit).toBe(1)
    expect(there.files.written.size).toBe(0)
    const dry = world({ [CONFIG]: 'version: 1\n' })
    const { exit, output } = await init(dry, { dryRun: true })
    expect([exit, dry.files.written.size]).toEqual([0, 0])
    expect(output).toContain(CHECKLIST)
    expect(output).toContain(CHECKLIST_PART_TEXT)
  })

  it('is written only when it is named', async () => {
    const w = world({ 'README.md': '# Shop\n' })
    await init(w, { operands: [] })
    expect([...w.files.written.keys()]).not.toContain(CHECKLIST_PATH)
  })
})
