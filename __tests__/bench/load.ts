// The bench is plain JavaScript, run without a build: its modules are loaded as they are.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export const load = (module: string) => import(pathToFileURL(resolve('scripts/bench', module)).href)
