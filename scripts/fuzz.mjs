// `npm run fuzz`: mutates reports of every format, bundles and archives, and has them read, until so many bytes have been through. What must not be
// (an exception, unsound facts, a rejection without a word, a second for a small file) is kept as a file and ends with 1.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { supportModule } from './support-module.mjs'

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const [wanted, seed] = [Number(values.bytes), Number(values.seed)]
if (!Number.isInteger(wanted) || wanted <= 0 || !Number.isInteger(seed)) {
  console.error('usage: npm run fuzz -- [--bytes N] [--seed N] [--only FORMAT]')
  process.exit(2)
}

/** Longest that a file below 1 MiB may take. */
const SLOW_MS = 1000

const { containers, randomFrom, seeds, trial } = await supportModule('__tests__/support/fuzz.ts')
const all = [...seeds(values.only), ...containers(values.only)]
if (all.length === 0) {
  console.error(`there is no format ${values.only}: docs/formats.md lists them`)
  process.exit(2)
}
const others = seeds()
  .flatMap(({ fixtures }) => fixtures.map((one) => one.bytes))
  .filter((bytes) => bytes.length < 20_000)
const random = randomFrom(seed)
const rows = new Map(all.map(({ format }) => [format.id, { inputs: 0, accepted: 0, slowest: 0 }]))
const findings = []
let bytes = 0
let folder = null
for (let turn = 0; bytes < wanted; turn++) {
  const one = all[turn % all.length]
  const row = rows.get(one.format.id)
  const before = performance.now()
  const ended = trial(one, others, random)
  const ms = performance.now() - before
  bytes += ended.bytes.length
  row.inputs++
  if (ended.accepted) row.accepted++
  row.slowest = Math.max(row.slowest, ms)
  const finding = ended.finding ?? (ms > SLOW_MS && ended.bytes.length < 2 ** 20 ? `took ${Math.round(ms)} ms` : null)
  if (finding === null) continue
  folder ??= mkdtempSync(join(tmpdir(), 'certify-fuzz-'))
  const file = join(folder, `${one.format.id}-${turn}`)
  writeFileSync(file, ended.bytes)
  findings.push(`${one.format.id}: ${finding}\n  ${file}`)
}

for (const [id, { inputs, accepted, slowest }] of rows)
  console.log(
    `${id.padEnd(24)} ${String(inputs).padStart(6)} inputs, ${String(accepted).padStart(6)} read, slowest ${slowest.toFixed(1)} ms`,
  )
const inputs = [...rows.values()].reduce((sum, row) => sum + row.inputs, 0)
const peak = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(
  `${bytes} bytes in ${inputs} inputs of ${rows.size} formats, seed ${seed}, peak ${peak} MiB: ${findings.length} findings`,
)
for (const finding of findings.slice(0, 50)) console.log(finding)
process.exitCode = findings.length > 0 ? 1 : 0
