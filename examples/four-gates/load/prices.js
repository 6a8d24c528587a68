// Load test: several callers ask the running program for prices, some thousand times: `prices.js OUT LOG`. Writes a benchmark
// list for certify, and what the program logged meanwhile.
import { writeFile } from 'node:fs/promises'
import { started } from '../test/system/running.js'

const [out, log] = process.argv.slice(2)
const CALLERS = 8
const REQUESTS = 4000

const system = await started()
const times = []
let [sent, good] = [0, 0]

async function caller() {
  while (sent < REQUESTS) {
    sent += 1
    const start = performance.now()
    const { status } = await system.ask('GET', '/prices?block=stalls&seats=2').catch(() => ({ status: 0 }))
    times.push(performance.now() - start)
    if (status === 200) good += 1
  }
}

const begun = performance.now()
await Promise.all(Array.from({ length: CALLERS }, caller))
const seconds = (performance.now() - begun) / 1000
await system.stop()

times.sort((a, b) => a - b)
const percentile = (share) => times[Math.floor(times.length * share)]
const list = [
  { name: 'prices.p50', unit: 'ms', value: percentile(0.5) },
  { name: 'prices.p95', unit: 'ms', value: percentile(0.95) },
  { name: 'prices.throughput', unit: 'req/s', value: times.length / seconds },
  { name: 'prices.good', unit: 'events', value: good },
  { name: 'prices.total', unit: 'events', value: times.length },
]
await writeFile(log, system.logged())
await writeFile(out, `${JSON.stringify(list, null, 2)}\n`)
