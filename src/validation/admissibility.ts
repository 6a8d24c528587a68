// Admission: the right commit, fresh, unaltered, unique, not committed to git, not empty. What fails one of these is no evidence.
import { type Config, MEASURED_KINDS } from '../model/config.ts'
import type { Admitted, Evidence, EvidenceClaim, Gathered, Rejected, Unmet } from '../model/evidence.ts'
import { type Reason, reason } from '../model/reason.ts'
import { bind, type Subject } from './commit.ts'
import { compare, placeOf, unique } from './duplicates.ts'
import { ageOf, stale } from './freshness.ts'
import { claimedLevels, levelOfPlace, type Suites, suitesOf } from './level-of.ts'
import { type Share, split } from './split.ts'
import { confessions, emptiness } from './substance.ts'

export interface AdmissionInput extends Subject {
  gathered: Gathered
  config: Config
  now: Date
  inAction: boolean
}

export interface Refused {
  evidence: Evidence
  reason: Reason
}

export interface Admission {
  /** One entry for each (file, level): a file of several levels appears once for each, with its share of the facts. */
  admitted: Admitted[]
  refused: Refused[]
  /** As gathered, with the level their place names: what `measure` needs to know whom they are missing from. */
  rejected: Rejected[]
  unmet: Unmet[]
}

type Place = Pick<Evidence['ref'], 'path' | 'origin'>

interface Candidate {
  evidence: Evidence
  shares: Share[]
  levels: Share['level'][]
  seconds: number | null
  notes: Reason[]
}

/** Decides of each file whether it may be judged, and for which level(s) it speaks. Nothing is read, nothing is thrown. */
export function admit(input: AdmissionInput): Admission {
  const { config, gathered } = input
  const suites = suitesOf(config)
  const refused: Refused[] = []
  const candidates: Candidate[] = []
  const refuse = (evidence: Evidence, why: Reason): void => {
    refused.push({
      evidence: { ...evidence, declaredBy: placed(evidence.declaredBy, evidence.ref, config, suites) },
      reason: why,
    })
  }
  for (const evidence of gathered.evidence) {
    const outcome = examine(evidence, input, suites)
    if ('refused' in outcome) refuse(evidence, outcome.refused)
    else candidates.push(outcome)
  }
  const ran = new Set(candidates.filter((one) => one.evidence.kind === 'tests' && !allSkipped(one)).map(folderOf))
  const running = candidates.filter((one) => !allSkipped(one) || ran.has(folderOf(one)))
  for (const one of candidates) if (allSkipped(one) && !ran.has(folderOf(one))) refuse(one.evidence, emptiness(one.evidence)!)
  const { kept, copies } = unique(running)
  for (const { copy, of } of copies)
    refuse(copy.evidence, reason('evidence_duplicate', { path: copy.evidence.ref.path, same_as: of.evidence.ref.path }))
  kept.sort((a, b) => compare(placeOf(a.evidence), placeOf(b.evidence)))
  refused.sort((a, b) => compare(placeOf(a.evidence), placeOf(b.evidence)))
  return {
    admitted: kept.flatMap(admittedOf),
    refused,
    rejected: gathered.rejected.map((one) => ({ ...one, declaredBy: placed(one.declaredBy, one, config, suites) })),
    unmet: gathered.unmet.map((one) => ({
      ...one,
      declaredBy: placed(one.declaredBy, placeOfPattern(one.pattern), config, suites),
    })),
  }
}

function examine(evidence: Evidence, input: AdmissionInput, suites: Suites): Candidate | { refused: Reason } {
  const { config, inAction, now } = input
  const { path, origin } = evidence.ref
  const notes: Reason[] = []
  if (origin.type === 'artifact' && origin.digest !== null && !origin.digestChecked)
    return { refused: reason('evidence_altered', { path }) }
  if (evidence.tracked && MEASURED_KINDS.includes(evidence.kind) && !evidence.declaredBy.committed) {
    if (inAction) return { refused: reason('evidence_tracked', { path }) }
    notes.push(reason('evidence_tracked', { path }))
  }
  const bound = bind(evidence, input)
  if ('refused' in bound) return bound
  const age = ageOf(evidence, now, inAction)
  if ('refused' in age) return age
  const shares = split(evidence, config, suites)
  const levels = shares.map((share) => share.level)
  const why = stale(evidence, levels, age.seconds, config) ?? emptiness(evidence)
  // Tests that are all skipped may still stand beside others of the same run; see `folderOf`.
  if (why !== null && why.code !== 'all_tests_skipped') return { refused: why }
  if (why !== null) notes.push(why)
  return { evidence, shares, levels, seconds: age.seconds, notes: [...notes, ...bound.notes, ...confessions(evidence)] }
}

function admittedOf({ evidence, shares, seconds, notes }: Candidate): Admitted[] {
  return shares.map(({ level, facts, claim, notes: own }) => {
    // A copy with the same levels may have added its metrics since the split.
    const metrics = shares.length === 1 ? evidence.declaredBy.metrics : claim.metrics
    return { ...evidence, facts, declaredBy: { ...claim, metrics }, level, ageSeconds: seconds, reasons: [...notes, ...own] }
  })
}

function allSkipped(one: Candidate): boolean {
  return one.notes.some((note) => note.code === 'all_tests_skipped')
}

/** Tools that write one file for each class write one for a class that is switched off: fine beside others that ran. */
function folderOf({ evidence }: Candidate): string {
  const place = placeOf(evidence)
  const slash = place.lastIndexOf('/')
  return `${evidence.format}:${slash < 0 ? '' : place.slice(0, slash)}`
}

/** The one level that the claim, or the file's place, gives it; null: several, or none. */
function placed(claim: EvidenceClaim, place: Place, config: Config, suites: Suites): EvidenceClaim {
  const claimed = claimedLevels(claim, config)
  if (claimed.length > 0) return { ...claim, level: claimed.length === 1 ? claimed[0]! : null }
  return { ...claim, level: levelOfPlace(place.path, place.origin, suites) }
}

function placeOfPattern(pattern: string): Place {
  return { path: pattern.replace(/^artifact ([^:]*): /, '$1/'), origin: { type: 'workspace' } }
}
