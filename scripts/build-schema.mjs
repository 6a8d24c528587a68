// Writes what is made from the config's schema (src/config/schema/) and from the types of the documents we write: the published
// JSON Schemas, the TypeScript types of the config's written form, and the validators. `--check` writes nothing and fails where a file differs from what would be written.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { schemaOf } from './result-schema.mjs'
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

/** What a string means is told in words by src/config: the validator leaves it alone, or a mistake would be named twice. */
function forValidator(node) {
  if (Array.isArray(node)) return node.map(forValidator)
  if (node === null || typeof node !== 'object') return node
  const meant = 'x-meaning' in node
  const notes = ['description', 'title', 'default', 'x-env', 'x-unit', 'x-meaning']
  const kept = Object.entries(node).filter(([key]) => !notes.includes(key) || typeof node[key] === 'object')
  const entries = kept.filter(([key]) => !(meant && (key === 'pattern' || key === 'format')))
  return Object.fromEntries(entries.map(([key, value]) => [key, key === 'enum' || key === 'const' ? value : forValidator(value)]))
}

/** The same shape written once: generated code is as long as the schema, and levels and gates repeat themselves. */
function deduplicated(schema) {
  const seen = new Map()
  const count = (node) => {
    if (node === null || typeof node !== 'object') return
    if (isSchema(node)) seen.set(JSON.stringify(node), (seen.get(JSON.stringify(node)) ?? 0) + 1)
    for (const value of Object.values(node)) count(value)
  }
  count(schema)
  const names = new Map()
  const defs = {}
  const share = (node, top) => {
    if (node === null || typeof node !== 'object') return node
    if (Array.isArray(node)) return node.map((item) => share(item, false))
    const key = JSON.stringify(node)
    if (!top && isSchema(node) && key.length > 30 && (seen.get(key) > 1 || key.length > 300)) {
      if (!names.has(key)) {
        names.set(key, `shared${names.size}`)
        defs[names.get(key)] = share(node, true)
      }
      return { $ref: `#/$defs/${names.get(key)}` }
    }
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, share(value, false)]))
  }
  const made = share(schema, true)
  return { ...made, $defs: { ...made.$defs, ...defs } }
}

function isSchema(node) {
  return !Array.isArray(node) && (typeof node.type === 'string' || Array.isArray(node.type)) && !('$defs' in node)
}

/**
 * Who reads the errors finds the broken rule by `instancePath`: what only repeats the schema would be half of the code. Nor is there
 * a keyword of our own that looks at the parent; and each error is added by one function, not by a line of its own.
 */
function lean(source) {
  const added =
    /const (err\d+) = (\{instancePath(?:(?!const err)[\s\S])*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}\s*else \{vErrors\.push\(\1\);\}/g
  return `${source
    .replace(/schemaPath:"[^"]*",/g, '')
    .replace(/params:\s*\{(?:type|allowedValues|pattern|allowedValue|failingKeyword):[^{}]*\}/g, 'params:{}')
    .replace(/,parentData(?::[^,]+)?,parentDataProperty(?::[^,]+)?,rootData,dynamicAnchors\}/g, '}')
    .replaceAll('instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}', 'instancePath=""}')
    .replace(added, (_, _name, one) => `vErrors = fault(vErrors, ${given(one)});`)}
function fault(found, instancePath, keyword, params = {}, propertyName = undefined) {
  const one = { instancePath, keyword, params, propertyName }
  if (found === null) return [one]
  found.push(one)
  return found
}`
}

/** The members of an error as arguments: their names would be a sixth of the code. */
function given(error) {
  const [, path, keyword, params, property] =
    /^\{instancePath(?::(.+))?,keyword:("\w+"),params:(\{.*?\})(?:,propertyName:(\w+))?\}$/s.exec(error)
  const known = [path ?? 'instancePath', keyword, params, property].filter((one) => one !== undefined)
  return (known.at(-1) === '{}' ? known.slice(0, -1) : known).join(', ')
}

/** `allErrors` is for documents that a person writes: of one from elsewhere the first error is enough, and there may be millions. */
async function validatorOf(schema, allErrors) {
  const ajv = new Ajv2020({
    allErrors,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    strict: true,
    strictRequired: false,
    validateFormats: false,
    code: { source: true, esm: true, optimize: 2 },
  })
  const source = lean(standaloneCode(ajv, ajv.compile(deduplicated(forValidator(schema)))))
  const bundled = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  })
  return bundled.outputFiles[0].text
}

const BANNER = '// Made by `npm run build:schema` from src/config/schema/. Do not edit.\n'
const OF_TYPES = '// Made by `npm run build:schema` from src/evidence/bundle/written.ts. Do not edit.\n'

const VALIDATOR_TYPES = `export interface SchemaError {
  propertyName?: string
  keyword: string
  instancePath: string
  params: { additionalProperty?: string; missingProperty?: string; propertyName?: string; limit?: number }
}

declare const validate: ((data: unknown) => boolean) & { errors?: SchemaError[] | null }
export default validate
`

async function outputs() {
  const { CONFIG_SCHEMA, PROCESS } = await load('src/config/schema/index.ts')
  const result = schemaOf(join(root, 'src/model/result.ts'), 'Result', 'certify result.json')
  const bundle = schemaOf(join(root, 'src/evidence/bundle/written.ts'), 'EvidenceBundle', 'certify evidence bundle')
  return {
    'schema/certification.schema.json': `${JSON.stringify(CONFIG_SCHEMA, null, 1)}\n`,
    'schema/result.schema.json': `${JSON.stringify(result, null, 1)}\n`,
    'schema/evidence-bundle.schema.json': `${JSON.stringify(bundle, null, 1)}\n`,
    'src/evidence/generated/bundle-validator.js': OF_TYPES + (await validatorOf(bundle, false)),
    'src/evidence/generated/bundle-validator.d.ts': OF_TYPES + VALIDATOR_TYPES,
    [`${GENERATED}/validator.js`]: BANNER + (await validatorOf(CONFIG_SCHEMA, true)),
    [`${GENERATED}/validator.d.ts`]: BANNER + VALIDATOR_TYPES,
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
    console.error(`${path} is not what its source makes: run npm run build:schema`)
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    console.error(`wrote ${path}`)
  }
}
if (check && differs > 0) process.exitCode = 1
