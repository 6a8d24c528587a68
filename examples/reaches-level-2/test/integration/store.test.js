import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { QuoteStore } from '../../src/store.js'
import { quoteFile } from './sandbox.js'

describe('database of quotes', () => {
  it('gives back what was written, also after a restart', async () => {
    const file = await quoteFile()
    await new QuoteStore(file).add({ id: 'a', cents: 509 })
    await new QuoteStore(file).add({ id: 'b', cents: 569 })
    assert.deepEqual(await new QuoteStore(file).find('b'), { id: 'b', cents: 569 })
  })

  it('finds nothing in a file that is not there yet', async () => {
    assert.equal(await new QuoteStore(await quoteFile()).find('a'), undefined)
  })
})
