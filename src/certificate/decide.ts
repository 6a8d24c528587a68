// The verdict for a target level, from levels and gates that were judged before. Only what was evaluated and let through counts.
import type { Config } from '../model/config.ts'
import type { Decision, GateResult, LevelResult, Outstanding } from '../model/judgement.ts'
import { type LevelNumber, levelId } from '../model/level.ts'
import { type LevelState, letsThrough, type Verdict } from '../model/outcome.ts'
import { worst } from '../model/outstanding.ts'
import { distinctReasons, type Reason, reason } from '../model/reason.ts'
import { shortfallOf } from './shortfall.ts'

export interface DecideInput {
  config: Config
  target: LevelNumber
  levels: readonly LevelResult[]
  gates: readonly GateResult[]
  /** What kept the run as a whole from being judged; any makes the verdict `error`. */
  errors: readonly Reason[]
}

const NUMBERS: readonly LevelNumber[] = [1, 2, 3, 4]

/** Pure; never throws. `passed` needs every enabled level up to the target through and every gate up to it open. */
export function decide(input: DecideInput): Decision {
  const { config, target, levels, gates, errors } = input
  const reached = highestReached(input)
  const upTo = NUMBERS.filter((n) => n <= target)
  const outstanding = worst([errors.length > 0 ? 'error' : 'none', ...upTo.map((n) => outstandingAt(n, input))])
  const verdict = verdictOf(outstanding, reached >= target)
  const through = reachedLevels(input)
  const judged = levels.filter((one) => one.level.number <= target).flatMap((one) => one.criteria)
  const gate = gates.find((one) => one.gate.number === target)
  return {
    verdict,
    level: reached,
    target,
    proceed: verdict === 'passed' && gate?.state === 'open' && gate.proceed,
    pendingFor: verdict !== 'pending' ? null : outstanding === 'approval' ? 'approval' : 'evidence',
    warnings: judged.filter((one) => one.outcome === 'warn' && !informational(one.reasons)).length,
    failedCriteria: judged.filter((one) => !letsThrough(one.outcome)).map((one) => one.criterion.id),
    shortfall: NUMBERS.filter((n) => !through.has(n) && config.levels.some((one) => one.number === n)).map((n) => ({
      level: levelId(n),
      items: shortfallOf(n, levels, gates),
    })),
    reasons: [...errors, ...reasonsOf(input, reached)],
  }
}

/** `complete`: the target is among what was reached; without it nothing is ever `passed`, whatever is outstanding. */
function verdictOf(outstanding: Outstanding, complete: boolean): Verdict {
  if (outstanding === 'error') return 'error'
  if (outstanding === 'approval' || outstanding === 'evidence') return 'pending'
  return outstanding === 'none' && complete ? 'passed' : 'failed'
}

/** Severity `info` shows a miss and warns of nothing. */
function informational(reasons: readonly Reason[]): boolean {
  return reasons.some((one) => one.code === 'severity_downgraded' && one.args.to === 'info')
}

/** A disabled level below the target is left out and named; the target itself cannot be left out. */
function outstandingAt(n: LevelNumber, { config, target, levels, gates }: DecideInput): Outstanding {
  const configured = config.levels.find((one) => one.number === n)
  const gateConfig = config.gates.find((one) => one.number === n)
  const level = levels.find((one) => one.level.number === n)
  const gate = gates.find((one) => one.gate.number === n)
  if (configured === undefined || !configured.enabled) {
    if (n === target) return 'failure'
    return gate === undefined ? 'none' : gate.outstanding
  }
  // What should have been judged and has no result could not be judged.
  if (level === undefined || (gateConfig !== undefined && gate === undefined)) return 'error'
  return worst([level.outstanding, gate?.outstanding ?? 'none'])
}

const THROUGH: readonly LevelState[] = ['passed', 'passed_with_warnings', 'not_applicable']

/** Numbers of the levels that are through with their gate open, each on an unbroken row of enabled ones below it. */
function reachedLevels({ config, levels, gates }: DecideInput): Set<LevelNumber> {
  const reached = new Set<LevelNumber>()
  let evaluated = false
  for (const n of NUMBERS) {
    const level = levels.find((one) => one.level.number === n)
    const gate = gates.find((one) => one.gate.number === n)
    const gateConfigured = config.gates.some((one) => one.number === n)
    const closed =
      gate === undefined ? gateConfigured : gate.state !== 'open' && gate.state !== 'approved' && gate.state !== 'skipped'
    if (level === undefined || closed) return reached
    if (level.state === 'disabled') continue
    if (!THROUGH.includes(level.state)) return reached
    evaluated ||= level.state !== 'not_applicable'
    // A row of nothing but "not applicable" has not evaluated anything.
    if (evaluated) reached.add(n)
  }
  return reached
}

function highestReached(input: DecideInput): 0 | LevelNumber {
  return [...reachedLevels(input)].at(-1) ?? 0
}

function reasonsOf({ config, target, levels, gates }: DecideInput, reached: 0 | LevelNumber): Reason[] {
  const reasons: Reason[] = []
  if (reached > 0) reasons.push(reason('level_reached', { level: levelId(reached as LevelNumber) }))
  for (const n of NUMBERS.filter((one) => one <= target)) {
    const level = levels.find((one) => one.level.number === n)
    const gate = gates.find((one) => one.gate.number === n)
    if (config.levels.find((one) => one.number === n)?.enabled !== true)
      reasons.push(reason('level_disabled', { level: levelId(n) }))
    else if (level !== undefined) reasons.push(...level.reasons.filter(({ code }) => code !== 'level_disabled'))
    if (gate !== undefined) reasons.push(...gate.reasons)
  }
  return distinctReasons(reasons)
}
