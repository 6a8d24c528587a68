// What holds the target back, each once, lowest level first: the same list on every surface.
import { letsThrough, type Outcome } from '../model/outcome.ts'
import type { Result, ResultGate, ResultGateItem, StatedReason } from '../model/result.ts'

export interface Blocker {
  /** `Level 1`, `Gate 2, exit`, `Policy`. */
  place: string
  /** 0: not a level's matter. */
  level: number
  /** The criterion or sentence; null where the place says it all. Raw text. */
  subject: string | null
  /** The subject is an id and not a sentence. */
  id: boolean
  outcome: Outcome
  text: string
  fix: string | null
  /** The config's file:line that asks for it; null: no file does. */
  origin: string | null
}

/** Reasons that only repeat what other entries say: no reader needs them beside those. */
export const DERIVED: ReadonlySet<string> = new Set([
  'criteria_short',
  'gate_entry_failed',
  'gate_exit_failed',
  'gate_not_open',
  'level_below_not_reached',
  'level_reached',
])

export function blockersOf(result: Result): Blocker[] {
  if (result.decision.verdict === 'passed') return []
  const { target } = result.decision
  const found = [...judgingBlockers(result), ...levelBlockers(result, target)]
  for (const gate of result.gates.filter((entry) => entry.id <= target)) found.push(...gateBlockers(gate, found))
  if (found.length === 0)
    found.push(...result.decision.reasons.map((reason) => blocker('Decision', 0, outcomeOf(result), [reason])))
  return found
}

/** What kept certify from judging at all. A refused config is shown problem by problem. */
function judgingBlockers(result: Result): Blocker[] {
  if (result.decision.verdict !== 'error') return []
  const said = new Set([...result.levels, ...result.gates].flatMap((entry) => entry.reasons.map((reason) => reason.text)))
  const about = result.decision.reasons.filter((reason) => !DERIVED.has(reason.code) && !said.has(reason.text))
  return about.flatMap((reason) => {
    const problems =
      reason.code === 'config_invalid'
        ? result.notices.filter((notice) => notice.line !== undefined || notice.path !== undefined)
        : []
    const head = blocker(reason.code.startsWith('config_') ? 'Policy' : 'certify', 0, 'error', [reason])
    return [
      head,
      ...problems.map((problem) => ({
        ...head,
        place: [problem.path, problem.line, problem.column].filter((part) => part !== undefined).join(':'),
        text: problem.message,
        fix: problem.hint ?? null,
        origin: problem.path !== undefined && problem.line !== undefined ? `${problem.path}:${problem.line}` : null,
      })),
    ]
  })
}

function levelBlockers(result: Result, target: number): Blocker[] {
  return result.levels
    .filter((level) => level.number <= target)
    .flatMap((level) => {
      const place = `Level ${level.number}`
      const criteria = level.criteria
        .filter((criterion) => !letsThrough(criterion.outcome))
        .map((criterion) => ({
          ...blocker(place, level.number, criterion.outcome, criterion.reasons, criterion.id),
          id: true,
          origin: criterion.limit.origin,
        }))
      const asked = level.requirements
        .filter((item) => !letsThrough(item.outcome) && !criteria.some((criterion) => says(criterion, item)))
        .map((item) => blocker(place, level.number, item.outcome, item.reasons, item.text))
      const through = level.state === 'passed' || level.state === 'passed_with_warnings'
      const own = through ? [] : level.reasons.filter((reason) => !DERIVED.has(reason.code))
      const rest =
        criteria.length + asked.length > 0
          ? []
          : own.map((reason) => blocker(place, level.number, stateOutcome(level.state), [reason]))
      return [...criteria, ...asked, ...rest]
    })
}

function gateBlockers(gate: ResultGate, already: readonly Blocker[]): Blocker[] {
  if (gate.state === 'open' || gate.state === 'approved' || gate.state === 'skipped') return []
  const found: Blocker[] = []
  for (const [side, items] of [
    ['entry', gate.entry],
    ['exit', gate.exit],
    ['deliverable', gate.deliverables],
  ] as const) {
    for (const item of items) {
      if (
        letsThrough(item.outcome) ||
        item.check.startsWith('level:') ||
        (item.reasons.every((reason) => DERIVED.has(reason.code)) && item.reasons.length > 0)
      )
        continue
      if ([...already, ...found].some((other) => says(other, item))) continue
      found.push(blocker(`Gate ${gate.id}, ${side}`, gate.id, item.outcome, item.reasons, item.text))
    }
  }
  const waits = gate.reasons.filter((reason) => !DERIVED.has(reason.code))
  if (found.length > 0 && gate.state !== 'awaiting_approval') return found
  const outcome: Outcome =
    gate.state === 'awaiting_approval' || gate.state === 'evidence_pending'
      ? 'pending'
      : gate.state === 'error'
        ? 'error'
        : 'fail'
  return [
    ...found.filter((item) => item.outcome !== 'pending' || gate.state !== 'awaiting_approval'),
    ...waits.map((reason) => blocker(`Gate ${gate.id}`, gate.id, outcome, [reason])),
  ]
}

/** The item is about a criterion that is listed, or would say the same words again. */
function says(listed: Blocker, item: ResultGateItem): boolean {
  if (listed.id && (item.check === `criterion:${listed.subject}` || item.check === listed.subject)) return true
  const first = item.reasons[0]?.text
  return first !== undefined && listed.text.split('; ').includes(first)
}

function blocker(
  place: string,
  level: number,
  outcome: Outcome,
  reasons: readonly StatedReason[],
  subject: string | null = null,
): Blocker {
  const said = [...new Set(reasons.map((reason) => withoutPlace(reason.text, place)))]
  return {
    place,
    level,
    subject,
    id: false,
    outcome,
    text: said.slice(0, 2).join('; '),
    fix: reasons.find((reason) => reason.fix !== null)?.fix ?? null,
    origin: null,
  }
}

/** `Gate 3: gate 3 waits` would say it twice. */
function withoutPlace(text: string, place: string): string {
  return text.toLowerCase().startsWith(`${place.toLowerCase()} `) ? text.slice(place.length + 1) : text
}

function outcomeOf(result: Result): Outcome {
  return result.decision.verdict === 'pending' ? 'pending' : result.decision.verdict === 'error' ? 'error' : 'fail'
}

function stateOutcome(state: string): Outcome {
  return state === 'pending_review' || state === 'evidence_pending' ? 'pending' : state === 'error' ? 'error' : 'fail'
}
