// What holds the target back, each once, lowest level first: the same list on every surface.
import { letsThrough, type Outcome } from '../model/outcome.ts'
import type { Result, ResultGate, ResultGateItem, ResultLevel, StatedReason } from '../model/result.ts'

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
  const listed = new Listed()
  for (const found of judgingBlockers(result)) listed.add(found, [])
  for (const level of result.levels.filter((entry) => entry.number <= target)) levelBlockers(level, listed)
  for (const gate of result.gates.filter((entry) => entry.id <= target)) gateBlockers(gate, listed)
  if (listed.blockers.length > 0) return listed.blockers
  return result.decision.reasons.map((reason) => blocker('Decision', 0, outcomeOf(result), [reason]))
}

/** Collects blockers, and knows what an item would only say again. */
class Listed {
  readonly blockers: Blocker[] = []
  private readonly criteria = new Set<string>()
  private readonly texts = new Set<string>()

  add(found: Blocker, reasons: readonly StatedReason[]): void {
    this.blockers.push(found)
    if (found.id && found.subject !== null) this.criteria.add(`criterion:${found.subject}`).add(found.subject)
    for (const reason of reasons) this.texts.add(reason.text)
  }

  covers(item: ResultGateItem): boolean {
    const first = item.reasons[0]?.text
    return this.criteria.has(item.check) || (first !== undefined && this.texts.has(first))
  }
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

function levelBlockers(level: ResultLevel, listed: Listed): void {
  const place = `Level ${level.number}`
  const before = listed.blockers.length
  for (const { id, outcome, reasons, limit } of level.criteria) {
    if (letsThrough(outcome)) continue
    listed.add({ ...blocker(place, level.number, outcome, reasons, id), id: true, origin: limit.origin }, reasons)
  }
  for (const item of level.requirements) {
    if (inTheWay(item) && !listed.covers(item))
      listed.add(blocker(place, level.number, item.outcome, item.reasons, item.text), item.reasons)
  }
  const through = level.state === 'passed' || level.state === 'passed_with_warnings'
  if (through || listed.blockers.length > before) return
  for (const reason of level.reasons) {
    if (!DERIVED.has(reason.code)) listed.add(blocker(place, level.number, stateOutcome(level.state), [reason]), [reason])
  }
}

function gateBlockers(gate: ResultGate, listed: Listed): void {
  if (gate.state === 'open' || gate.state === 'approved' || gate.state === 'skipped') return
  const before = listed.blockers.length
  const waits = gate.state === 'awaiting_approval'
  const sides = { entry: gate.entry, exit: gate.exit, deliverable: gate.deliverables }
  for (const [side, items] of Object.entries(sides)) {
    for (const item of items) {
      // What only the approval can say is said once, by the gate itself.
      if (!inTheWay(item) || (waits && item.outcome === 'pending') || listed.covers(item)) continue
      listed.add(blocker(`Gate ${gate.id}, ${side}`, gate.id, item.outcome, item.reasons, item.text), item.reasons)
    }
  }
  if (listed.blockers.length > before && !waits) return
  for (const reason of gate.reasons) {
    if (!DERIVED.has(reason.code)) listed.add(blocker(`Gate ${gate.id}`, gate.id, gateOutcome(gate.state), [reason]), [reason])
  }
}

/** Not met, asked for, and not merely because of what is listed for a level or gate below. */
function inTheWay({ outcome, optional, check, reasons }: ResultGateItem): boolean {
  if (letsThrough(outcome) || optional || check.startsWith('level:')) return false
  return reasons.length === 0 || reasons.some((reason) => !DERIVED.has(reason.code))
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

function gateOutcome(state: string): Outcome {
  return state === 'awaiting_approval' || state === 'evidence_pending' ? 'pending' : state === 'error' ? 'error' : 'fail'
}
