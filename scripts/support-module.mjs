// Loads TypeScript of the tests' support into a script: Node 20 cannot run it, so it is bundled first.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, 'node_modules/.cache/certify')

/** The module at a path below the repository, with all it imports. */
export async function supportModule(path) {
  mkdirSync(cache, { recursive: true })
  // All of it takes the folder of the entry for its own: fixtures are found beside it.
  const folder = mkdtempSync(join(cache, 'support-'))
  const outfile = join(folder, 'module.mjs')
  try {
    await build({
      entryPoints: [join(root, path)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile,
      logLevel: 'error',
      define: { 'import.meta.dirname': JSON.stringify(join(root, dirname(path))) },
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
