// What starting a module loads, read from dist/ as it is.
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Bytes of what the Action loads in every start: what the runner starts, and the program that it loads first of all. */
export function startBytes() {
  const seen = new Set()
  return eagerBytes('dist/main.js', seen) + eagerBytes('dist/chunks/step.js', seen)
}

/** Bytes of a module and of all that it imports statically from dist/. */
function eagerBytes(entry, seen) {
  const file = resolve(entry)
  if (seen.has(file)) return 0
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/(?:^|[;}\s])(?:import|export)[^;"'()]*?["'](\.[^"']+\.js)["']/g)
  return [...imports].reduce((sum, [, next]) => sum + eagerBytes(resolve(dirname(file), next), seen), statSync(file).size)
}
