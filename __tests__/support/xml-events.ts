// The same XML told by our tokenizer and by saxes, in the same words.
import { SaxesParser } from 'saxes'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { decodeText } from '../../src/evidence/scan/xml-bytes.ts'
import type { XmlTag } from '../../src/evidence/scan/xml-tag.ts'
import { XmlTokenizer } from '../../src/evidence/scan/xml-tokenizer.ts'
import { sourceOf } from './source.ts'

export type Event = ['open', string, Record<string, string>] | ['text', string] | ['close', string]

const attributesOf = (tag: XmlTag) =>
  Object.fromEntries(Array.from({ length: tag.count }, (_, at) => [tag.names[at]!, tag.valueAt(at)]))

/** Neighbouring texts are one: how they are cut is nobody's business. */
function push(events: Event[], text: string): void {
  const last = events.at(-1)
  if (last?.[0] === 'text') last[1] += text
  else if (text !== '') events.push(['text', text])
}

export function ours(bytes: Uint8Array, chunkSize: number, limits = DEFAULT_LIMITS): Event[] {
  const events: Event[] = []
  const tokenizer = new XmlTokenizer(limits, {
    wantsText: true,
    open: (tag) => events.push(['open', tag.name, attributesOf(tag)]),
    text: (buffer, from, to, dirty) => push(events, decodeText(buffer, from, to, dirty)),
    close: (name) => events.push(['close', name]),
  })
  for (const chunk of sourceOf(bytes, 'x', chunkSize).chunks()) tokenizer.push(chunk)
  tokenizer.finish()
  return events
}

export function theirs(text: string): Event[] {
  const events: Event[] = []
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    depth++
    events.push(['open', tag.name, tag.attributes as Record<string, string>])
  })
  parser.on('text', (value) => depth > 0 && push(events, value))
  parser.on('cdata', (value) => push(events, value))
  parser.on('closetag', (tag) => {
    depth--
    events.push(['close', tag.name])
  })
  parser.write(text).close()
  return events
}
