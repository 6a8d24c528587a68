// Starts the service: PORT, CARRIER_URL and QUOTES_FILE say where.
import { Carrier } from './carrier.js'
import { quoteServer } from './server.js'
import { QuoteStore } from './store.js'

const { PORT = '8080', CARRIER_URL = 'http://127.0.0.1:8081', QUOTES_FILE = 'quotes.jsonl' } = process.env

quoteServer({ store: new QuoteStore(QUOTES_FILE), carrier: new Carrier(CARRIER_URL) }).listen(Number(PORT), '127.0.0.1', () => {
  console.log(`quoting on http://127.0.0.1:${PORT}`)
})
