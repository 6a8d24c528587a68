// Writes what is made from the config's schema (src/config/schema/): the published JSON Schemas and the TypeScript types of
// the written form. `--check` writes nothing and fails where a file differs from what would be written.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { resultSchema } from './result-schema.mjs'
import { typesOf } from './schema-types.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const GENERATED = 'src/config/generated'

/** Node 20 cannot run TypeScript: the schema's modules are bundled first. */
async function load(path) {
  const file = join(root, 'node_modules', '.cache', 'certify', `${path.replaceAll('/', '-')}.mjs`)
  mkdirSync(dirname(file), { recursive: true })
  await build({
    entryPoints: [join(root, path)],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(file)
  }
}

const BANNER = '// Made by `npm run build:schema` from src/config/schema/. Do not edit.\n'

async function outputs() {
  const { CONFIG_SCHEMA, PROCESS } = await load('src/config/schema/index.ts')
  return {
    'schema/certification.schema.json': `${JSON.stringify(CONFIG_SCHEMA, null, 1)}\n`,
    'schema/result.schema.json': `${JSON.stringify(resultSchema(join(root, 'src/model/result.ts')), null, 1)}\n`,
    [`${GENERATED}/written.ts`]: BANNER + (await typesOf(CONFIG_SCHEMA, PROCESS)),
  }
}

const check = process.argv.includes('--check')
let differs = 0
for (const [path, text] of Object.entries(await outputs())) {
  const file = join(root, path)
  let old = null
  try {
    old = readFileSync(file, 'utf8')
  } catch {}
  if (old === text) continue
  differs++
  if (check) {
    console.error(`${path} is not what src/config/schema/ makes: run npm run build:schema`)
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    console.error(`wrote ${path}`)
  }
}
if (check && differs > 0) process.exitCode = 1
