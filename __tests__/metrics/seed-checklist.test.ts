// The seed's own checklist: as given it is 0 % with every open item under its domain; filled in it is 100 %.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { checklistMd } from '../../src/evidence/formats/checklist/checklist-md.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { ChecklistItemRule } from '../../src/model/config.ts'
import { configOf, measured } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'
import { sourceOf } from '../support/source.ts'

const SEED = readFileSync('__tests__/support/production-readiness.md', 'utf8')
const DOMAINS = { functional: 12, performance: 12, security: 16, operational: 16, documentation: 16 }
const WORD = '(by @ada, 2026-11-01, evidence: https://wiki.test/ready, until 2027-05-01)'

function judged(text: string, items: ChecklistItemRule[] = []) {
  const { facts } = checklistMd.read(sourceOf(text, 'READY.md'), DEFAULT_LIMITS)
  const config = configOf({ family: 'readiness', level: 'system', checklists: ['ready'] }, (it) => {
    it.checklists = [{ id: 'ready', source: 'READY.md', items }]
  })
  return measured(config, [admitted('READY.md', null, facts)])
}
/** Ticks every box that is not done only by the certificate itself. */
const filled = (text: string): string =>
  text.replace(/^- \[ \] (?!Certification issued|Production deployment authorized)(.*)$/gm, `- [x] $1 ${WORD}`)

describe('the seed’s checklist as given', () => {
  const found = judged(SEED)

  it('is 0 % of its 72 items and those of its lists before the certificate', () => {
    expect(found).toMatchObject({ state: 'known', value: 0, ratio: { good: 0, total: 72 + 8 + 6, what: 'items' } })
    expect(found.formula).toBe('0 / 86 items = 0 %; progress 0 / 9')
  })

  it('tells the five domains, then the lists, each with its own percentage', () => {
    expect(found.parts.filter((part) => part.group !== undefined).map((part) => [part.group, part.name, part.detail])).toEqual([
      ...Object.entries(DOMAINS).map(([id, total]) => ['domain', id, `0 of ${total} items, 0 %`]),
      ['list', 'Pre-Certification Requirements', '0 of 8 items, 0 %'],
      ['list', 'Certification Process', '0 of 6 items, 0 %; progress 0 of 2'],
      ['list', 'Post-Certification Requirements', '0 of 7 items, 0 %, holds nothing back'],
    ])
  })

  it('lists every open item under its domain', () => {
    for (const [id, total] of Object.entries(DOMAINS))
      expect([id, found.parts.filter((part) => part.of === id && part.state === 'short').length]).toEqual([id, total])
    expect(found.parts.filter((part) => part.group === undefined)).toHaveLength(72 + 8 + 8 + 7)
    expect(found.parts.every((part) => part.group !== undefined || part.of !== undefined)).toBe(true)
    // The same words in two domains are two items.
    const change = found.parts.filter((part) => part.name.includes('Change Management'))
    expect(change.map((part) => part.of)).toEqual(['operational', 'documentation'])
  })

  it('is read alike where its signs went through a wrong encoding', () => {
    const mangled = SEED.replaceAll('⚠️', '\u201a\u00f6\u2020\u00d4\u220f\u00e8').replaceAll('📋', '\u00fc\u00ec\u00e3')
    expect(judged(mangled).formula).toBe(found.formula)
    expect(judged(SEED.replace(/^(#+) /gm, '$1 \u00fc\u00ec\u00e3 ')).parts.map((part) => part.group)).toEqual(
      found.parts.map((part) => part.group),
    )
  })
})

describe('the seed’s checklist filled in', () => {
  it('is 100 %, whatever is done only once the certificate is there', () => {
    const text = filled(SEED.replace(/(### Post-Certification[\s\S]*)/, (post) => post.replaceAll('- [ ]', '- [-]')))
    expect(judged(text)).toMatchObject({ value: 100, reasons: [], ratio: { good: 86, total: 86 } })
    const all = judged(filled(SEED))
    expect(all).toMatchObject({ value: 100, formula: '86 / 86 items = 100 %; progress 7 / 9' })
    expect(all.parts.filter((part) => part.group === undefined).map((part) => [part.name, part.detail, part.kind])).toEqual([
      ['Certification issued', 'not ticked, holds nothing back', undefined],
      ['Production deployment authorized', 'not ticked, holds nothing back', undefined],
    ])
  })

  it('is short by each single item that is not', () => {
    const one = judged(filled(SEED).replace(/- \[x\] (\*\*FAQ\*\*)/, '- [ ] $1'))
    expect(one).toMatchObject({ ratio: { good: 85, total: 86 }, formula: '85 / 86 items = 98.83 %; progress 7 / 9' })
    expect(one.parts.filter((part) => part.state === 'short').map((part) => part.of ?? part.name)).toEqual([
      'documentation',
      'documentation',
    ])
  })
})

describe('what only tells how far things are', () => {
  const text = '### Phase 1: Foundation (progress)\n- [ ] Audit\n### Phase 2\n- [x] Scan\n'
  const rule = (change: Partial<ChecklistItemRule>): ChecklistItemRule => ({
    id: 'a',
    text: 'Scan',
    domain: null,
    check: null,
    blocking: true,
    weight: 1,
    origin: 'default',
    ...change,
  })
  it('is said on a heading, on an item, or by the policy, which has the last word', () => {
    const [plain, held] = [
      judged(`${text}- [ ] Certification issued\n`),
      judged(text, [rule({ text: 'Audit', progress: false })]),
    ]
    expect(plain).toMatchObject({ value: 0, formula: '0 / 1 item = 0 %; progress 0 / 2' })
    expect(held).toMatchObject({ formula: '0 / 2 items = 0 %' })
    expect(judged(text, [rule({ progress: true })])).toMatchObject({ state: 'no_evidence', value: null })
  })

  it('blocks nothing', () => {
    const done = filled('## Phase 1\n- [ ] Scan\n')
    expect(judged(`${done}- [ ] Go-live\n`, [rule({ text: 'Go-live', progress: true })]).value).toBe(100)
  })

  it('has its phases as parts of their own', () => {
    expect(
      judged(text)
        .parts.filter((part) => part.group !== undefined)
        .map((part) => [part.name, part.state]),
    ).toEqual([
      ['Phase 1: Foundation', 'warn'],
      ['Phase 2', 'short'],
    ])
  })
})
