// Our XML tokenizer and saxes say the same of mutated reports: the same events, or both refuse.
import { expect, it } from '@jest/globals'
import { bytesOf, fixturesOf } from '../support/fixtures.ts'
import { mutated, randomFrom } from '../support/fuzz/mutations.ts'
import { seeds } from '../support/fuzz/trial.ts'
import { type Event, ours, theirs } from '../support/xml-events.ts'

const XML = seeds()
  .map(({ format }) => format.id)
  .filter((id) => fixturesOf(id, 'valid').some(({ name }) => name.endsWith('.xml') || name.endsWith('.trx')))

/** null: refused. */
function told(read: () => Event[]): Event[] | null {
  try {
    return read()
  } catch {
    return null
  }
}

it('takes all XML formats', () => expect(XML.length).toBeGreaterThan(8))

it.each(XML)('%s, two hundred times mutated', (id) => {
  const random = randomFrom(id.length * 104729)
  const fixtures = fixturesOf(id, 'valid').filter(({ name }) => !/utf16|latin1/.test(name))
  // What stands in a declaration or a document type is not read by us.
  const others = fixtures.map(({ bytes }) =>
    bytesOf(new TextDecoder().decode(bytes).replace(/<\?xml[^>]*>|<!DOCTYPE[^>]*>/g, '')),
  )
  let alike = 0
  for (let at = 0; at < 200; at++) {
    const bytes = mutated(others[random(others.length)]!, others, random)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    // The tokenizer is given text without a byte order mark; invalid bytes are no matter of its own.
    if (/<!DOCTYPE|<\?xml|\ufffd|^\ufeff/.test(text)) continue
    const theirEvents = told(() => theirs(text))
    const ourEvents = told(() => ours(bytesOf(text), 4096))
    expect([at, text.slice(0, 300), ourEvents]).toEqual([at, text.slice(0, 300), theirEvents])
    alike++
  }
  expect(alike).toBeGreaterThan(50)
})
