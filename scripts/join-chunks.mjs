// Joins the many small chunks of a split build: finding, reading and linking each costs a start as much as 40 KB of code.
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { rollup } from '@rollup/wasm-node'

/** What esbuild puts after the name of a chunk. */
const HASH = /-[A-Z0-9]{8}$/

/**
 * `files`: path to code, as esbuild wrote them. For each of `groups` (chunk name to a module's name without its hash) all that
 * the module loads at once becomes one chunk, unless an earlier group has it; what more than one of the groups named in `shared` loads
 * is in the chunk that they are named for. What is named in `alone` joins nothing. The rest stays as it is. The joined files.
 */
export async function joinChunks(files, entries, { groups, shared, alone }) {
  const joined = await rollup({
    input: Object.fromEntries(entries.map((name) => [name, `${name}.js`])),
    external: (id) => !id.endsWith('.js'),
    treeshake: false,
    plugins: [
      {
        name: 'files',
        resolveId: (id, from) => (id.endsWith('.js') ? join(from === undefined ? '' : dirname(from), id) : null),
        load: (id) => files[id] ?? null,
      },
    ],
  })
  const group = new Map()
  const { output } = await joined.generate({
    format: 'es',
    compact: true,
    plugins: [closedBuiltins, asciiAlone],
    hoistTransitiveImports: false,
    entryFileNames: '[name].js',
    // The folder is released as a whole: a name needs no hash, and a rebuild renames nothing.
    chunkFileNames: ({ name }) => `chunks/${name.replace(HASH, '')}.js`,
    manualChunks(id, { getModuleInfo }) {
      if (group.size === 0)
        for (const [chunk, name] of Object.entries(groups)) {
          for (const file of loadedBy(name, files, getModuleInfo)) if (!group.has(file)) group.set(file, chunk)
          const all = (shared[chunk] ?? []).map((other) => loadedBy(other, files, getModuleInfo))
          for (const file of all.flatMap((one) => [...one]))
            if (!group.has(file) && all.filter((one) => one.has(file)).length > 1) group.set(file, chunk)
        }
      return [...entries, ...alone].includes(nameOf(id)) ? undefined : group.get(id)
    },
  })
  await joined.close()
  return output
}

/**
 * An ES import of a module of Node's reads each of its exports, also the getters behind which Node keeps what few need: the
 * promises of node:fs with a whole readline, WebCrypto, undici behind node:http (40 ms). Asked for as an object, they stay closed.
 */
const closedBuiltins = {
  name: 'closed-builtins',
  renderChunk(code) {
    const imports = this.parse(code).body.filter((node) => node.type === 'ImportDeclaration' && isBuiltin(node.source.value))
    return imports.reduceRight((text, { start, end, source, specifiers }) => {
      const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier').map(({ local }) => local.name)
      const parts = specifiers
        .filter(({ type }) => type === 'ImportSpecifier')
        .map(({ imported, local }) => (imported.name === local.name ? local.name : `${imported.name}:${local.name}`))
      const names = [...whole, ...(parts.length > 0 ? [`{${parts}}`] : [])]
      const asked = names.map((name) => `${name}=process.getBuiltinModule(${JSON.stringify(source.value)})`)
      return `${text.slice(0, start)}${asked.length > 0 ? `const ${asked};` : ''}${text.slice(end)}`
    }, code)
  },
}

/** A letter beyond Latin-1 doubles what the text of a whole chunk holds in memory. What esbuild leaves stands in regular expressions and templates. */
const asciiAlone = {
  name: 'ascii-alone',
  renderChunk: (code) => code.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
}

function nameOf(file) {
  return file.slice(0, -'.js'.length).replace(HASH, '')
}

/** Paths of what the module of this name loads at once, itself included. */
function loadedBy(name, files, getModuleInfo) {
  const found = new Set()
  const enter = (id) => {
    const module = getModuleInfo(id)
    if (found.has(id) || module === null || module.isExternal) return
    found.add(id)
    module.importedIds.forEach(enter)
  }
  Object.keys(files)
    .filter((file) => nameOf(file) === name)
    .forEach(enter)
  return found
}
