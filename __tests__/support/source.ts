// A report in memory, handed out in chunks of one reused buffer as a file is.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ByteSource } from '../../src/evidence/format.ts'

export function sourceOf(content: string | Uint8Array, path = 'report.json', chunkSize = 64 * 1024): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    path,
    size: bytes.length,
    *chunks() {
      const buffer = new Uint8Array(Math.min(chunkSize, Math.max(1, bytes.length)))
      for (let at = 0; at < bytes.length; at += buffer.length) {
        const part = bytes.subarray(at, at + buffer.length)
        buffer.set(part)
        yield buffer.subarray(0, part.length)
      }
    },
  }
}

/** Bytes of a file below __tests__/fixtures. */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url))))
}
