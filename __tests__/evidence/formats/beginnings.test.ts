// A format is found by how a file begins: no list may lack one that would claim the file, or a file would be told as less than it is.
import { describe, expect, it } from '@jest/globals'
import { beginningOf, kindOfFormat, loadFormats, namedFormat } from '../../../src/evidence/formats/catalogue.ts'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { headOf, headOfText } from '../../../src/evidence/identify.ts'
import { BY_BEGINNING } from '../../support/collect.ts'
import { fileOf, fixturesOf } from '../../support/fixtures.ts'

type Claimed = [string, string[]]
/** Heads that no fixture has: what a log may begin with before the report does, and what only looks like a report. */
const LEADS = [
  '',
  '[INFO] building\n',
  '{"time":1} ',
  '<b>log</b>\n',
  '<?xml version="1.0"?><!-- x -->\n',
  '# x\n',
  '\n\n',
  '[]\n',
  'null\n',
]

function claims(head: ReturnType<typeof headOfText>, name: string): { all: Claimed; begun: Claimed } {
  const by = (formats: typeof FORMATS): Claimed => [
    name,
    formats
      .filter((format) => format.recognises(head, name))
      .map(({ id }) => id)
      .sort(),
  ]
  return { all: by(FORMATS), begun: by(BY_BEGINNING[beginningOf(head)]) }
}

describe.each(FORMATS.map(({ id }) => id))('%s', (id) => {
  it('is claimed by the same formats among all as among those that can begin so', () => {
    const fixtures = fixturesOf(id)
    expect(fixtures.length).toBeGreaterThan(0)
    for (const { name, bytes } of fixtures) {
      const { text } = headOf(fileOf(bytes, name))
      for (const lead of LEADS)
        for (const path of [name, 'gitleaks.txt', 'list.md']) {
          const { all, begun } = claims(headOfText(lead + text), path)
          expect([lead, ...begun]).toEqual([lead, ...all])
        }
    }
  })

  it('is claimed by the same formats where the head is broken at any of its values', () => {
    for (const { name, bytes } of fixturesOf(id)) {
      const { text } = headOf(fileOf(bytes, name))
      const places = [...text.slice(0, 4000).matchAll(/[:,[{>\n]/g)].map(({ index }) => index + 1)
      for (const at of places.filter((_, nth) => nth < 40 || nth % 17 === 0))
        for (const fault of ['NaN', '\n<<<<<<< HEAD\n', '// x\n', '<']) {
          const { all, begun } = claims(headOfText(text.slice(0, at) + fault + text.slice(at)), name)
          expect([at, fault, ...begun]).toEqual([at, fault, ...all])
        }
    }
  })

  it('is in the catalogue as it is, and in the list that the catalogue names', async () => {
    const format = FORMATS.find((one) => one.id === id)!
    const named = namedFormat(id)!
    expect({ kind: named.kind, discovers: named.discovers }).toEqual({ kind: format.kind, discovers: format.discovers })
    expect(kindOfFormat(id)).toBe(format.kind)
    expect(await loadFormats(named.beginning)).toContain(format)
  })
})

it('every format is in a list, and every list holds formats alone', () => {
  const listed = new Set(Object.values(BY_BEGINNING).flat())
  expect([...listed].map(({ id }) => id).sort()).toEqual(FORMATS.map(({ id }) => id).sort())
})
