// The report fixtures by format, and byte sources over them that hand out chunks of any size from one reused buffer.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ByteSource, SourceFile } from '../../src/evidence/format.ts'

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

/** As the workspace gives files: views of one buffer, overwritten by the next chunk. */
export function sourceOf(content: Uint8Array | string, path = 'report', chunkSize = 65536): ByteSource {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  return {
    path,
    size: bytes.length,
    *chunks() {
      const buffer = new Uint8Array(chunkSize)
      for (let at = 0; at < bytes.length; at += chunkSize) {
        const part = bytes.subarray(at, at + chunkSize)
        buffer.fill(0x3f)
        buffer.set(part)
        yield buffer.subarray(0, part.length)
      }
    },
  }
}

export function fileOf(content: Uint8Array | string, path = 'report', chunkSize?: number): SourceFile {
  return { ...sourceOf(content, path, chunkSize), origin: { type: 'workspace' }, modifiedAt: null, tracked: false }
}
