// Documentation: the share of each document's rules that hold; what is not known does not hold (spec 2.6).
import { describe, expect, it } from '@jest/globals'
import type { DocumentRule } from '../../src/model/config.ts'
import type { DocumentFacts } from '../../src/model/evidence.ts'
import { codes, configOf, documentFacts, measured } from '../support/facts.ts'
import { admitted, claim } from '../support/judged.ts'

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
