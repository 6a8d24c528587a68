// Benchmark of a day's tickets. Writes a benchmark list for certify.
import { writeFile } from 'node:fs/promises'
import { dayTicket } from '../src/fare.js'

const RUNS = 2000
const rides = Array.from({ length: 40 }, (_, at) => 1 + (at % 6))

const times = Array.from({ length: RUNS }, () => {
  const start = performance.now()
  dayTicket(rides)
  return performance.now() - start
}).sort((a, b) => a - b)

const list = [{ name: 'day.p95', unit: 'ms', value: times[RUNS * 0.95] }]
await writeFile(process.argv[2], `${JSON.stringify(list, null, 2)}\n`)
