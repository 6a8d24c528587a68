// The badge files that go with a record: one pair for each branch, of its newest own run, beside the chain and no part of it.
import { sha256 } from '../../certificate/ledger/seal.ts'
import type { EvaluationData } from '../../model/evaluation.ts'
import type { Draft } from '../../model/ledger.ts'
import { badgeOf, renderBadgeJson, renderBadgeSvg } from '../../reporting/renderers/badge.ts'
import { dataProblem } from './evaluation-shape.ts'

/** Files that are written anew beside the records, made from what stood there. */
export interface Extras {
  paths: readonly string[]
  /** `before`: the files' bytes, in the order of `paths`; null: not there. */
  write: (before: readonly (Uint8Array | null)[], append: Appending) => ReadonlyMap<string, string>
}

/** When the records are appended, and behind which one. */
export interface Appending {
  at: Date
  seq: number
}

export const NO_EXTRAS: Extras = { paths: [], write: () => new Map() }

export function together(...all: readonly Extras[]): Extras {
  return {
    paths: all.flatMap((one) => one.paths),
    write: (before, append) => {
      let from = 0
      const written = all.flatMap(({ paths, write }) => {
        const own = before.slice(from, from + paths.length)
        from += paths.length
        return [...write(own, append)]
      })
      return new Map(written)
    },
  }
}

/** A run of a branch itself. */
export type OwnRun = EvaluationData & { branch: string }

export function ownRuns(drafts: readonly Draft[]): OwnRun[] {
  return drafts.flatMap(({ type, data }) => {
    if (type !== 'evaluation' || dataProblem(data) !== null) return []
    const run = data as EvaluationData
    return run.main && run.branch !== null ? [run as OwnRun] : []
  })
}

/** Badges for the runs of a branch itself among the drafts. A newer run's badge stays as it is. */
export function badgesFor(drafts: readonly Draft[]): Extras {
  const latest = new Map<string, EvaluationData>()
  for (const run of ownRuns(drafts)) {
    const path = badgePath(run.name, run.branch)
    const other = latest.get(path)
    if (other === undefined || !isNewer(stampOf(other), stampOf(run))) latest.set(path, run)
  }
  const runs = [...latest]
  return {
    paths: runs.map(([path]) => `${path}.svg`),
    write: (before) =>
      new Map(
        runs.flatMap(([path, run], at) => {
          const stood = stampIn(before[at] ?? null)
          return stood !== null && isNewer(stood, stampOf(run)) ? [] : filesOf(path, run)
        }),
      ),
  }
}

function filesOf(path: string, run: EvaluationData): [string, string][] {
  const badge = badgeOf({ name: run.name, verdict: run.outcome.verdict, level: run.outcome.level, held: heldFor(run) })
  return [
    [`${path}.json`, renderBadgeJson(badge)],
    [`${path}.svg`, renderBadgeSvg(badge, wordsOf(stampOf(run)))],
  ]
}

/** A record on its way says what it likes: only a sound number of the level itself is taken. */
function heldFor({ facts, outcome }: EvaluationData): number | null {
  const held = facts?.comparison?.continuity
  const seconds = held?.level === outcome.level ? held.seconds : null
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null
}

/** `badges/main`, `badges/release_2f1.0`; of another use in the same repository `badges/nightly/main`. */
export function badgePath(name: string, branch: string): string {
  return `badges/${branchFile(name, branch)}`
}

export function branchFile(name: string, branch: string): string {
  return `${name === 'certify' ? '' : `${fileName(name)}/`}${fileName(branch)}`
}

const LONGEST = 120

/** Different names stay different; what is no letter, digit, dot or dash is written as its bytes. */
function fileName(name: string): string {
  const safe = Array.from(name, (character) => (/[A-Za-z0-9-]/.test(character) ? character : codeOf(character))).join('')
  const short = safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}_${sha256(name).slice(0, 16)}`
  // A name with a dot in front is a hidden file, and `..` the way out of the folder.
  return short.replace(/^\./, '_2e')
}

function codeOf(character: string): string {
  if (character === '.') return '.'
  return Array.from(new TextEncoder().encode(character), (byte) => `_${byte.toString(16).padStart(2, '0')}`).join('')
}

interface Stamp {
  /** null: on a laptop. */
  run: number | null
  attempt: number
  at: string
}

function stampOf({ subject, evaluatedAt }: EvaluationData): Stamp {
  return { run: subject.run, attempt: subject.attempt ?? 1, at: evaluatedAt }
}

function wordsOf({ run, attempt, at }: Stamp): string {
  return `${run === null ? 'run on a laptop' : `run ${run}.${attempt}`}, evaluated ${at}`
}

function stampIn(svg: Uint8Array | null): Stamp | null {
  const text = svg === null ? '' : new TextDecoder().decode(svg.subarray(0, 4096))
  const found = /<desc>run (?:on a laptop|(\d{1,15})\.(\d{1,6})), evaluated ([\dT:.Z-]{20,30})<\/desc>/.exec(text)
  if (found === null) return null
  return { run: found[1] === undefined ? null : Number(found[1]), attempt: Number(found[2] ?? 1), at: found[3]! }
}

/** GitHub numbers runs in their order; a run that is started again is no newer than those after it. */
function isNewer(one: Stamp, other: Stamp): boolean {
  if (one.run === null || other.run === null || (one.run === other.run && one.attempt === other.attempt)) return one.at > other.at
  return one.run === other.run ? one.attempt > other.attempt : one.run > other.run
}
