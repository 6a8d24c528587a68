// The product as a user has it: dist/ in a folder with nothing beside it, which no build takes away while it is measured.
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** Throws Error where there is nothing to measure. */
export function unpackAction(folder) {
  if (!existsSync('dist/main.js')) throw new Error('there is no dist/main.js to measure: run npm run build')
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  cpSync('package.json', join(folder, 'package.json'))
  return folder
}
