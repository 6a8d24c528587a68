// Writes the sizes of dist/ as a benchmark report, for certify's own certification (docs/performance goals).
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startBytes } from './eager-bytes.mjs'

const all = readdirSync('dist', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.c?js$/.test(entry.name))
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

const report = [
  { name: 'entry chunk', unit: 'kB', value: startBytes() / 1000 },
  { name: 'all of dist', unit: 'kB', value: all / 1000 },
]
mkdirSync('reports', { recursive: true })
writeFileSync('reports/sizes.json', `${JSON.stringify(report, null, 2)}\n`)
for (const { name, value, unit } of report) console.log(`${name}: ${Math.round(value)} ${unit}`)
