// What starting the Action loads, read from dist/ as it is.
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Bytes of what the Action loads in every start: what the runner starts, the program that it requires, and all that that requires at once. */
export function startBytes() {
  return statSync('dist/main.js').size + eagerBytes('dist/chunks/step.cjs', new Set())
}

/** A `require` inside a function comes later, if at all: the first statements alone have those of a start. */
export function eagerBytes(chunk, seen) {
  const file = resolve(chunk)
  if (seen.has(file)) return 0
  seen.add(file)
  const [first] = /^'use strict';(?:const [^;]*;|require\('[^']*'\)(?:,require\('[^']*'\))*;)*/.exec(readFileSync(file, 'utf8'))
  const required = [...first.matchAll(/require\('(\.[^']+)'\)/g)]
  return required.reduce((sum, [, next]) => sum + eagerBytes(resolve(dirname(file), next), seen), statSync(file).size)
}
