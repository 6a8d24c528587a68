// Which level a file or a test speaks for: its entry says so, else its metrics, else globs on names (spec 2.2, decision 18).
import type { Config } from '../model/config.ts'
import type { EvidenceClaim, Origin, TestCase } from '../model/evidence.ts'
import { globs } from '../model/glob.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import { levelInWords } from './level-words.ts'

/** Names longer than this are matched by their beginning alone: they come from reports, and matching is not free. */
const LONGEST = 1024

export type Suites = (text: string) => LevelId | null

/** The lowest level one of whose globs matches; null: none does. Remembers its answers, as suite names repeat. */
export function suitesOf(config: Config): Suites {
  const levels = LEVEL_IDS.map((level) => {
    return { level, matches: globs(config.suites[level], { dot: true, nonegate: true, nocase: true }) }
  })
  const known = new Map<string, LevelId | null>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const name = text.slice(0, LONGEST).replace(/^\.\//, '')
    const found = name === '' ? null : (levels.find(({ matches }) => matches(name))?.level ?? null)
    known.set(text, found)
    return found
  }
}

/** Levels that the entries naming the file give it; empty where they leave it open. */
export function claimedLevels(claim: EvidenceClaim, config: Config): LevelId[] {
  if (claim.level !== null) return [claim.level]
  const named = new Set(config.metrics.filter((metric) => claim.metrics.includes(metric.id)).map((metric) => metric.level))
  return LEVEL_IDS.filter((level) => named.has(level) || claim.levels?.includes(level))
}

/** The level that the file's own place names; null where it names none. */
export function levelOfPlace(path: string, origin: Origin, suites: Suites): LevelId | null {
  const names = origin.type === 'artifact' ? [path, origin.name, `${origin.name}/${path}`] : [path]
  return lowest(names.map(suites)) ?? lowest(names.map(levelInWords))
}

/** The level of one test by its file, suite or class; null: none matches. */
export function levelOfCase({ file, suite, classname }: TestCase, suites: Suites): LevelId | null {
  return lowest([file === null ? null : suites(file), suites(suite), classname === null ? null : suites(classname)])
}

function lowest(levels: (LevelId | null)[]): LevelId | null {
  return LEVEL_IDS.find((level) => levels.includes(level)) ?? null
}
