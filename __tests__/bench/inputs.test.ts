// The bench's inputs: the same bytes at each run and on each machine, and read as what their makers counted.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listArchive, readEntry } from '../../src/adapters/github/archive.ts'
import { fileChunks } from '../../src/adapters/node/chunks.ts'
import { inspect } from '../../src/evidence/inspect.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { load } from './load.ts'

const { cobertura, istanbul, jacoco, lcov } = await load('inputs/coverage.mjs')
const { junit, k6Points } = await load('inputs/tests.mjs')
const { sarif } = await load('inputs/findings.mjs')
const { writeInput } = await load('inputs/write.mjs')
const { writeZip } = await load('inputs/zip.mjs')

const SMALL = 60_000
const MADE: [string, () => Generator<string>, string][] = [
  ['lcov', () => lcov(SMALL), 'b732d9ddd197f7c7'],
  ['cobertura', () => cobertura(SMALL), '3fe3b9864bf6de89'],
  ['jacoco', () => jacoco(SMALL), '443a155af1d0844d'],
  ['istanbul-final', () => istanbul(SMALL), '2947e0d701e1d827'],
  ['junit', () => junit(1200), '71f6d3bd16e201ae'],
  ['sarif', () => sarif(60), '2cf4dede19561403'],
  ['k6 points', () => k6Points(SMALL), '0d4c19c69cbb9620'],
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certify-bench-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function written(make: Generator<string>) {
  const file = join(folder, 'input')
  const { bytes, expected } = writeInput(file, make)
  return { file, bytes, expected, content: readFileSync(file) }
}

describe.each(MADE)('%s', (format, make, pinned) => {
  it('is the same file each time and everywhere: figures of different days are of one input', () => {
    const { content } = written(make())
    expect(content.equals(written(make()).content)).toBe(true)
    expect(createHash('sha256').update(content).digest('hex').slice(0, 16)).toBe(pinned)
  })

  if (format === 'k6 points') return
  it('is read as what it was made of', () => {
    const { file, bytes, expected } = written(make())
    const read = inspect({ path: file, size: bytes, chunks: () => fileChunks(file, file) }, DEFAULT_LIMITS)
    expect(read).toMatchObject({ ok: true, format, problems: [] })
    const { lines, tests, counts } = expected
    const [said, found] = lines ? [lines, read.coverage?.lines] : tests ? [tests, read.tests] : [counts, read.security?.counts]
    expect(Object.keys(said).length).toBeGreaterThan(1)
    expect(found).toMatchObject(said)
    expect(Object.values(said).every((count) => Number(count) > 0)).toBe(true)
  })
})

it('is about as large as asked for', () => {
  for (const make of [lcov, cobertura, jacoco, istanbul]) {
    const { bytes } = written(make(300_000))
    expect(bytes).toBeGreaterThanOrEqual(300_000)
    expect(bytes).toBeLessThan(400_000)
  }
})

it('differs by seed where many files are made', () => {
  expect([...junit(40, 1)].join('')).not.toBe([...junit(40, 2)].join(''))
})

it('is written whole, in pieces', () => {
  const { bytes, content, file } = written(lcov(2_500_000))
  expect(content.toString('latin1')).toBe([...lcov(2_500_000)].join(''))
  expect([bytes, statSync(file).size]).toEqual([content.length, content.length])
})

it('is packed as a zip that our own reader takes apart again', () => {
  const files: [string, string][] = [
    ['reports/a.xml', [...junit(40, 1)].join('')],
    ['reports/b.xml', [...junit(40, 2)].join('')],
  ]
  const zip = join(folder, 'reports.zip')
  const bytes = writeZip(zip, files)
  const entries = listArchive(zip, DEFAULT_LIMITS)
  expect(entries.map((entry) => [entry.path, readEntry(zip, entry).toString()])).toEqual(files)
  expect(bytes).toBe(files.reduce((sum, [, content]) => sum + content.length, 0))
})
