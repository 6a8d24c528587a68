// Files in pieces of one reused buffer: every byte once, in order, however large and however many readers.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { fileChunks } from '../../../src/adapters/node/chunks.ts'
import { temporaryFolder } from '../../support/clone.ts'

const MiB = 1024 * 1024

function fileOf(bytes: Uint8Array): string {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, bytes)
  return file
}

function pattern(length: number, step: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, at) => (at * step) % 251))
}

function read(file: string): Buffer {
  return Buffer.concat([...fileChunks(file, 'f')].length === 0 ? [] : copies(file))
}

function copies(file: string): Buffer[] {
  const parts: Buffer[] = []
  for (const chunk of fileChunks(file, 'f')) parts.push(Buffer.from(chunk))
  return parts
}

describe('a file in pieces', () => {
  it.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB + 7])('of %i bytes is whole', (length) => {
    const bytes = pattern(length, 7)
    expect(read(fileOf(bytes)).equals(bytes)).toBe(true)
  })

  it.each([-1, 0, 1])('of %i bytes more than it was said to have is whole', (more) => {
    const bytes = pattern(1000, 7)
    const parts = [...fileChunks(fileOf(bytes), 'f', bytes.length - more)].map((chunk) => Buffer.from(chunk))
    expect(Buffer.concat(parts).equals(bytes)).toBe(true)
  })

  it('is read again from its start, and after a reader that stopped half way', () => {
    const bytes = pattern(2 * MiB, 3)
    const file = fileOf(bytes)
    for (const _ of fileChunks(file, 'f')) break
    expect(read(file).equals(bytes)).toBe(true)
    expect(read(file).equals(bytes)).toBe(true)
  })

  it('is not mixed up with another that is read at the same time', () => {
    const [a, b] = [pattern(2 * MiB, 3), pattern(2 * MiB, 11)]
    const [first, second] = [fileChunks(fileOf(a), 'a')[Symbol.iterator](), fileChunks(fileOf(b), 'b')[Symbol.iterator]()]
    const parts: Buffer[] = []
    for (let one = first.next(); !one.done; one = first.next()) {
      second.next()
      parts.push(Buffer.from(one.value))
    }
    expect(Buffer.concat(parts).equals(a)).toBe(true)
  })

  it('that cannot be read is an error that shows the name the user knows, not the path of this machine', () => {
    const file = fileOf(pattern(1, 1))
    rmSync(file)
    expect(() => [...fileChunks(file, 'reports/a.xml')]).toThrow(
      expect.objectContaining({ code: 'unreadable', message: 'reports/a.xml cannot be read (ENOENT)' }),
    )
    expect(() => [...fileChunks(temporaryFolder(), 'reports')]).toThrow(expect.objectContaining({ code: 'unreadable' }))
  })

  it("lets the reader's own error through as it is", () => {
    const file = fileOf(pattern(10, 1))
    expect(() => {
      for (const _ of fileChunks(file, 'f')) throw new TypeError('of the reader')
    }).toThrow(TypeError)
  })
})
