// Keeps bookings as JSON lines in one file; a line written later replaces an earlier one of the same id.
import { appendFile, readFile } from 'node:fs/promises'

export class BookingStore {
  constructor(file) {
    this.file = file
  }

  async put(booking) {
    await appendFile(this.file, `${JSON.stringify(booking)}\n`)
  }

  async all() {
    const text = await readFile(this.file, 'utf8').catch(() => '')
    const bookings = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
    return [...new Map(bookings.map((one) => [one.id, one])).values()]
  }

  async find(id) {
    return (await this.all()).find((one) => one.id === id)
  }
}
