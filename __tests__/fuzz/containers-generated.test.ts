// Generated archives, some of which lie, and generated XML: what comes out is what was put in, or a refusal; two XML readers agree.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { listArchive, readEntry } from '../../src/adapters/github/archive.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { bytesOf } from '../support/fixtures.ts'
import { type Packed, zip } from '../support/github/zip.ts'
import { escaped } from '../support/reports.ts'
import { ours, theirs } from '../support/xml-events.ts'

const RUNS = { seed: 20261126, numRuns: 300 }
const LIMITS = { fileBytes: 1 << 20, totalBytes: 1 << 22, entries: 20, ratio: 200 }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certify-generated-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const lie = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Partial<Packed>>({}) },
  fc.integer({ min: 0, max: 5000 }).map((claimedSize): Partial<Packed> => ({ claimedSize })),
  fc.integer({ min: 0, max: 0xffffffff }).map((claimedSum): Partial<Packed> => ({ claimedSum })),
  fc.integer({ min: 0, max: 5000 }).map((size): Partial<Packed> => ({ local: { size } })),
  fc.stringMatching(/^[a-z]{1,6}$/).map((path): Partial<Packed> => ({ local: { path } })),
)
const packed = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,6}\/[a-z]{1,6}$/), fc.uint8Array({ maxLength: 300 }), lie), {
  minLength: 1,
  maxLength: 6,
  selector: ([path]) => path,
})

it('an archive gives the bytes that were put in it, all where none of it lies, and never others', () => {
  let honest = 0
  const holds = (files: [string, Uint8Array, Partial<Packed>][]) => {
    const file = join(folder, 'a.zip')
    writeFileSync(file, zip(files.map(([path, content, more]) => ({ path, content, ...more }))))
    const truthful = files.every(([, , more]) => Object.keys(more).length === 0)
    try {
      for (const entry of listArchive(file, LIMITS)) {
        const [, content] = files.find(([path]) => path === entry.path)!
        try {
          expect([...readEntry(file, entry)]).toEqual([...content])
          if (truthful) honest++
        } catch (error) {
          if (truthful || !(error instanceof CertifyError)) throw error
        }
      }
    } catch (error) {
      if (truthful || !(error instanceof CertifyError)) throw error
    }
  }
  fc.assert(fc.property(packed, holds), RUNS)
  expect(honest).toBeGreaterThan(20)
})

const word = fc.stringMatching(/^[a-zA-Z_][\w.-]{0,6}$/)
const text = fc.string({ maxLength: 8 }).filter((one) => !/[^\t\n\r\x20-\ud7ff]/.test(one))
const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  inside: fc.oneof(
    { maxDepth: 4 },
    text.map(escaped),
    text.map((one) => `<![CDATA[${one.replaceAll(']]>', '')}]]>`),
    text.map((one) => `<!--${one.replaceAll('-', '')}-->`),
    tie('element'),
  ),
  element: fc
    .tuple(
      word,
      fc.uniqueArray(fc.tuple(word, text), { maxLength: 3, selector: ([name]) => name }),
      fc.array(tie('inside'), { maxLength: 3 }),
    )
    .map(([name, attributes, inside]) => {
      const told = attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')
      return inside.length === 0 ? `<${name}${told} />` : `<${name}${told}>${inside.join('')}</${name}\n>`
    }),
}))

it('our XML reader tells generated XML as saxes does', () => {
  fc.assert(
    fc.property(element, (xml) => {
      expect(ours(bytesOf(xml), 5)).toEqual(theirs(xml))
    }),
    RUNS,
  )
})
