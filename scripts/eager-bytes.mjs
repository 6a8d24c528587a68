// What starting a module loads, read from dist/ as it is.
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Bytes of a module and of all that it imports statically from dist/. */
export function eagerBytes(entry, seen = new Set()) {
  const file = resolve(entry)
  if (seen.has(file)) return 0
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/(?:^|[;}\s])(?:import|export)[^;"'()]*?["'](\.[^"']+\.js)["']/g)
  return [...imports].reduce((sum, [, next]) => sum + eagerBytes(resolve(dirname(file), next), seen), statSync(file).size)
}
