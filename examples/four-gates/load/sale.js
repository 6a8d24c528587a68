// Benchmark of the part without files and networks: pricing and counting seats. Writes a benchmark list for certify.
import { writeFile } from 'node:fs/promises'
import { freeSeats, priceOf } from '../src/seats.js'

const bookings = Array.from({ length: 300 }, (_, at) => ({ seats: 1 + (at % 4), cancelled: at % 7 === 0 }))
const RUNS = 2000

const times = Array.from({ length: RUNS }, () => {
  const start = performance.now()
  priceOf('circle', 12)
  freeSeats(1000, bookings)
  return performance.now() - start
}).sort((a, b) => a - b)

const list = [
  { name: 'sale.p50', unit: 'ms', value: times[RUNS / 2] },
  { name: 'sale.p95', unit: 'ms', value: times[RUNS * 0.95] },
]
await writeFile(process.argv[2], `${JSON.stringify(list, null, 2)}\n`)
