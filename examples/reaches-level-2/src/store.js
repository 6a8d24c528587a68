// Keeps quotes as JSON lines in one file, so that a quoted price can be looked up again.
import { appendFile, readFile } from 'node:fs/promises'

export class QuoteStore {
  constructor(file) {
    this.file = file
  }

  async add(quote) {
    await appendFile(this.file, `${JSON.stringify(quote)}\n`)
  }

  async find(id) {
    const lines = await readFile(this.file, 'utf8').catch(() => '')
    return lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .find((quote) => quote.id === id)
  }
}
