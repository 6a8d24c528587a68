// Starts the desk: PORT (0: any free one), PAYMENTS_URL, BOOKINGS_FILE and CAPACITY say where and how large.
import { Payments } from './payments.js'
import { deskServer } from './server.js'
import { BookingStore } from './store.js'

const { PORT = '8080', PAYMENTS_URL = 'http://127.0.0.1:8081', BOOKINGS_FILE = 'bookings.jsonl', CAPACITY = '300' } = process.env

const server = deskServer({
  store: new BookingStore(BOOKINGS_FILE),
  payments: new Payments(PAYMENTS_URL),
  capacity: Number(CAPACITY),
  log: console.log,
})
server.listen(Number(PORT), '127.0.0.1', () => console.log(`selling on http://127.0.0.1:${server.address().port}`))
