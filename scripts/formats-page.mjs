// Writes the formats' part of docs/formats.md from the registry: a table, and what stands in the comment above each format.
// `--check` writes nothing and fails where the page differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { markdownTable } from 'markdown-table'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/formats.md')
const [START, END] = ['<!-- formats: made by npm run build:formats -->', '<!-- formats: end -->']

const KINDS = {
  coverage: 'Coverage',
  tests: 'Tests',
  performance: 'Performance',
  reliability: 'Reliability',
  security: 'Security',
  documentation: 'Documentation',
  apidocs: 'Apidocs',
  checklist: 'Checklists',
}

async function formats() {
  const outfile = join(root, 'node_modules/.cache/certify/formats.mjs')
  mkdirSync(dirname(outfile), { recursive: true })
  const entry = join(root, 'src/evidence/formats/index.ts')
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
  try {
    return (await import(pathToFileURL(outfile).href)).FORMATS
  } finally {
    rmSync(outfile)
  }
}

/** Id of each format to the comment above it. */
function comments() {
  const folder = join(root, 'src/evidence/formats')
  const found = new Map()
  for (const entry of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'))) {
    const code = readFileSync(join(folder, entry), 'utf8')
    const above = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+: Format<[^>]*> = \{\s*id: '([^']+)'/.exec(code)
    if (above) found.set(above[2], above[1].replace(/^ \* ?/gm, '').trim())
  }
  return found
}

async function written() {
  const all = await formats()
  const said = comments()
  const rows = []
  const sections = []
  for (const [kind, name] of Object.entries(KINDS)) {
    const own = all
      .filter((format) => format.kind === kind)
      .sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1))
    for (const { id, title, discovers, producers } of own) {
      const text = said.get(id)
      if (text === undefined) throw new Error(`the format ${id} has no comment above it that says what is read and how it counts`)
      rows.push([title, `\`${id}\``, name.toLowerCase(), discovers.map((glob) => `\`${glob}\``).join(' ')])
      sections.push(`## ${title}: \`${id}\`\nWritten by ${producers.join(', ')}.\n${text}\n`)
    }
  }
  const table = markdownTable([['format', '`format:`', 'kind', 'found as'], ...rows])
  return `${START}\n\n${table}\n\n${sections.join('\n')}\n${END}`
}

const before = readFileSync(page, 'utf8')
const [head, rest] = before.split(START)
const after = head + (await written()) + rest.split(END)[1]
if (!process.argv.includes('--check')) writeFileSync(page, after)
else if (after !== before) {
  console.error('docs/formats.md is not what the formats say: run npm run build:formats')
  process.exitCode = 1
}
