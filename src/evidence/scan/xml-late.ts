// An XML declaration that stands behind comments, where none may stand: blanked out, so that all places stay as they are.
import type { ByteSource } from '../format.ts'
import { firstBytes } from './text.ts'

const HEAD = 4096
const BLANK = 0x20

/** The source itself where there is nothing to blank out. */
export function withoutLateDeclaration(source: ByteSource): ByteSource {
  const range = lateDeclaration(source)
  if (range === null) return source
  return { path: source.path, size: source.size, chunks: () => blanked(source, range) }
}

function lateDeclaration(source: ByteSource): { from: number; to: number } | null {
  let text = ''
  for (const byte of firstBytes(source, HEAD)) text += String.fromCharCode(byte)
  let at = pastBlanks(text, 0)
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4)
    if (end === -1) return null
    at = pastBlanks(text, end + 3)
  }
  const end = at > 0 && text.startsWith('<?xml', at) ? text.indexOf('?>', at) : -1
  return end === -1 ? null : { from: at, to: end + 2 }
}

function pastBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
  return at
}

function* blanked(source: ByteSource, { from, to }: { from: number; to: number }): Iterable<Uint8Array> {
  let offset = 0
  for (const chunk of source.chunks()) {
    const [start, end] = [Math.max(0, from - offset), Math.min(chunk.length, to - offset)]
    offset += chunk.length
    // A copy: the bytes of a source are not ours to change, and slice() of a Buffer is none.
    yield start < end ? new Uint8Array(chunk).fill(BLANK, start, end) : chunk
  }
}
