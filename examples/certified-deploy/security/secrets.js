// Looks for credentials in files and folders with secretlint and writes SARIF: `secrets.js NAME OUT PATH...`. certify judges what it finds.
import { readdirSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createEngine } from '@secretlint/node'

const [name, out, ...paths] = process.argv.slice(2)

const filesOf = (path) =>
  statSync(path).isFile()
    ? [resolve(path)]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => resolve(join(entry.parentPath, entry.name)))

const engine = await createEngine({
  formatter: '@secretlint/secretlint-formatter-sarif',
  color: false,
  configFileJSON: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] },
})
const { output } = await engine.executeOnFiles({ filePathList: paths.flatMap(filesOf) })
const sarif = JSON.parse(output)
// Two scans that found nothing would be the same bytes, and certify counts the same bytes once.
for (const run of sarif.runs) run.automationDetails = { id: `secrets/${name}/` }
await writeFile(out, `${JSON.stringify(sarif, null, 2)}\n`)
