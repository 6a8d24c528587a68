// Reads the corpus of real reports, where it is there, and says where we differ from what is expected of each row.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { supportModule } from './support-module.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = resolve(process.env.CERTIFY_CORPUS ?? join(root, '..', 'shared', 'corpus'))
const { compareRow, explainedIn, rowsOf } = await supportModule('__tests__/support/corpus.ts')
const explained = explainedIn(readFileSync(join(root, 'docs/formats.md'), 'utf8'))
process.exitCode = report(rowsOf(folder), compareRow, explained) ? 1 : 0

function report(rows, compareRow, explained) {
  if (rows === null) {
    console.log('No corpus beside this repository (CERTIFY_CORPUS names its folder): 0 rows read.')
    return false
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
  const open = differing.filter(({ row }) => !explained.has(row.path))
  console.log(
    `${rows.length} rows in ${formats.size} formats: ${rows.length - differing.length} agree, ${differing.length - open.length} explained in docs/formats.md, ${open.length} differ.`,
  )
  for (const { row, differences } of differing) {
    console.log(`${explained.has(row.path) ? 'explained' : 'DIFFERS'}  ${row.path}`)
    for (const difference of differences) console.log(`    ${difference}`)
  }
  return open.length > 0
}
