// Finds the paths that match a list of globs, walking only the folders that a glob can reach.
import { lstatSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import picomatch from 'picomatch'
import { glob } from '../../model/glob.ts'
import { CertifyError } from '../../model/problem.ts'

/** Folders never entered unless a glob names them (decision 12). */
const CLOSED = ['.git', 'node_modules', 'vendor']

/** A name in any folder, as reports are mostly looked for: all such globs together are one look at a table. */
const NAME = /^\*\*\/([\w.-]+)$/

interface Pattern {
  matches(path: string): boolean
  base: string
  /** Deepest level below the root it can match; Infinity with `**`. */
  depth: number
  opens: ReadonlySet<string>
}

/** Told of each folder that a glob reaches and that is not walked, with why not. */
export type Unwalked = (path: string, why: string) => void

/**
 * Paths relative to `root`, forward slashes, sorted, each once. Plain paths are returned even where they name a folder. With
 * `unwalked` nothing is left out without a word: no folder is closed, and whatever matches is returned, also where it is no file.
 */
export function walk(root: string, globs: readonly string[], limit: number, unwalked: Unwalked | null = null): string[] {
  const found = new Set<string>()
  const patterns: Pattern[] = []
  const names = new Set<string>()
  for (const one of globs) {
    const plain = one.replace(/^\.\//, '')
    const name = NAME.exec(plain)?.[1]
    if (name !== undefined && !CLOSED.includes(name)) {
      names.add(name)
      continue
    }
    const scanned = picomatch.scan(plain)
    if (scanned.isGlob) patterns.push(compile(plain, scanned.base))
    else if (present(join(root, plain))) add(found, plain, limit)
  }
  if (names.size > 0) patterns.push(anywhere((path) => names.has(basename(path))))
  const bases = new Set(patterns.map((p) => p.base))
  for (const base of bases) {
    if ([...bases].some((other) => other !== base && (other === '' || base.startsWith(`${other}/`)))) continue
    enter(base, { root, patterns, found, limit, unwalked })
  }
  return [...found].sort()
}

function anywhere(matches: Pattern['matches']): Pattern {
  return { matches, base: '', depth: Number.POSITIVE_INFINITY, opens: new Set() }
}

function compile(pattern: string, base: string): Pattern {
  const segments = pattern.split('/')
  return {
    matches: glob(pattern, { dot: true }),
    base: base === '.' ? '' : base,
    depth: segments.some((s) => s.includes('**')) ? Number.POSITIVE_INFINITY : segments.length,
    opens: new Set(segments.filter((s) => CLOSED.includes(s))),
  }
}

interface Walk {
  root: string
  patterns: readonly Pattern[]
  found: Set<string>
  limit: number
  unwalked: Unwalked | null
}

function enter(folder: string, walked: Walk): void {
  const { root, patterns, found, limit, unwalked } = walked
  let entries: import('node:fs').Dirent[]
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true })
  } catch (error) {
    // A folder that is not there or may not be listed holds no evidence; declared files in it are reported as missing.
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') unwalked?.(folder, `cannot be listed (${code ?? 'unknown error'})`)
    return
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    const linked = unwalked !== null && entry.isSymbolicLink() && leadsToFolder(join(root, path))
    if (entry.isDirectory() || linked) {
      const depth = path.split('/').length
      const reachable = patterns.some(
        (p) =>
          depth < p.depth &&
          (p.base === '' || path === p.base || path.startsWith(`${p.base}/`) || p.base.startsWith(`${path}/`)) &&
          (unwalked !== null || !CLOSED.includes(entry.name) || p.opens.has(entry.name)),
      )
      if (reachable && linked) unwalked?.(path, 'is a link to a folder, which is not entered')
      else if (reachable) enter(path, walked)
    } else if ((unwalked !== null || entry.isFile() || entry.isSymbolicLink()) && patterns.some((p) => p.matches(path))) {
      add(found, path, limit)
    }
  }
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function add(found: Set<string>, path: string, limit: number): void {
  found.add(path)
  if (found.size > limit) {
    throw new CertifyError('too_many_files', `more than ${limit} files match the evidence globs`, {
      hint: 'narrow the globs, or merge the reports of one job before they are uploaded',
    })
  }
}

function present(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}
