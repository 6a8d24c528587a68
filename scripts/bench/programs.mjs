// Runs whole programs: interleaved for time, and once more each for the peak of memory.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { NODE } from './node.mjs'
import { median } from './statistics.mjs'

const PEAK = resolve('scripts/bench/peak.cjs')
const KEPT = 4000

/**
 * A program: `args` of Node, `env` (empty unless given: a set NODE_EXTRA_CA_CERTS alone costs 30 ms), `cwd`, and `before`,
 * which makes ready what each run needs and takes no part in its time.
 */
export async function run({ args, env = {}, cwd, before }, extra = {}) {
  before?.()
  const begun = performance.now()
  const child = spawn(NODE, args, { cwd, env: { ...env, ...extra.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said = (said + text).slice(-KEPT)
    })
  const exit = await new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', done)
  })
  const seconds = (performance.now() - begun) / 1000
  if (exit !== 0) throw new Error(`ended with ${exit}: ${args.join(' ').slice(0, 200)}\n${said}`)
  return seconds
}

/** What it writes to stdout, however it ends. */
export function outputOf({ args, env = {}, cwd }) {
  return spawnSync(NODE, args, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout
}

/** Medians by name. All are run in turns: whatever slows the machine slows all of them. The first turn warms and is not counted. */
export async function inTurns(programs, runs) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  for (let turn = 0; turn <= runs; turn += 1)
    for (const [name, program] of Object.entries(programs)) {
      const seconds = await run(program)
      if (turn > 0) times[name].push(seconds)
    }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
}

/** MiB at the peak of a run of its own. */
export async function peakOf(program, folder) {
  const file = join(folder, 'peak')
  await run({ ...program, args: ['--require', PEAK, ...program.args] }, { env: { BENCH_PEAK_FILE: file } })
  const kibibytes = Number(readFileSync(file, 'utf8'))
  rmSync(file)
  return kibibytes / 1024
}
