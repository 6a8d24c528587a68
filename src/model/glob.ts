// Globs, by picomatch. One is compiled by the first name that it may match: most match nothing in most runs, and compiling is not free.
import picomatch from 'picomatch'

export type Matches = (name: string) => boolean

/** Names that any of the globs matches; none where there are none. */
export function globs(patterns: readonly string[], options: picomatch.PicomatchOptions): Matches {
  const each = patterns.map((pattern) => glob(pattern, options))
  return (name) => each.some((matches) => matches(name))
}

export function glob(pattern: string, options: picomatch.PicomatchOptions): Matches {
  const may = mayMatch(pattern)
  let compiled: Matches | null = null
  return (name) => {
    if (!may(name)) return false
    compiled ??= picomatch(pattern, options)
    return compiled(name)
  }
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
