// Documentation: the share of each document's rules that hold; what is not known does not hold (spec 2.6).
import { describe, expect, it } from '@jest/globals'
import type { DocumentRule } from '../../src/model/config.ts'
import type { ApiDocsFacts, DocumentFacts } from '../../src/model/evidence.ts'
import { codes, configOf, documentFacts, measured } from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'
import { evidence as entry } from '../support/policy-changes.ts'

const rule = (change: Partial<DocumentRule> = {}): DocumentRule => ({
  id: 'readme',
  path: 'README.md',
  minWords: 0,
  headings: [],
  maxAgeSeconds: null,
  weight: 1,
  links: false,
  ...change,
})

function documentation(rules: DocumentRule[], ...facts: DocumentFacts[]) {
  const mine = claim({ metrics: ['m'], discovered: false })
  return measured(
    configOf({ family: 'documentation', documents: rules }),
    facts.map((one) => admitted(one.path, 'component', one, { declaredBy: mine })),
  )
}

describe('a rule', () => {
  const day = 86_400
  it.each<[string, Partial<DocumentRule>, Partial<DocumentFacts>, string]>([
    ['all hold', {}, {}, '3 / 3 rules'],
    ['empty', { links: true }, { words: 0 }, '1 / 4 rules'],
    ['not in git', {}, { tracked: false }, '2 / 3 rules'],
    ['git is not known', {}, { tracked: null }, '2 / 3 rules'],
    ['a placeholder left', {}, { placeholders: [{ text: 'TODO', line: 4 }] }, '2 / 3 rules'],
    ['enough words', { minWords: 200 }, {}, '4 / 4 rules'],
    ['a word short', { minWords: 201 }, {}, '3 / 4 rules'],
    ['a section there', { headings: ['use'] }, {}, '4 / 4 rules'],
    ['a section empty', { headings: ['Use'] }, { headings: [{ text: 'Use', depth: 2, line: 5, words: 0 }] }, '3 / 4 rules'],
    ['a section missing', { headings: ['Use', 'Install'] }, {}, '4 / 5 rules'],
    ['links resolve', { links: true }, { links: [{ target: 'a.md', line: 1, resolves: true }] }, '4 / 4 rules'],
    ['a link leads nowhere', { links: true }, { links: [{ target: 'a.md', line: 1, resolves: false }] }, '3 / 4 rules'],
    ['a link is not known', { links: true }, { links: [{ target: 'a.md', line: 1, resolves: null }] }, '3 / 4 rules'],
    ['links nobody asks about', {}, { links: [{ target: 'a.md', line: 1, resolves: false }] }, '3 / 3 rules'],
    ['fresh', { maxAgeSeconds: 3 * day }, {}, '4 / 4 rules'],
    ['stale', { maxAgeSeconds: 2 * day }, {}, '3 / 4 rules'],
    ['last change not known', { maxAgeSeconds: 2 * day }, { changedAt: null }, '3 / 4 rules'],
  ])('%s', (_, asked, facts, expected) => {
    expect(documentation([rule(asked)], documentFacts('README.md', facts)).formula).toContain(expected)
  })
})

describe('the figure', () => {
  it('weighs the documents', () => {
    const found = documentation(
      [rule({ weight: 3 }), rule({ id: 'guide', path: 'GUIDE.md', minWords: 500 })],
      documentFacts(),
      documentFacts('GUIDE.md'),
    )
    expect(found).toMatchObject({ state: 'known', value: 93.75, formula: '6 / 7 rules of 2 documents = 93.75 %' })
    expect(found.reasons).toEqual([{ code: 'documents_incomplete', args: { path: 'GUIDE.md', rules: ['200 of 500 words'] } }])
  })

  it('is short by a document that is not there', () => {
    const found = documentation([rule(), rule({ id: 'guide', path: 'GUIDE.md' })], documentFacts())
    expect(found).toMatchObject({ state: 'known', value: 50 })
    expect(found.reasons).toEqual([{ code: 'document_missing', args: { path: 'GUIDE.md' } }])
  })

  it('is not known where none is there, or none is asked for', () => {
    expect(documentation([rule()])).toMatchObject({ state: 'no_evidence', value: null, reasons: [{ code: 'document_missing' }] })
    expect(documentation([], documentFacts())).toMatchObject({ state: 'no_evidence', value: null })
    expect(documentation([rule({ weight: 0 })], documentFacts())).toMatchObject({ state: 'no_evidence', value: null })
  })

  it('of a pattern is that of its worst file', () => {
    const found = documentation(
      [rule({ path: 'docs/*.md' })],
      documentFacts('docs/a.md'),
      documentFacts('docs/b.md', { tracked: false }),
    )
    expect(found.value).toBe(66.6666666666667)
    expect(codes(found)).toEqual(['document_untracked'])
  })
})

describe('a report on the interface', () => {
  const mine = claim({ metrics: ['m'], discovered: false })
  const report = (covered: number, total: number, named = total - covered): ApiDocsFacts => ({
    kind: 'apidocs',
    documented: { covered, total },
    undocumented: Array.from({ length: named }, (_, at) => ({ name: `f${at}`, path: 'a.py', line: at + 1 })),
  })
  const config = (rules: DocumentRule[], required: boolean | null = true) =>
    configOf({ family: 'documentation', documents: rules, evidence: required === null ? [] : [entry('docs.txt', { required })] })
  const given = (facts: ApiDocsFacts | DocumentFacts, path = 'docs.txt') =>
    admitted(path, 'component', facts, { declaredBy: mine })

  it('is measured without any document', () => {
    const found = measured(config([]), [given(report(3, 4))])
    expect(found).toMatchObject({ state: 'known', value: 75, formula: '3 / 4 parts of 1 report = 75 %' })
    expect(found.basis.map(({ path }) => path)).toEqual(['docs.txt'])
    expect(found.parts).toMatchObject([
      { name: 'docs.txt', state: 'short', detail: '3 of 4 documented', kind: 'document', lacks: 25, lines: ['f0 undocumented'] },
    ])
  })

  it('is a part of the documentation as each document is', () => {
    const found = measured(config([rule({ weight: 3 })]), [given(documentFacts(), 'README.md'), given(report(1, 2))])
    expect(found).toMatchObject({ value: 87.5, formula: '3 / 3 rules of 1 document, 1 / 2 parts of 1 report = 87.5 %' })
    expect(found.parts[1]).toMatchObject({ lacks: 12.5 })
  })

  it('has no steps by name where some have none', () =>
    expect(measured(config([]), [given(report(1, 4, 2))]).parts[0]).not.toHaveProperty('lines'))

  it('counts only where it is named', () => {
    const found = admitted('docs.txt', 'component', report(4, 4), { declaredBy: claim({ metrics: [], discovered: true }) })
    expect(measured(config([], null), [found])).toMatchObject({ state: 'no_evidence', value: null })
    expect(measured(config([rule({ minWords: 500 })], null), [found, given(documentFacts(), 'README.md')])).toMatchObject({
      value: 75,
      formula: '3 / 4 rules of 1 document = 75 %',
    })
  })

  it('is missed where it is named, however good the documents are', () => {
    const found = measured(config([rule()]), [given(documentFacts(), 'README.md')])
    expect([found.state, codes(found)]).toEqual(['no_evidence', ['evidence_missing']])
  })

  it('is not where it may be absent', () =>
    expect(measured(config([rule()], false), [given(documentFacts(), 'README.md')])).toMatchObject({ value: 100 }))
})
