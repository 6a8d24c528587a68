// The reusable workflows, stamped: workflows/ is what people edit, .github/workflows/ is where GitHub looks for what it calls.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCE = 'workflows'
const TARGET = '.github/workflows'
const PLACEHOLDER = 'OWNER/certify@VERSION'

/** Each released workflow's path and text, naming the action in this very version (decision 36). */
function stamped() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  return readdirSync(SOURCE)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => {
      const text = readFileSync(join(SOURCE, name), 'utf8')
      const head = `# Made from ${SOURCE}/${name} by \`npm run build\`: change that file, not this one.\n`
      return [join(TARGET, name), head + text.replaceAll(PLACEHOLDER, `OWNER/certify@v${version}`)]
    })
}

/** Copies that are not what the sources make; a copy whose source is gone is one of them. */
export function driftedWorkflows() {
  const wanted = new Map(stamped())
  const made = readdirSync(TARGET)
    .map((name) => join(TARGET, name))
    .filter((path) => /^# Made from /.test(readFileSync(path, 'utf8')))
  return [...new Set([...wanted.keys(), ...made])].filter(
    (path) => !existsSync(path) || readFileSync(path, 'utf8') !== wanted.get(path),
  )
}

export function writeWorkflows() {
  mkdirSync(TARGET, { recursive: true })
  for (const [path, text] of stamped()) writeFileSync(path, text)
}
