// A tick is somebody's word: who, when, on what evidence, until when. What lacks any of it is open, and says what.
import { describe, expect, it } from '@jest/globals'
import type { Check } from '../../src/model/check.ts'
import type { ChecklistConfig, ChecklistItemRule } from '../../src/model/config.ts'
import type { ChecklistItem, Vouched } from '../../src/model/evidence.ts'
import type { MatchedFiles } from '../../src/model/file-check.ts'
import { limit, metricConfig } from '../support/config.ts'
import { codes, configOf, coverageFacts, lines, measured } from '../support/facts.ts'
import { admitted } from '../support/judged.ts'

const VOUCHED: Vouched = { by: '@ada', on: '2026-11-01', evidence: 'docs/limits.md', expires: '2027-05-01' }
const FILES: MatchedFiles = {
  'docs/limits.md': [{ path: 'docs/limits.md', size: 10, ageSeconds: null, tracked: true }],
  'docs/empty.md': [{ path: 'docs/empty.md', size: 0, ageSeconds: null, tracked: true }],
  'docs/none.md': [],
}
/** Judged on 22 November 2026, 09:00 UTC. */
const written = (change: Partial<ChecklistItem> = {}): ChecklistItem => ({
  text: 'Limits',
  checked: true,
  section: null,
  line: 1,
  ...change,
})
const rule = (change: Partial<ChecklistItemRule> = {}): ChecklistItemRule => ({
  id: 'limits',
  text: 'Limits',
  domain: null,
  check: null,
  blocking: false,
  weight: 1,
  origin: 'certification.yml:7:5',
  ...change,
})

function judged(items: ChecklistItem[], list: Partial<ChecklistConfig> = {}, more: Parameters<typeof measured>[1] = []) {
  const config = configOf({ family: 'readiness', level: 'system', checklists: ['ready'] }, (it) => {
    it.checklists = [{ id: 'ready', source: items.length > 0 ? 'READY.md' : null, items: [], ...list }]
    it.metrics.push(metricConfig('cov', 'coverage', 'component'))
  })
  const lists = items.length > 0 ? [admitted('READY.md', null, { kind: 'checklist', items })] : []
  return measured(config, [...lists, ...more], { files: FILES })
}
const why = (value: ReturnType<typeof judged>): string[] => value.parts.map((part) => part.detail)

describe('a tick', () => {
  it('with all four is done', () => {
    expect(judged([written({ vouched: VOUCHED })])).toMatchObject({ state: 'known', value: 100, reasons: [], parts: [] })
    expect(judged([written({ vouched: { ...VOUCHED, by: 'ada' } })]).value).toBe(100)
  })

  it.each<[string, Partial<Vouched>, string]>([
    ['nobody', { by: null }, 'it does not say who vouches for it'],
    ['a placeholder', { by: '[Name, Title]' }, 'who vouches for it is no login'],
    ['a bot', { by: 'ci[bot]' }, 'who vouches for it is no login'],
    ['no date', { on: null }, 'it does not say when'],
    ['a day that is none', { on: '2026-02-30' }, 'when it was done is no day'],
    ['tomorrow', { on: '2026-11-23' }, 'it is from the future'],
    ['no evidence', { evidence: null }, 'it names no evidence'],
    ['evidence that is not there', { evidence: 'docs/none.md' }, 'its evidence is not there'],
    ['evidence nobody looked for', { evidence: 'constructor' }, 'its evidence is not there'],
    ['empty evidence', { evidence: 'docs/empty.md' }, 'its evidence is not there'],
    ['no expiry', { expires: null }, 'it does not say until when'],
    ['an expiry that is no day', { expires: 'soon' }, 'the day it ends is no day'],
    ['its last day over', { expires: '2026-11-22' }, 'it expired on 2026-11-22'],
    [
      'an address without TLS',
      { evidence: 'http://x.test/a' },
      'its evidence is neither a path of the repository nor an https address',
    ],
    ['a script', { evidence: 'javascript:alert(1)' }, 'its evidence is neither a path of the repository nor an https address'],
    ['a path outside', { evidence: '../../etc/passwd' }, 'its evidence is neither a path of the repository nor an https address'],
    ['any file at all', { evidence: 'docs/*' }, 'its evidence is neither a path of the repository nor an https address'],
  ])('of %s is open, and says so', (_, change, sentence) => {
    const found = judged([written({ vouched: { ...VOUCHED, ...change } }), written({ text: 'Other', vouched: VOUCHED })])
    expect(found).toMatchObject({ value: 50 })
    expect(why(found)).toEqual([sentence])
    expect(found.reasons).toEqual([
      { code: 'items_open', args: { open: 1, total: 2, items: ['Limits'] } },
      { code: 'items_unattested', args: { count: 1, items: [`Limits (${sentence})`] } },
    ])
  })

  it('holds on the day it was made and until the day it ends', () => {
    expect(judged([written({ vouched: { ...VOUCHED, on: '2026-11-22', expires: '2026-11-23' } })]).value).toBe(100)
  })

  it('takes an https address as it is, and a path with an anchor', () => {
    for (const evidence of ['https://wiki.test/limits', './docs/limits.md', 'docs/limits.md#staging'])
      expect(judged([written({ vouched: { ...VOUCHED, evidence } })]).value).toBe(100)
  })

  it('alone is open; that nobody ticked it comes first', () => {
    expect(why(judged([written()]))).toEqual(['nobody vouches for it'])
    const open = judged([written({ checked: false, vouched: VOUCHED })])
    expect([why(open), codes(open)]).toEqual([['not ticked'], ['items_open']])
  })

  it('alone is enough where the list says so', () => {
    expect(judged([written()], { attestation: false }).value).toBe(100)
  })

  it('says everything that is wrong with it', () => {
    expect(why(judged([written({ vouched: { by: null, on: null, evidence: null, expires: null } })]))).toEqual([
      'it does not say who vouches for it, it does not say when, it names no evidence, it does not say until when',
    ])
  })
})

