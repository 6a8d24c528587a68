// `npm run bench`: measures what docs/performance.md promises, each figure beside its floor, and says where a goal is not met.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMet } from './goals.mjs'
import { nodeText } from './node.mjs'
import { readOptions } from './options.mjs'
import { SIZE_ROWS } from './sizes.mjs'
import { START_ROWS } from './start.mjs'
import { table } from './table.mjs'

const ROWS = [...START_ROWS, ...SIZE_ROWS]

async function bench(args) {
  const { json, only, runs } = readOptions(args)
  const wanted = ROWS.filter((row) => row.what.toLowerCase().includes(only.toLowerCase()))
  if (wanted.length === 0)
    throw new Error(`no row is called "${only}"; there are:\n${ROWS.map((row) => `  ${row.what}`).join('\n')}`)
  const on = `${nodeText()}, ${cpus().length} x ${cpus()[0]?.model ?? 'an unknown processor'}, medians of ${runs} interleaved runs`
  const rows = []
  for (const row of wanted) {
    console.error(`${rows.length + 1}/${wanted.length} ${row.what}`)
    rows.push(await measured(row, runs))
  }
  console.log(json ? JSON.stringify({ on, rows: rows.map(asJson) }, null, 2) : `${on}\n\n${table(rows)}`)
  if (rows.some((row) => row.problem !== undefined)) process.exitCode = 1
}

/** Each row has a folder of its own, gone afterwards. A row that cannot be measured says why, and the others go on. */
async function measured({ measure, ...row }, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'certify-bench-'))
  try {
    return { ...row, figures: await measure({ folder, runs }) }
  } catch (error) {
    console.error(error)
    return { ...row, figures: {}, problem: 'NOT MEASURED, see above' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function asJson(row) {
  return { ...row, met: row.problem === undefined ? isMet(row.figures, row.goals) : false }
}

try {
  await bench(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
