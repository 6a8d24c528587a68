// Finds the paths that match a list of globs, walking only the folders that a glob can reach.
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { CertifyError } from '../../model/problem.ts'

/** Folders never entered unless a glob names them (decision 12). */
const CLOSED = ['.git', 'node_modules', 'vendor']

interface Pattern {
  matches(path: string): boolean
  base: string
  /** Deepest level below the root it can match; Infinity with `**`. */
  depth: number
  opens: ReadonlySet<string>
}

/** Paths relative to `root`, forward slashes, sorted, each once. Plain paths are returned even where they name a folder. */
export function walk(root: string, globs: readonly string[], limit: number): string[] {
  const found = new Set<string>()
  const patterns: Pattern[] = []
  for (const glob of globs) {
    const plain = glob.replace(/^\.\//, '')
    const scanned = picomatch.scan(plain)
    if (scanned.isGlob) patterns.push(compile(plain, scanned.base))
    else if (present(join(root, plain))) add(found, plain, limit)
  }
  const bases = new Set(patterns.map((p) => p.base))
  for (const base of bases) {
    if ([...bases].some((other) => other !== base && (other === '' || base.startsWith(`${other}/`)))) continue
    enter(root, base, patterns, found, limit)
  }
  return [...found].sort()
}

function compile(glob: string, base: string): Pattern {
  const segments = glob.split('/')
  return {
    matches: picomatch(glob, { dot: true }),
    base: base === '.' ? '' : base,
    depth: segments.some((s) => s.includes('**')) ? Number.POSITIVE_INFINITY : segments.length,
    opens: new Set(segments.filter((s) => CLOSED.includes(s))),
  }
}

function enter(root: string, folder: string, patterns: readonly Pattern[], found: Set<string>, limit: number): void {
  let entries: import('node:fs').Dirent[]
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true })
  } catch {
    return // A folder that is not there or may not be listed holds no evidence; declared files in it are reported as missing.
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      const depth = path.split('/').length
      const reachable = patterns.some(
        (p) =>
          depth < p.depth &&
          (p.base === '' || path === p.base || path.startsWith(`${p.base}/`) || p.base.startsWith(`${path}/`)) &&
          (!CLOSED.includes(entry.name) || p.opens.has(entry.name)),
      )
      if (reachable) enter(root, path, patterns, found, limit)
    } else if ((entry.isFile() || entry.isSymbolicLink()) && patterns.some((p) => p.matches(path))) {
      add(found, path, limit)
    }
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
