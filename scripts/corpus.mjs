// Reads the corpus of real reports, where it is there, and says where we differ from what is expected of each row.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { supportModule } from './support-module.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = resolve(process.env.CERTIFY_CORPUS ?? join(root, '..', 'shared', 'corpus'))
const { compareRow, explainedIn, rowsOf, verdictOf } = await supportModule('__tests__/support/corpus.ts')
const explained = explainedIn(readFileSync(join(root, 'docs/formats.md'), 'utf8'))
process.exitCode = report(rowsOf(folder)) ? 0 : 1

/** Prints what was found; whether it is good enough. */
function report(rows) {
  if (rows === null) {
    console.log('No corpus beside this repository (CERTIFY_CORPUS names its folder): 0 rows read.')
    return true
  }
  const formats = new Map()
  const differing = []
  for (const row of rows) {
    const count = formats.get(row.format) ?? { rows: 0, agreeing: 0, explained: 0 }
    formats.set(row.format, count)
    count.rows++
    const { differences } = compareRow(folder, row)
    if (differences.length === 0) count.agreeing++
    else {
      if (explained.has(row.path)) count.explained++
      differing.push({ row, differences })
    }
  }
  for (const [format, count] of [...formats].sort()) {
    const open = count.rows - count.agreeing - count.explained
    console.log(
      `${format.padEnd(18)} ${String(count.rows).padStart(4)} rows ${String(count.agreeing).padStart(4)} agree${count.explained ? `, ${count.explained} explained` : ''}${open ? `, ${open} DIFFER` : ''}`,
    )
  }
  const verdict = verdictOf({
    rows: rows.length,
    agreeing: rows.length - differing.length,
    explained: differing.filter(({ row }) => explained.has(row.path)).length,
  })
  console.log(`${rows.length} rows in ${formats.size} formats: ${verdict.text}`)
  for (const { row, differences } of differing) {
    console.log(`${explained.has(row.path) ? 'explained' : 'DIFFERS'}  ${row.path}`)
    for (const difference of differences) console.log(`    ${difference}`)
  }
  return verdict.ok
}
