// One source of settings (defaults, a file, a variable, an input) as a tree that knows where each value came from.

import { nearest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { canonical } from './aliases.ts'
import { checkMeanings } from './meanings.ts'
import { child, isBelow, isTree, type Tree, valueAt } from './pointer.ts'
import { ENVIRONMENTS } from './schema/index.ts'
import { validateWritten } from './validate.ts'
import { nameOf } from './validate-words.ts'
import { readYaml } from './yaml.ts'

/** Where a value was set: `origin` for people (`certification.yml:12`, a variable, `default`), the rest for problems. */
export interface Place {
  origin: string
  path?: string
  line?: number
  column?: number
}

export interface Layer {
  tree: Tree
  placeOf(pointer: string): Place
  /** Something there or below was wrong and has been taken out: what it leaves lacking is no second problem. */
  isBroken?(pointer: string): boolean
}

export interface Read {
  /** null: the text is not YAML. */
  layer: Layer | null
  problems: Problem[]
  notices: Problem[]
}

/** A config file: every problem that can be told from this file alone, and what is left of it without them. */
export function readLayer(text: string, path: string): Read {
  const read = readYaml(text, path)
  if ('problems' in read) return { layer: null, problems: read.problems, notices: [] }
  const { document } = read
  const notices: Problem[] = []
  if (document.value === undefined || document.value === null) {
    const message = 'the config is empty: every setting has its default, and the verdict counts'
    notices.push({ code: 'config_empty', message, path, line: 1, column: 1 })
    return { layer: { tree: {}, placeOf: () => ({ origin: path, path, line: 1, column: 1 }) }, problems: [], notices }
  }
  const validated = validateWritten(document, path)
  const { tree, twice, written } = canonical(validated.value)
  const placeOf = (pointer: string): Place => {
    const position = document.valueAt(written(pointer))
    return { origin: `${path}:${position.line}`, path, ...position }
  }
  const problems = [...validated.problems]
  for (const pointer of twice) {
    problems.push({
      code: 'written_twice',
      message: `${nameOf(pointer)} is also written under its long name`,
      hint: 'keep one of the two',
      path,
      ...document.keyAt(pointer),
    })
  }
  const meanings = checkMeanings(tree, placeOf)
  const isBroken = (pointer: string) => validated.broken.some((broken) => isBelow(broken, written(pointer)))
  return {
    layer: { tree, placeOf, isBroken },
    problems: [...problems, ...meanings.problems],
    notices: [...notices, ...meanings.notices],
  }
}

/** A layer that sets one value. */
export function settingOf(pointer: string, value: unknown, origin: string): Layer {
  const keys = pointer.split('/').slice(1)
  const tree = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Tree
  return { tree, placeOf: () => ({ origin }) }
}

/** What a file sets for one environment only; null where it sets nothing. */
export function environmentOf(file: Layer, environment: string): Layer | null {
  const at = child('/environments', environment)
  const tree = (ENVIRONMENTS as readonly string[]).includes(environment) ? valueAt(file.tree, at) : undefined
  return isTree(tree) ? { tree, placeOf: (pointer) => file.placeOf(at + pointer) } : null
}

/** Layers, lowest first, as one: groups of keys are merged, everything else is replaced as a whole. */
export function stacked(layers: readonly Layer[]): Layer {
  const tree = layers.reduce<Tree>((under, layer) => merged(under, layer.tree), {})
  return {
    tree,
    isBroken: (pointer) => layers.some((layer) => layer.isBroken?.(pointer) === true),
    placeOf(pointer) {
      for (let here = pointer; ; here = here.slice(0, here.lastIndexOf('/'))) {
        const setter = layers.findLast((layer) => valueAt(layer.tree, here) !== undefined)
        if (setter !== undefined && here !== '') return setter.placeOf(here)
        if (here === '') return { origin: 'default' }
      }
    },
  }
}

function merged(under: Tree, over: Tree): Tree {
  const made: Tree = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(made, key) ? made[key] : undefined
    const both = isTree(below) && isTree(value)
    Object.defineProperty(made, key, {
      value: both ? merged(below, value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return made
}

/** `; did you mean x?` as a hint, where one is near. */
export function meantOf(word: string, known: Iterable<string>): string | undefined {
  const meant = nearest(word, known)
  return meant === null ? undefined : `did you mean ${meant}?`
}
