// Joins the many small chunks of a split build: finding, reading and linking each costs a start as much as 40 KB of code.
import { dirname, join } from 'node:path'
import { rollup } from '@rollup/wasm-node'

/** What esbuild puts after the name of a chunk. */
const HASH = /-[A-Z0-9]{8}$/

/**
 * `files`: path to code, as esbuild wrote them, with the `programs` among them. For each of `groups` (chunk name to a module's name without
 * its hash) all that the module loads at once becomes one chunk, unless an earlier group has it; what more than one of the groups
 * named in `shared` loads is in the chunk that they are named for. The rest stays as it is. The joined files, as CommonJS:
 * Node reads each as a text, where for an ES module it holds the bytes too.
 */
export async function joinChunks(files, programs, groups, shared) {
  const joined = await rollup({
    input: Object.fromEntries(programs.map((name) => [name, `${name}.js`])),
    external: (id) => !id.endsWith('.js'),
    treeshake: false,
    plugins: [
      {
        name: 'files',
        resolveId: (id, from) => (id.endsWith('.js') ? join(from === undefined ? '' : dirname(from), id) : null),
        load: (id) => (files[id] === undefined ? null : wholeBuiltins(files[id])),
      },
    ],
  })
  const group = new Map()
  const { output } = await joined.generate({
    format: 'cjs',
    compact: true,
    exports: 'named',
    esModule: false,
    externalLiveBindings: false,
    freeze: false,
    interop: 'default',
    generatedCode: { constBindings: true, arrowFunctions: true },
    plugins: [asciiAlone],
    hoistTransitiveImports: false,
    entryFileNames: 'chunks/[name].cjs',
    // The folder is released as a whole: a name needs no hash, and a rebuild renames nothing.
    chunkFileNames: ({ name }) => `chunks/${name.replace(HASH, '')}.cjs`,
    manualChunks(id, { getModuleInfo }) {
      if (group.size === 0)
        for (const [chunk, name] of Object.entries(groups)) {
          for (const file of loadedBy(name, files, getModuleInfo)) if (!group.has(file)) group.set(file, chunk)
          const all = (shared[chunk] ?? []).map((other) => loadedBy(other, files, getModuleInfo))
          for (const file of all.flatMap((one) => [...one]))
            if (!group.has(file) && all.filter((one) => one.has(file)).length > 1) group.set(file, chunk)
        }
      return programs.includes(nameOf(id)) ? undefined : group.get(id)
    },
  })
  await joined.close()
  return output
}

/** A module of Node's as one object: copied name by name, its getters would load what few need (WebCrypto, undici: 40 ms). */
function wholeBuiltins(code) {
  return code.replace(/\bimport\s*\*\s*as ([\w$]+) from\s*("[^".][^"]*")/g, 'import $1 from $2')
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
