// The report fixtures by format, and files of the workspace made of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '../../src/evidence/format.ts'
import { sourceOf } from './source.ts'

export const FIXTURES = join(import.meta.dirname, '..', 'fixtures')

export interface Fixture {
  name: string
  bytes: Uint8Array
}

/** Fixtures of a format whose name starts with `kind`: valid, failing, empty, malformed. Empty where there is no folder. */
export function fixturesOf(format: string, kind = ''): Fixture[] {
  const folder = join(FIXTURES, format)
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.startsWith(kind))
  return names.sort().map((name) => ({ name: `${format}/${name}`, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function fileOf(content: Uint8Array | string, path = 'report', chunkSize?: number): SourceFile {
  return { ...sourceOf(content, path, chunkSize), origin: { type: 'workspace' }, modifiedAt: null, tracked: false }
}
