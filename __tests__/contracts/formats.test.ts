// Every format of the index keeps the contract; a step that a new one forgot is named (docs/extending.md).
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { headOf } from '../../src/evidence/identify.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { PROBLEM_CODES } from '../../src/evidence/problems.ts'
import type { EvidenceClaim } from '../../src/model/evidence.ts'
import { collect } from '../support/collect.ts'
import { FIXTURES, fileOf, fixturesOf } from '../support/fixtures.ts'
import { sourceOf } from '../support/source.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs/formats.md'), 'utf8')
const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }

describe('the index of formats', () => {
  it('holds every format that is in the folder', async () => {
    const folder = join(root, 'src/evidence/formats')
    const exported: string[] = []
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    for (const name of files.filter((file) => file.includes(sep))) {
      const values: unknown[] = Object.values(await import(join(folder, name)))
      for (const value of values)
        if (value instanceof Object && 'recognises' in value && 'id' in value) exported.push(String(value.id))
    }
    expect(exported.sort()).toEqual(FORMATS.map((format) => format.id).sort())
  })

  it('has fixtures for no format that is not in it', () => {
    const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const ids = FORMATS.map((format) => format.id)
    // config: the configuration's own.
    expect(folders.map((entry) => entry.name).filter((name) => name !== 'config' && !ids.includes(name))).toEqual([])
  })

  it('has every problem code in docs/formats.md', () => {
    expect(Object.keys(PROBLEM_CODES).filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([])
  })

  it('has each id once', () => {
    const ids = FORMATS.map((format) => format.id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it.each(FORMATS.map((format) => [format.id, format] as const))('%s says who writes it and what it is called', (id, format) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(format.title).not.toBe('')
    expect(format.producers.length).toBeGreaterThan(0)
    for (const glob of format.discovers) expect(glob).not.toMatch(/^\/|\.\./)
  })

  it.each(FORMATS.map((format) => format.id))('%s has a section in docs/formats.md', (id) => {
    expect({ id, section: new RegExp(`^## .*\`${id}\``, 'm').test(page) }).toEqual({ id, section: true })
  })
})

describe.each(FORMATS.map((format) => [format.id, format] as const))('%s', (id, format) => {
  it.each(['valid', 'failing', 'empty', 'malformed'])('has a %s fixture', (kind) => {
    expect({ folder: `__tests__/fixtures/${id}`, kind, found: fixturesOf(id, kind).length > 0 }).toMatchObject({ found: true })
  })

  it('alone recognises its valid and failing fixtures', () => {
    for (const { name, bytes } of [...fixturesOf(id, 'valid'), ...fixturesOf(id, 'failing')]) {
      const head = headOf(sourceOf(bytes, name))
      expect([name, FORMATS.filter((other) => other.recognises(head, name)).map((other) => other.id)]).toEqual([name, [id]])
    }
  })

  it('reads its valid and failing fixtures into facts of its kind', () => {
    for (const { name, bytes } of [...fixturesOf(id, 'valid'), ...fixturesOf(id, 'failing')]) {
      const { evidence, rejected } = collect([{ file: fileOf(bytes, name), claim, format: null }], DEFAULT_LIMITS)
      expect([name, rejected.map((one) => one.problems)]).toEqual([name, []])
      expect([name, evidence[0]?.format, evidence[0]?.kind, evidence[0]?.facts.kind]).toEqual([
        name,
        id,
        format.kind,
        format.kind,
      ])
    }
  })

  it('answers its malformed fixtures with a known problem, and no exception', () => {
    for (const { name, bytes } of fixturesOf(id, 'malformed')) {
      const { evidence, rejected } = collect([{ file: fileOf(bytes, name), claim, format: id }], DEFAULT_LIMITS)
      const problems = [...evidence.flatMap((one) => one.problems), ...rejected.flatMap((one) => one.problems)]
      expect([name, problems.length > 0]).toEqual([name, true])
      for (const { code, message } of problems) {
        expect(Object.keys(PROBLEM_CODES)).toContain(code)
        expect(message).not.toMatch(/unexpected fault/)
      }
    }
  })

  it('recognises no other format, whatever the file is called', () => {
    for (const other of FORMATS) {
      if (other.id === id) continue
      for (const { name, bytes } of fixturesOf(other.id, 'valid')) {
        const head = headOf(sourceOf(bytes, name))
        for (const path of format.discovers) expect([name, path, format.recognises(head, path)]).toEqual([name, path, false])
      }
    }
  })

  it('claims nothing of an empty, binary or foreign beginning, and does not throw', () => {
    const strange = [
      '',
      '\0\u0001\u0002PK',
      '<',
      '<a',
      '<a b="',
      '{',
      '[',
      '{"a":',
      '[[[[',
      '<?xml',
      '<!DOCTYPE x [',
      'null',
      '"text"',
      '\n\n\n',
    ]
    for (const text of strange) expect([text, format.recognises(headOf(sourceOf(text)), 'x')]).toEqual([text, false])
  })
})
