// Globs on names that come from reports: file paths, suites, classes, test names.
import picomatch from 'picomatch'
import type { TestCase } from '../model/evidence.ts'

/** Longer names are matched by their beginning alone: they are foreign text, and matching is not free. */
const LONGEST = 1024

export type Matches = (name: string) => boolean

/** Paths. An absolute path also matches by any of its ends, as reports name files from the root of another machine. */
export function pathGlobs(globs: readonly string[]): Matches {
  const matches = picomatch([...globs], { dot: true, nonegate: true })
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
export function testGlobs(globs: readonly string[]): (one: TestCase) => boolean {
  if (globs.length === 0) return () => false
  const each = globs.map((glob) => ({
    may: mayMatch(glob),
    path: picomatch(glob, { dot: true, nonegate: true, nocase: true }),
    title: picomatch(glob, { dot: true, nonegate: true, nocase: true, bash: true }),
  }))
  const inPaths: Matches = (text) => each.some(({ may, path }) => may(text) && path(text))
  const inTitles: Matches = (text) => each.some(({ may, path, title }) => may(text) && (title(text) || path(text)))
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

/**
 * False where the literal parts of a glob are not in the text in their order, so that it cannot match: told in linear time,
 * where the glob's regular expression would try every way of placing its stars. Globs of more than stars are left to it.
 */
export function mayMatch(glob: string): Matches {
  // Picomatch reads these in ways of its own.
  if (/[^\w\s*./:,;=<>%#~-]|\.\/|[^/]\*\*|\*\*[^/]/.test(glob)) return () => true
  const parts = glob.toUpperCase().split(/\/?\*{2,}\/?|\*/)
  const [first = '', ...rest] = parts
  const last = rest.pop()
  return (name) => {
    const text = name.toUpperCase()
    if (last === undefined) return bare(text) === bare(first)
    if (!text.startsWith(first) || !bare(text).endsWith(bare(last))) return false
    let at = first.length
    for (const part of rest) {
      at = text.indexOf(part, at)
      if (at < 0) return false
      at += part.length
    }
    return true
  }
}

/** Without a slash at the end, which a glob may leave out. */
function bare(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}
