// One thing in the way, and the list that takes each cause in once.
import type { LevelNumber } from '../model/level.ts'
import type { Outcome } from '../model/outcome.ts'
import type { ReasonCode } from '../model/reason.ts'
import type { ResultGateItem, StatedReason } from '../model/result.ts'
import { causeOf, isDerived, subjectOf } from './causes.ts'
import { textsOf } from './stated.ts'
import { OUTCOMES } from './states.ts'

export interface Blocker {
  /** `Level 1`, `Gate 2`, `Policy`. */
  place: string
  /** 0: not a level's matter. */
  level: 0 | LevelNumber
  /** The criteria or sentences it is about; none where the place says it all. Raw text. */
  subjects: readonly string[]
  /** The subjects are ids and not sentences. */
  ids: boolean
  outcome: Outcome
  /** Of the first reason; null: none was given. */
  code: ReasonCode | null
  text: string
  /** What to do, in order. */
  fixes: readonly string[]
  /** The config's file:line that asks for it; null: no file does. */
  origin: string | null
}

const MOST_SUBJECTS = 4
const MOST_FIXES = 4
/** Why something counts at all that was accepted once: said beside the first two causes. */
const LAPSED: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'suppression_expired',
  'suppression_too_long',
  'vex_expired',
  'vex_too_long',
])

export function blocker(
  place: string,
  level: 0 | LevelNumber,
  outcome: Outcome,
  reasons: readonly StatedReason[],
  subject: string | null = null,
): Blocker {
  const sayings = (list: readonly StatedReason[]) => [...new Set(textsOf(list).map((text) => withoutPlace(text, place)))]
  const lapsed = sayings(reasons.filter((entry) => LAPSED.has(entry.code)))
  const said = sayings(reasons.filter((entry) => !LAPSED.has(entry.code)))
  return {
    place,
    level,
    subjects: subject === null ? [] : [subject],
    ids: false,
    outcome,
    code: reasons[0]?.code ?? null,
    text: [...said.slice(0, 2), ...firstOf(lapsed)].join('; ') || OUTCOMES[outcome].word,
    fixes: reasons.flatMap((entry) => entry.fix ?? []).slice(0, 1),
    origin: null,
  }
}

function firstOf(lapsed: readonly string[]): string[] {
  return lapsed.length > 1 ? [`${lapsed[0]}, and ${lapsed.length - 1} more like it`] : [...lapsed]
}

/** `a, b, c, d and 2 more`, each shown by `show`. */
export function subjectsShown({ subjects }: Blocker, show: (subject: string) => string): string {
  const rest = subjects.length - MOST_SUBJECTS
  const shown = subjects.slice(0, MOST_SUBJECTS).map(show).join(', ')
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

/** The first steps, and how many follow; each shown by `show`. */
export function fixesShown({ fixes }: Blocker, show: (fix: string) => string): string[] {
  const rest = fixes.length - MOST_FIXES
  return [...fixes.slice(0, MOST_FIXES), ...(rest > 0 ? [`and ${rest} more, in the report`] : [])].map(show)
}

/** Entries of one place that say the same become one with several subjects. */
export function grouped(blockers: readonly Blocker[]): Blocker[] {
  const groups = new Map<string, { first: Blocker; subjects: Set<string> }>()
  for (const entry of blockers) {
    const key = JSON.stringify([entry.place, entry.ids, entry.outcome, entry.text, entry.fixes, entry.subjects.length > 0])
    const group = groups.get(key) ?? { first: entry, subjects: new Set() }
    groups.set(key, group)
    for (const subject of entry.subjects) group.subjects.add(subject)
  }
  return [...groups.values()].map(({ first, subjects }) => ({ ...first, subjects: [...subjects] }))
}

/** Collects blockers, and knows what an item would only say again. */
export class Listed {
  readonly blockers: Blocker[] = []
  private readonly criteria = new Set<string>()
  private readonly causes = new Set<string>()

  /** `names`: what a check may call the subject by. */
  add(found: Blocker, reasons: readonly StatedReason[], names: readonly string[] = []): void {
    this.blockers.push(found)
    if (found.ids) for (const id of found.subjects) this.criteria.add(`criterion:${id}`).add(id)
    for (const entry of reasons) for (const name of [null, ...names]) this.causes.add(keyOf(entry, found.level, name))
  }

  coversItem(item: ResultGateItem, level: LevelNumber): boolean {
    if (this.criteria.has(item.check)) return true
    const own = item.reasons.filter((entry) => !isDerived(entry))
    return own.length > 0 && own.every((entry) => this.covers(entry, level, subjectOf(item.check)))
  }

  covers(entry: StatedReason, level: LevelNumber, subject: string | null): boolean {
    return this.causes.has(keyOf(entry, level, subject))
  }
}

/** A missing file is the same whoever asks for it; any other cause is one level's. */
function keyOf(entry: StatedReason, level: 0 | LevelNumber, subject: string | null): string {
  const anywhere = entry.code === 'evidence_missing' && entry.args.expected.length > 0
  return `${anywhere ? 'any' : level} ${causeOf(entry, subject)}`
}

/** `Gate 3: gate 3 waits` would say it twice. */
function withoutPlace(text: string, place: string): string {
  return text.toLowerCase().startsWith(`${place.toLowerCase()} `) ? text.slice(place.length + 1) : text
}
