// Globs on names that come from reports: file paths, suites, classes, test names.
import type { TestCase } from '../model/evidence.ts'
import { glob, globs, type Matches } from '../model/glob.ts'

/** Longer names are matched by their beginning alone: they are foreign text, and matching is not free. */
const LONGEST = 1024

/** Paths. An absolute path also matches by any of its ends, as reports name files from the root of another machine. */
export function pathGlobs(patterns: readonly string[]): Matches {
  const matches = globs(patterns, { dot: true, nonegate: true })
  return (name) => {
    const path = name.slice(0, LONGEST).replace(/^\.\//, '')
    if (matches(path)) return true
    if (!/^(?:\/|[A-Za-z]:\/)/.test(path)) return false
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      if (matches(path.slice(slash + 1))) return true
    return false
  }
}

/** Paths that are included, all of them where nothing is named, and not excluded. */
export function selector({ include, exclude }: { include: readonly string[]; exclude: readonly string[] }): Matches {
  const included = include.length > 0 ? pathGlobs(include) : () => true
  const excluded = exclude.length > 0 ? pathGlobs(exclude) : () => false
  return (path) => included(path) && !excluded(path)
}

/** Tests by suite, file, class or name. In titles a star also spans slashes: `GET *` means `GET /users`. */
export function testGlobs(patterns: readonly string[]): (one: TestCase) => boolean {
  if (patterns.length === 0) return () => false
  const each = patterns.map((pattern) => ({
    path: glob(pattern, { dot: true, nonegate: true, nocase: true }),
    title: glob(pattern, { dot: true, nonegate: true, nocase: true, bash: true }),
  }))
  const inPaths: Matches = (text) => each.some(({ path }) => path(text))
  const inTitles: Matches = (text) => each.some(({ path, title }) => title(text) || path(text))
  const seen = new Map<string, boolean>()
  const title: Matches = (name) => {
    const text = name.slice(0, LONGEST)
    return text !== '' && inTitles(text)
  }
  const suite: Matches = (name) => {
    const before = seen.get(name)
    if (before !== undefined) return before
    const answer = title(name)
    seen.set(name, answer)
    return answer
  }
  const path: Matches = (name) => inPaths(name.slice(0, LONGEST).replace(/^\.\//, ''))
  return (one) =>
    (one.file !== null && path(one.file)) ||
    suite(one.suite) ||
    (one.classname !== null && suite(one.classname)) ||
    title(one.name)
}
