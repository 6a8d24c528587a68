import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BookingStore } from '../../src/store.js'
import { bookingsFile } from '../neighbours.js'

describe('database of bookings', () => {
  it('gives back what was written, also after a restart', async () => {
    const file = await bookingsFile()
    await new BookingStore(file).put({ id: 'a', seats: 2, cancelled: false })
    await new BookingStore(file).put({ id: 'a', seats: 2, cancelled: true })
    assert.deepEqual(await new BookingStore(file).find('a'), { id: 'a', seats: 2, cancelled: true })
    assert.equal((await new BookingStore(file).all()).length, 1)
  })

  it('is empty before the first booking', async () => {
    assert.deepEqual(await new BookingStore(await bookingsFile()).all(), [])
  })
})
