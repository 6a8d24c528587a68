// `npm run bench`: measures what docs/performance.md promises, each figure beside its floor, and says where a goal is not met.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackAction } from './action.mjs'
import { isMet } from './goals.mjs'
import { nodeText } from './node.mjs'
import { readOptions } from './options.mjs'
import { READING_ROWS } from './reading.mjs'
import { SIZE_ROWS } from './sizes.mjs'
import { START_ROWS, TIMES_RUNS } from './start.mjs'
import { table } from './table.mjs'

const ROWS = [...START_ROWS, ...SIZE_ROWS, ...READING_ROWS]

async function bench(args) {
  const { json, only, runs } = readOptions(args)
  const wanted = ROWS.filter((row) => row.what.toLowerCase().includes(only.toLowerCase()))
  if (wanted.length === 0)
    throw new Error(`no row is called "${only}"; there are:\n${ROWS.map((row) => `  ${row.what}`).join('\n')}`)
  const on = `${nodeText()}, ${cpus().length} x ${cpus()[0]?.model ?? 'an unknown processor'}, medians of ${runs} interleaved runs (starts: ${TIMES_RUNS * runs})`
  const rows = await inFolder(async (folder) => {
    const action = unpackAction(folder)
    const done = []
    for (const row of wanted) {
      console.error(`${done.length + 1}/${wanted.length} ${row.what}`)
      done.push(await measured(row, { action, runs }))
    }
    return done
  })
  console.log(json ? JSON.stringify({ on, rows: rows.map(asJson) }, null, 2) : `${on}\n\n${table(rows)}`)
  if (rows.some((row) => row.problem !== undefined)) process.exitCode = 1
}

/** A row that cannot be measured says why, and the others go on. */
async function measured({ measure, ...row }, { action, runs }) {
  try {
    return { ...row, figures: await inFolder((folder) => measure({ folder, action, runs })) }
  } catch (error) {
    console.error(`${row.what}: ${error instanceof Error ? error.message : error}`)
    return { ...row, figures: {}, problem: 'NOT MEASURED, see above' }
  }
}

/** A folder of its own for `work`, gone afterwards, also where somebody stops the bench. */
async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'certify-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.on('exit', remove)
  try {
    return await work(folder)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function asJson(row) {
  return { ...row, met: row.problem === undefined ? isMet(row.figures, row.goals) : false }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))
try {
  await bench(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
