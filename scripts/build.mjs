// Builds dist/: main.js and cli.js, the programs that they load and lazy chunks, minified; stamps the workflows. `--check` builds aside and fails where either differs.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { startBytes } from './eager-bytes.mjs'
import { joinChunks } from './join-chunks.mjs'
import { driftedWorkflows, writeWorkflows } from './workflows.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

/** CommonJS dependencies ask for Node's own modules, and for nothing else: there is nothing beside dist/. */
const REQUIRE =
  "const require = (id) => { const found = process.getBuiltinModule(id); if (found === undefined) throw Object.assign(new Error('Cannot find module ' + id), { code: 'MODULE_NOT_FOUND' }); return found };"

/**
 * The toolkit's core loads an HTTP client (400 KB) for OpenID tokens alone. It stays, in a chunk that only they load.
 * Measured: it is more than half of an otherwise light start (docs/decisions/0004-bundle.md).
 */
const lazyOidc = {
  name: 'lazy-oidc',
  setup(builder) {
    builder.onLoad({ filter: /@actions\/core\/lib\/oidc-utils\.js$/ }, ({ path, suffix }) =>
      suffix === '?real'
        ? undefined
        : {
            contents: `export class OidcClient { static async getIDToken(audience) { return (await import(${JSON.stringify(`${path}?real`)})).OidcClient.getIDToken(audience) } }`,
            loader: 'js',
          },
    )
  },
}

/**
 * undici (417 KB, 39 ms) is what the toolkit talks through when a proxy is set. Both its users take a dispatcher at once and
 * fetch later, so the dispatcher is a promise-to-be until the first fetch loads the real one in a chunk of its own.
 */
const lazyUndici = {
  name: 'lazy-undici',
  setup(builder) {
    builder.onResolve({ filter: /^undici$/ }, ({ namespace, kind }) =>
      namespace === 'lazy-undici' && kind === 'dynamic-import' ? undefined : { path: 'undici', namespace: 'lazy-undici' },
    )
    builder.onLoad({ filter: /.*/, namespace: 'lazy-undici' }, () => ({
      resolveDir: process.cwd(),
      loader: 'js',
      contents: `
        // A CommonJS module: bundled, it is its own default export.
        const load = async () => (await import('undici')).default
        export class ProxyAgent {
          constructor(options) { this.options = options }
          real() { return (this.agent ??= load().then((undici) => new undici.ProxyAgent(this.options))) }
        }
        export async function fetch(url, options = {}) {
          const { fetch } = await load()
          const { dispatcher } = options
          return fetch(url, dispatcher instanceof ProxyAgent ? { ...options, dispatcher: await dispatcher.real() } : options)
        }`,
    }))
  },
}

/** Of the toolkit's GitHub package our start takes the context alone: its client brings proxies, TLS and 40 KB that no start needs. */
const contextAlone = {
  name: 'context-alone',
  setup(builder) {
    builder.onResolve({ filter: /^@actions\/github$/ }, ({ importer }) =>
      /src\/adapters\/github\/toolkit-context\.ts$/.test(importer) ? { path: 'context', namespace: 'context-alone' } : undefined,
    )
    // Named without a folder of this machine: what a chunk is called must not rest on where it was built.
    builder.onLoad({ filter: /.*/, namespace: 'context-alone' }, () => ({
      contents: "import { Context } from './node_modules/@actions/github/lib/context.js'; export const context = new Context()",
      loader: 'js',
      resolveDir: process.cwd(),
    }))
  },
}

/**
 * Of the toolkit's core our start takes inputs, outputs and commands. Its summary builds HTML, its platform starts programs, both over
 * asynchronous files: 5 ms of a start that nobody asks for.
 */
const coreAlone = {
  name: 'core-alone',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/(?:summary|platform)\.js$/ }, ({ importer, resolveDir, path }) =>
      /@actions\/core\/lib\/core\.js$/.test(importer) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    )
  },
}

/** The client that fetches Sigstore's roots could decode other charsets, by an optional dependency of half a megabyte that nobody asks. */
const noCharsets = {
  name: 'no-charsets',
  setup(builder) {
    builder.onResolve({ filter: /^iconv-lite$/ }, () => ({ path: 'iconv-lite', namespace: 'no-charsets' }))
    builder.onLoad({ filter: /.*/, namespace: 'no-charsets' }, () => ({ loader: 'js', contents: 'module.exports = {}' }))
  },
}

