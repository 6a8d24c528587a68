// Which file of the repository a coverage report means by a path: it may be absolute on another machine, or relative to any folder.
import type { PathMapping } from '../model/config.ts'
import type { FileCoverage } from '../model/evidence.ts'

/** A report, with the folders that its paths may be relative to, the likeliest first. */
export interface ReportPaths {
  path: string
  folders: readonly string[]
  files: readonly FileCoverage[]
}

export interface Asked {
  /** Files that are looked for. */
  wanted: readonly string[]
  /** Every path of the repository; null: only those that are looked for are known. */
  repository: ReadonlySet<string> | null
  map: readonly PathMapping[]
}

export interface Located {
  /** What reports say of each file that is looked for. */
  found: Map<string, FileCoverage[]>
  /** Files that a report's path may mean, beside others: which, nobody can tell. */
  unclear: Map<string, { report: string; name: string; others: string[] }>
}

/** Looked at in each report to learn where its paths are rooted. */
const SAMPLE = 300

interface Place {
  path: string
  /** What has to be taken off a report's path and what put before it; '': nothing is taken off. One report has few of these. */
  root: string
  /** Nothing but the file's name is alike, and its folder is no usual one to check a repository out to. */
  weak: boolean
}

/** Where runners and containers keep a repository, and Go's name for one. */
const USUAL_ROOT =
  /^(?:(?:home\/runner\/work|__w|a)\/([^/]+)\/\1|github\/workspace|workspace|app|src|code|usr\/src\/app|[\w-]+\.[\w.-]+\/[^/]+\/[^/]+)$/

type Guess = Place | { among: string[] } | null

export function locate(reports: readonly ReportPaths[], { wanted, repository, map }: Asked): Located {
  // A changed file is there, whatever an index says that was written before.
  const known =
    repository !== null && wanted.every((path) => repository.has(path)) ? repository : new Set([...(repository ?? []), ...wanted])
  const located: Located = { found: new Map(wanted.map((path) => [path, []])), unclear: new Map() }
  const names = new Set(wanted.map(nameOf))
  for (const report of reports) {
    const relevant = report.files.filter((file) => names.has(nameOf(slashed(file.path))))
    const mapped = relevant.map((file) => ({ file, path: mappedPath(file.path, map) }))
    for (const { file, path } of mapped) if (path !== null) located.found.get(path)?.push(file)
    const open = mapped.flatMap(({ file, path }) => (path === null ? [file] : []))
    if (open.length > 0) guessAll(report, open, known, repository !== null, located)
  }
  return located
}

function guessAll(
  report: ReportPaths,
  files: readonly FileCoverage[],
  known: ReadonlySet<string>,
  complete: boolean,
  located: Located,
): void {
  const sample = report.files.slice(0, SAMPLE)
  const byName = namedAlike(
    known,
    complete ? new Set([...files, ...sample].map((file) => nameOf(slashed(file.path)))) : new Set(),
  )
  const guesses = new Map<FileCoverage, Guess>()
  for (const file of new Set([...sample, ...files])) guesses.set(file, guessOne(file.path, report.folders, known, byName))
  const votes = new Map<string, number>()
  for (const one of guesses.values()) {
    if (one !== null && 'root' in one) votes.set(one.root, (votes.get(one.root) ?? 0) + 1)
  }
  const most = Math.max(0, ...votes.values())
  for (const file of files) {
    const one = guesses.get(file) ?? null
    if (one === null) continue
    if ('among' in one) {
      for (const path of one.among)
        if (located.found.has(path))
          located.unclear.set(path, { report: report.path, name: file.path, others: one.among.filter((other) => other !== path) })
      continue
    }
    const count = votes.get(one.root) ?? 0
    // A root of its own that all other files speak against: a file of that name from elsewhere.
    const alone = count === 1 && (one.weak || most > 1)
    if (one.root === '' || !alone) located.found.get(one.path)?.push(file)
  }
}

function guessOne(
  written: string,
  folders: readonly string[],
  known: ReadonlySet<string>,
  byName: ReadonlyMap<string, readonly (readonly string[])[]>,
): Guess {
  const path = slashed(written)
  const parts = resolved(path)
  for (let kept = parts.length; kept > 0; kept--) {
    const tail = parts.slice(parts.length - kept).join('/')
    const off = parts.slice(0, parts.length - kept).join('/')
    for (const folder of folders) {
      const place = folder === '' ? tail : `${folder}/${tail}`
      if (known.has(place)) return { path: place, ...rootOf(off, folder), weak: kept === 1 && !USUAL_ROOT.test(off) }
    }
  }
  return longestEnd(parts, folders, byName.get(parts.at(-1) ?? '') ?? [])
}

/** The one file that ends as the report's path does, in more than its name unless that is all there is. */
function longestEnd(parts: readonly string[], folders: readonly string[], candidates: readonly (readonly string[])[]): Guess {
  let length = 0
  let best: (readonly string[])[] = []
  for (const candidate of candidates) {
    const same = commonEnd(parts, candidate)
    if (same > length) {
      length = same
      best = [candidate]
    } else if (same === length) best.push(candidate)
  }
  if (best.length === 0 || (length < 2 && length < parts.length)) return null
  const own = folders
    .filter((folder) => folder !== '')
    .map((folder) => best.filter((one) => one.join('/').startsWith(`${folder}/`)))
  const chosen = best.length === 1 ? best : (own.find((list) => list.length === 1) ?? best)
  if (chosen.length > 1) return { among: chosen.map((one) => one.join('/')) }
  const off = parts.slice(0, parts.length - length).join('/')
  const before = chosen[0]!.slice(0, chosen[0]!.length - length).join('/')
  return { path: chosen[0]!.join('/'), ...rootOf(off, before), weak: false }
}

function rootOf(off: string, before: string): Pick<Place, 'root'> {
  return { root: off === '' ? '' : `${off}:${before}` }
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}

function namedAlike(known: ReadonlySet<string>, names: ReadonlySet<string>): Map<string, string[][]> {
  const found = new Map<string, string[][]>()
  if (names.size === 0) return found
  for (const path of known) {
    const name = nameOf(path)
    if (!names.has(name)) continue
    const list = found.get(name)
    if (list === undefined) found.set(name, [path.split('/')])
    else list.push(path.split('/'))
  }
  return found
}

/** By the first entry that fits: whole folders, so that `/app` is not the beginning of `/apple`. */
function mappedPath(written: string, map: readonly PathMapping[]): string | null {
  const path = slashed(written)
  for (const { from, to } of map) {
    const before = slashed(from).replace(/\/+$/, '')
    if (path !== before && !path.startsWith(`${before}/`)) continue
    return resolved(`${to}/${path.slice(before.length)}`).join('/')
  }
  return null
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}

/** Without drive, empty parts and detours; what leads out of its root is dropped. */
function resolved(path: string): string[] {
  const parts: string[] = []
  for (const part of path.replace(/^(?:file:\/\/)?(?:\/?[A-Za-z]:)?/, '').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folder a report lies in and those around it, up to the repository itself. */
export function foldersAround(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return [...parts.map((_, at) => parts.slice(0, parts.length - at).join('/')), '']
}
