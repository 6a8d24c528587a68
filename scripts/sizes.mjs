// Writes the sizes of dist/ as a benchmark report, for certify's own certification (docs/performance goals).
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Bytes that starting a module loads: itself and all it imports statically from dist/. */
function eager(file, seen = new Set()) {
  if (seen.has(file)) return 0
  seen.add(file)
  const code = readFileSync(file, 'utf8')
  const imports = [...code.matchAll(/(?:^|[;}\s])(?:import|export)[^;"'()]*?["'](\.[^"']+\.js)["']/g)].map((m) =>
    resolve(dirname(file), m[1]),
  )
  return statSync(file).size + imports.reduce((sum, next) => sum + eager(next, seen), 0)
}

const all = readdirSync('dist', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

const report = [
  { name: 'entry chunk', unit: 'kB', value: eager(resolve('dist/main.js')) / 1000 },
  { name: 'all of dist', unit: 'kB', value: all / 1000 },
]
mkdirSync('reports', { recursive: true })
writeFileSync('reports/sizes.json', `${JSON.stringify(report, null, 2)}\n`)
for (const { name, value, unit } of report) console.log(`${name}: ${Math.round(value)} ${unit}`)