/** Of GitHub's thousand endpoints the table keeps those that are asked for: 80 KB that every start would read. */
const askedEndpoints = {
  name: 'asked-endpoints',
  setup(builder) {
    builder.onLoad({ filter: /plugin-rest-endpoint-methods\/dist-src\/generated\/endpoints\.js$/ }, async ({ path }) => {
      const { default: all } = await import(path)
      const asked = {}
      for (const folder of ['src', 'node_modules/@actions/artifact/lib'])
        for (const file of readdirSync(folder, { recursive: true })
          .filter((name) => /\.[jt]s$/.test(name))
          .sort())
          for (const [, scope, name] of readFileSync(join(folder, file), 'utf8').matchAll(/\.rest\.(\w+)\.(\w+)/g)) {
            if (all[scope]?.[name] === undefined) throw new Error(`${folder}/${file}: GitHub has no rest.${scope}.${name}`)
            asked[scope] = { ...asked[scope], [name]: all[scope][name] }
          }
      return { contents: `export default ${JSON.stringify(asked)}`, loader: 'js' }
    })
  },
}

/** Most chunks call no `require`; joined, each would carry one of its own. */
function needed(code) {
  const bare = code.replace(`${REQUIRE}\n`, '')
  return /\brequire\b/.test(bare) ? code : bare
}

/** What is started, in ES modules of their own, and the programs that they load. */
const ENTRIES = { main: 'src/main.ts', cli: 'src/cli.ts', certify: 'src/define.ts' }
const PROGRAMS = { step: 'src/compose/step.ts', 'command-line': 'src/compose/command-line.ts' }

const OPTIONS = {
  outdir: '/',
  write: false,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
}

/** A program is a CommonJS chunk: required, it loads without a look through its text for what it exports. */
const requiredPrograms = {
  name: 'required-programs',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/compose\// }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: basename(path, '.ts'), namespace: 'required' } : undefined,
    )
    builder.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => {
      const exported = path.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
      const required = `process.getBuiltinModule('node:module').createRequire(import.meta.url)('./chunks/${path}.cjs')`
      return { contents: `export const { ${exported} } = ${required}`, loader: 'js' }
    })
  },
}

/** Bundles everything into `outdir`, with the types of `defineCertification` beside it. The files that were written: name and code. */
async function bundle(outdir) {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: PROGRAMS,
    splitting: true,
    chunkNames: '[name]-[hash]',
    define: { CERTIFY_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE },
    plugins: [lazyOidc, lazyUndici, contextAlone, coreAlone, noCharsets, askedEndpoints],
  })
  const files = Object.fromEntries(outputFiles.map(({ path, text }) => [path.slice(1), needed(text)]))
  const groups = {
    core: 'step',
    policy: 'resolve',
    evidence: 'gather',
    text: 'text',
    xml: 'xml',
    json: 'json',
    event: 'toolkit-context',
  }
  const chunks = await joinChunks(files, Object.keys(PROGRAMS), groups, { evidence: ['text', 'xml', 'json'] })
  const entries = await build({ ...OPTIONS, entryPoints: ENTRIES, plugins: [requiredPrograms] })
  const written = [
    ...chunks.map(({ fileName, code }) => ({ name: fileName, code })),
    ...entries.outputFiles.map(({ path, text }) => ({ name: path.slice(1), code: text })),
  ]
  mkdirSync(join(outdir, 'chunks'), { recursive: true })
  for (const { name, code } of written) writeFileSync(join(outdir, name), code)
  const types = readFileSync('src/config/generated/written.ts', 'utf8')
  const define = 'export declare function defineCertification(config: CertificationFile): CertificationFile\n'
  writeFileSync(join(outdir, 'certify.d.ts'), `${types}\n${define}`)
  return written
}

function digests(folder) {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}

if (process.argv.includes('--check')) {
  const aside = mkdtempSync(join(tmpdir(), 'certify-dist-'))
  await bundle(aside)
  const [fresh, committed] = [digests(aside), digests('dist')]
  rmSync(aside, { recursive: true })
  const differing = [...new Set([...Object.keys(fresh), ...Object.keys(committed)])].filter(
    (file) => fresh[file] !== committed[file],
  )
  if (differing.length > 0) {
    console.error(`dist/ is not what src/ builds: ${differing.join(', ')}\nrun npm run build and commit dist/`)
    process.exit(1)
  }
  const drifted = driftedWorkflows()
  if (drifted.length > 0) {
    console.error(`not what workflows/ makes: ${drifted.join(', ')}\nrun npm run build and commit .github/workflows/`)
    process.exit(1)
  }
  console.log('dist/ is what src/ builds, .github/workflows/ what workflows/ makes')
} else {
  rmSync('dist', { recursive: true, force: true })
  const written = await bundle('dist')
  writeWorkflows()
  const kb = (bytes) => `${Math.round(bytes / 1024)} KB`
  const all = written.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0)
  console.log(`dist/: ${written.length} files, ${kb(all)}; a start loads ${kb(startBytes())} at once`)
}
