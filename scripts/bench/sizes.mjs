// Rows about what is shipped, as scripts/sizes.mjs weighs it: it is run where dist/ was unpacked, and leaves its report there.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const SIZE_ROWS = [
  sizeRow('code of a start', 'entry chunk', { kB: 500 }),
  sizeRow('all code of dist/', 'all of dist', { kB: 4000 }),
]

function sizeRow(what, name, goals) {
  return {
    what,
    input: 'dist/',
    goals,
    measure: async ({ action }) => {
      execFileSync(process.execPath, [resolve('scripts/sizes.mjs')], { cwd: action })
      const report = JSON.parse(readFileSync(join(action, 'reports/sizes.json'), 'utf8'))
      return { kB: report.find((one) => one.name === name).value }
    },
  }
}
