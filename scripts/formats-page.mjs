// Writes what is made from the registry of formats: their part of docs/formats.md (a table, and what stands in the comment above each
// format), and the catalogue of what is known of a format before it is loaded. `--check` writes nothing and fails where either differs.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const catalogue = join(root, 'src/evidence/formats/generated/catalogue.ts')

/** What a module of the folder of formats exports. */
async function exportsOf(name) {
  const outfile = join(root, `node_modules/.cache/certify/formats-${name}.mjs`)
  mkdirSync(dirname(outfile), { recursive: true })
  const entry = join(root, `src/evidence/formats/${name}.ts`)
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
  try {
    return await import(pathToFileURL(outfile).href)
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

function pageOf(all) {
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

async function catalogueOf(all) {
  const lists = Object.fromEntries(
    await Promise.all(
      ['json', 'text', 'xml'].map(async (name) => [name, Object.values(await exportsOf(name)).map(({ id }) => id)]),
    ),
  )
  const rows = all.map(({ id, kind, discovers }) => {
    const beginning = Object.keys(lists).find((name) => lists[name].includes(id))
    return `  ${JSON.stringify({ id, kind, beginning, discovers })},`
  })
  return `// Made by \`npm run build:formats\` from the formats. Do not edit.
import type { NamedFormat } from '../catalogue.ts'

export const CATALOGUE: readonly NamedFormat[] = [
${rows.join('\n')}
]
`
}

const { FORMATS } = await exportsOf('index')
const [head, rest] = readFileSync(page, 'utf8').split(START)
const made = { [page]: head + pageOf(FORMATS) + rest.split(END)[1], [catalogue]: await catalogueOf(FORMATS) }
for (const [path, text] of Object.entries(made)) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`${path.slice(root.length)} is not what the formats say: run npm run build:formats`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
