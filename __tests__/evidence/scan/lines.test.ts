// Whole lines over chunks: never cut, never lost, whatever the chunks and the encoding.
import { describe, expect, it } from '@jest/globals'
import { lineBlocks, textAt } from '../../../src/evidence/scan/lines.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { sourceOf } from '../../support/source.ts'

function linesOf(content: string | Uint8Array, chunkSize: number): string[] {
  const lines: string[] = []
  for (const { bytes, end } of lineBlocks(sourceOf(content, 'x', chunkSize))) {
    for (let at = 0; at < end; ) {
      const newline = bytes.indexOf(10, at)
      lines.push(textAt(bytes, at, newline))
      at = newline + 1
    }
  }
  return lines
}

describe.each([1, 2, 7, 65536])('in chunks of %i', (size) => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\nb\n', ['a', 'b']],
    ['a\r\n\r\nb', ['a', '', 'b']],
    ['\n\n', ['', '']],
    ['\ufeffgrün\n漢字 😀\n', ['grün', '漢字 😀']],
  ])('%j', (text, lines) => {
    expect(linesOf(text, size)).toEqual(lines)
  })

  it('in UTF-16', () => {
    const text = '\ufeffa\ngrün'
    const bytes = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at++) new DataView(bytes.buffer).setUint16(at * 2, text.charCodeAt(at), true)
    expect(linesOf(bytes, size)).toEqual(['a', 'grün'])
  })
})

it('refuses a line without end, with its number', () => {
  const read = () => linesOf(`a\nb\n${'x'.repeat(1_200_000)}`, 65536)
  expect(read).toThrow(CertifyError)
  try {
    read()
  } catch (error) {
    expect((error as CertifyError).problems[0]).toMatchObject({ code: 'line_too_long', line: 3 })
  }
})