describe('an item of the policy', () => {
  const attested = { by: 'ada', on: '2026-11-01', evidence: 'docs/limits.md', expires: '2027-05-01' }

  it('is done by the word that stands there, and rests on the policy', () => {
    const found = judged([], { items: [rule({ attested })] })
    expect(found).toMatchObject({ state: 'known', value: 100, basis: [{ path: 'certification.yml' }] })
  })

  it('is open while the list leaves it open, or its word does not hold', () => {
    expect(judged([written({ checked: false })], { items: [rule({ attested })] }).value).toBe(0)
    expect(judged([written()], { items: [rule({ attested })] }).value).toBe(100)
    expect(judged([written()], { items: [rule({ attested: { ...attested, expires: '2026-11-01' } })] }).value).toBe(0)
  })

  it('that nobody attests is not known where nothing else is', () => {
    expect(judged([], { items: [rule()] })).toMatchObject({ state: 'no_evidence', value: null })
    expect(judged([], { items: [rule({ attested: { ...attested, evidence: 'docs/none.md' } })] })).toMatchObject({ value: null })
  })

  it('bound to a check cannot be ticked by hand, whoever vouches for it', () => {
    const check: Check = { fn: 'metric', id: 'cov', limit: limit('>', 90) }
    const report = (covered: number) => [admitted('lcov.info', 'component', coverageFacts(lines(covered, 100)))]
    const ticked = [written({ vouched: VOUCHED })]
    const short = judged(ticked, { items: [rule({ check })] }, report(90))
    expect(short).toMatchObject({ value: 0, reasons: [{ code: 'items_open' }, { code: 'item_not_manual' }] })
    expect(judged(ticked, { items: [rule({ check, attested })] }, report(90)).value).toBe(0)
    expect(judged(ticked, { items: [rule({ check })] }).value).toBe(0)
    expect(judged([written({ checked: false })], { items: [rule({ check })] }, report(91)).value).toBe(100)
  })

  it('that a person decides (manual) needs the same word', () => {
    expect(judged([written()], { items: [rule({ check: { fn: 'manual' } })] }).value).toBe(0)
    expect(judged([written({ vouched: VOUCHED })], { items: [rule({ check: { fn: 'manual' } })] }).value).toBe(100)
  })
})

describe('a file or issues as an item', () => {
  const value = (check: Check, issues?: NonNullable<Parameters<typeof measured>[2]>['issues']) => {
    const config = configOf({ family: 'readiness', level: 'system', checklists: ['ready'] }, (it) => {
      it.checklists = [{ id: 'ready', source: 'READY.md', items: [rule({ check })] }]
    })
    const list = admitted('READY.md', null, { kind: 'checklist', items: [written()] })
    return measured(config, [list], { files: FILES, ...(issues === undefined ? {} : { issues }) })
  }
  const file = (...paths: string[]): Check => ({ fn: 'file', paths, maxAgeSeconds: null })

  it('is there and not empty, or open', () => {
    expect(value(file('docs/limits.md')).value).toBe(100)
    for (const path of ['docs/none.md', 'docs/empty.md', 'docs/unasked.md']) expect(value(file(path)).value).toBe(0)
    expect(value(file('docs/limits.md', 'docs/none.md')).value).toBe(0)
  })

  it('are closed by GitHub’s word alone', () => {
    const issues = (answers: Record<string, unknown>, sub: Record<string, unknown> = {}) =>
      ({ issues: answers, subIssues: sub }) as NonNullable<Parameters<typeof value>[1]>
    const both: Check = { fn: 'issues.closed', issues: [12, 15] }
    const closed = { state: 'closed' }
    const blind = { state: 'unknown', why: 'gone', asked: true }
    expect(value(both, issues({ 12: closed, 15: closed })).value).toBe(100)
    expect(why(value(both, issues({ 12: closed, 15: { state: 'open' } })))).toEqual(['open: #15'])
    expect(why(value(both, issues({ 12: closed, 15: blind })))).toEqual(['gone'])
    expect(why(value(both, issues({ 12: closed })))).toEqual(['nobody asked GitHub for issue #15'])
    expect(value(both).value).toBe(0)
    const sub: Check = { fn: 'sub_issues.closed', issue: 7 }
    const listed = (open: number[], total: number) => issues({}, { 7: { state: 'listed', open, total } })
    expect(value(sub, listed([], 3)).value).toBe(100)
    expect(why(value(sub, listed([9], 3)))).toEqual(['open: #9'])
    expect(why(value(sub, listed([], 0)))).toEqual(['issue #7 has no sub-issues'])
    expect(why(value(sub, issues({}, { 7: blind })))).toEqual(['gone'])
    expect(value(sub).value).toBe(0)
  })
})
