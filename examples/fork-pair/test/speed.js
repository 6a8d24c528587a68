// Benchmark of a long title. Writes a benchmark list for certify: `speed.js OUT`.
import { writeFile } from 'node:fs/promises'
import { slug } from '../src/slug.js'

const RUNS = 2000
const title = 'How to name a page so that people find it again: '.repeat(20)
const times = Array.from({ length: RUNS }, () => {
  const start = performance.now()
  slug(title)
  return performance.now() - start
}).sort((a, b) => a - b)

const list = [{ name: 'slug.p95', unit: 'ms', value: times[RUNS * 0.95] }]
await writeFile(process.argv[2], `${JSON.stringify(list, null, 2)}\n`)
