// What holds the target back, each cause once, lowest level first: the same list on every surface.

import type { LevelNumber } from '../model/level.ts'
import { letsThrough, type Outcome } from '../model/outcome.ts'
import { reason } from '../model/reason.ts'
import type { Result, ResultGate, ResultGateItem, ResultLevel, StatedReason } from '../model/result.ts'
import { type Blocker, blocker, grouped, Listed } from './blocker.ts'
import { isDerived } from './causes.ts'
import { stated } from './stated.ts'

/** A result does not change, and each surface asks, some of them twice. */
const known = new WeakMap<Result, readonly Blocker[]>()

export function blockersOf(result: Result): readonly Blocker[] {
  const found = known.get(result) ?? blockingIn(result)
  known.set(result, found)
  return found
}

function blockingIn(result: Result): readonly Blocker[] {
  if (result.decision.verdict === 'passed') return []
  const { target } = result.decision
  const listed = new Listed()
  for (const found of judgingBlockers(result)) listed.add(found, [])
  listWay(result, 1, target, listed)
  if (listed.blockers.length > 0) return grouped(withNothingFound(result, listed.blockers))
  return result.decision.reasons.map((entry) => blocker('Decision', 0, outcomeOf(result), [entry]))
}

/** What one level and its gate lack, though nothing asks for them yet: the way on. */
export function lacksOf(result: Result, number: LevelNumber): Blocker[] {
  return wayTo(result, number, number)
}

/** All that lies between what is reached and a level, each cause once, lowest level first. */
export function pathTo(result: Result, number: LevelNumber): Blocker[] {
  const way = wayTo(result, 1, number)
  // A gate comes before the next level; within a number what was listed first stays first.
  return way
    .map((one, at) => ({ one, at }))
    .sort((a, b) => a.one.level - b.one.level || a.at - b.at)
    .map(({ one }) => one)
}

function wayTo(result: Result, from: LevelNumber, to: LevelNumber): Blocker[] {
  const listed = new Listed()
  listWay(result, from, to, listed)
  return grouped(listed.blockers)
}

function listWay(result: Result, from: LevelNumber, to: LevelNumber, listed: Listed): void {
  const within = (number: LevelNumber): boolean => from <= number && number <= to
  for (const level of result.levels.filter((entry) => within(entry.number))) levelBlockers(smallestFirst(level, result), listed)
  for (const gate of result.gates.filter((entry) => within(entry.id))) gateBlockers(gate, listed)
}

/** Where there is no report at all, that is the one cause, and one next step is worth more than eight. */
function withNothingFound(result: Result, blockers: readonly Blocker[]): Blocker[] {
  const reports = result.evidence.filter((file) => file.kind !== 'documentation' && file.kind !== 'checklist')
  const others = blockers.filter((entry) => entry.code !== 'evidence_missing' || entry.outcome !== 'no_evidence')
  if (reports.length > 0 || blockers.length - others.length < 2) return [...blockers]
  const wanted = result.levels
    .filter((level) => level.number <= result.decision.target)
    .flatMap((level) => level.criteria.flatMap((criterion) => criterion.reasons))
    .flatMap((entry) => (entry.code === 'evidence_missing' ? entry.args.expected : []))
  const nothing = stated(reason('nothing_found', { looked_for: [...new Set(wanted)] }))
  return [blocker('Evidence', 0, 'no_evidence', [nothing]), ...others]
}

/** What kept certify from judging at all. A refused config is shown problem by problem. */
function judgingBlockers(result: Result): Blocker[] {
  if (result.decision.verdict !== 'error') return []
  const said = new Set([...result.levels, ...result.gates].flatMap((entry) => entry.reasons.map((one) => one.text)))
  const about = result.decision.reasons.filter((entry) => !isDerived(entry) && !said.has(entry.text))
  return about.flatMap((entry) => {
    const problems =
      entry.code === 'config_invalid'
        ? result.notices.filter((notice) => notice.line !== undefined || notice.path !== undefined)
        : []
    const head = blocker(entry.code.startsWith('config_') ? 'Policy' : 'certify', 0, 'error', [entry])
    return [
      // Each problem below has its own fix.
      { ...head, fixes: problems.length > 0 ? [] : head.fixes },
      ...problems.map((problem, index) => ({
        ...head,
        place: [problem.path, problem.line, problem.column].filter((part) => part !== undefined).join(':'),
        text: problem.message,
        // A hint that lists what is allowed is long: once is enough.
        fixes: problems.findIndex((one) => one.hint === problem.hint) === index ? [problem.hint ?? []].flat() : [],
        origin: problem.path !== undefined && problem.line !== undefined ? `${problem.path}:${problem.line}` : null,
      })),
    ]
  })
}

/** Its criteria in the order of its shortfall: the smallest step first, what only a person can say last. */
function smallestFirst(level: ResultLevel, { shortfall }: Result): ResultLevel {
  const order = shortfall.find((entry) => entry.level === level.id)?.items.map((item) => item.about) ?? []
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)
  return { ...level, criteria: [...level.criteria].sort((a, b) => rank(a.id) - rank(b.id)) }
}

function levelBlockers(level: ResultLevel, listed: Listed): void {
  const place = `Level ${level.number}`
  const before = listed.blockers.length
  for (const { id, metric, outcome, reasons, limit, steps } of level.criteria) {
    if (letsThrough(outcome)) continue
    const found = blocker(place, level.number, outcome, reasons, id)
    const fixes = steps.length === 0 ? found.fixes : steps.map((step) => step.text)
    listed.add({ ...found, fixes, ids: true, origin: limit.origin }, reasons, [id, metric])
  }
  for (const item of level.requirements) addItem(item, place, level.number, listed)
  const through = level.state === 'passed' || level.state === 'passed_with_warnings'
  if (through || listed.blockers.length > before) return
  for (const entry of level.reasons) addReason(entry, place, level.number, stateOutcome(level.state), listed)
}

function gateBlockers(gate: ResultGate, listed: Listed): void {
  if (gate.state === 'open' || gate.state === 'approved' || gate.state === 'skipped') return
  const place = `Gate ${gate.id}`
  const before = listed.blockers.length
  const waits = gate.state === 'awaiting_approval'
  for (const item of [...gate.entry, ...gate.exit, ...gate.deliverables]) {
    // What only the approval can say is said once, by the gate itself.
    if (!(waits && item.outcome === 'pending')) addItem(item, place, gate.id, listed)
  }
  if (listed.blockers.length > before && !waits) return
  for (const entry of gate.reasons) addReason(entry, place, gate.id, gateOutcome(gate.state), listed)
}

function addItem(item: ResultGateItem, place: string, level: LevelNumber, listed: Listed): void {
  if (!inTheWay(item) || listed.coversItem(item, level)) return
  listed.add(blocker(place, level, item.outcome, item.reasons, item.text), item.reasons)
}

function addReason(entry: StatedReason, place: string, level: LevelNumber, outcome: Outcome, listed: Listed): void {
  if (isDerived(entry) || listed.covers(entry, level, null)) return
  listed.add(blocker(place, level, outcome, [entry]), [entry])
}

/** Not met, asked for, and not merely because of what is listed for a level or gate below. */
function inTheWay({ outcome, optional, check, reasons }: ResultGateItem): boolean {
  if (letsThrough(outcome) || optional || check.startsWith('level:')) return false
  return reasons.length === 0 || reasons.some((entry) => !isDerived(entry))
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
