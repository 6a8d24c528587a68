// The verdict in one line, and the one sentence why.
import { levelNumber } from '../model/level.ts'
import type { Result, ResultCriterion, ResultLevel } from '../model/result.ts'
import { type Blocker, subjectsShown } from './blocker.ts'
import { plural } from './numbers.ts'
import { textsOf } from './stated.ts'
import { LEVEL_STATES, OUTCOMES, type Shown } from './states.ts'

/** `Failed${advice}: level 1 of 2 reached`. Of our words and the config's level names; raw text. */
export function headline(result: Result): string {
  if (result.reported !== undefined) return reportedLine(result.reported, result)
  const { verdict, level, target, warnings, pendingFor } = result.decision
  const advice = result.config.mode === 'advisory' ? ' (advice only)' : ''
  switch (verdict) {
    case 'passed':
      return `Passed${advice}: level ${level} reached${level > target ? ` (target: ${target})` : ''}${warnings > 0 ? `, with ${plural(warnings, 'warning')}` : ''}`
    case 'pending':
      return pendingFor === 'approval'
        ? `Pending${advice}: waits for ${approvals(result)}`
        : `Pending${advice}: evidence for level ${level < target ? level + 1 : target} is still to come`
    case 'failed':
      return level === 0
        ? `Failed${advice}: no level reached, target is level ${target}`
        : `Failed${advice}: level ${level} reached, target is level ${target}`
    case 'error':
      return 'Could not judge: this is neither a pass nor a fail'
  }
}

/** Whose word it is stands before what it says. */
function reportedLine({ from, verdict, level }: NonNullable<Result['reported']>, { subject, decision }: Result): string {
  const who = from === subject.repository ? 'its own run' : 'the fork'
  return `Reported by ${who}, not verified: ${verdict}, level ${level} of ${decision.target}`
}

/** What the reader should know second: the first blocker, or what a pass rests on. */
export function becauseOf(result: Result, blockers: readonly Blocker[]): string {
  const first = blockers[0]
  if (first !== undefined) return `${subjectsShown(first, String) || first.place}: ${first.text}`
  const counted = result.levels.filter((entry) => entry.number <= result.decision.target).flatMap((entry) => entry.criteria)
  const number = (outcome: string): number => counted.filter((criterion) => criterion.outcome === outcome).length
  const rest = [
    number('warn') > 0 ? `${number('warn')} with a warning` : '',
    number('not_applicable') > 0 ? `${number('not_applicable')} not applicable` : '',
  ].filter((part) => part !== '')
  const passed =
    rest.length === 0 ? plural(counted.length, 'criterion', 'criteria') : `${number('pass')} of ${counted.length} criteria`
  const files = result.evidence.filter((file) => file.admitted).length
  return [`${passed} passed`, ...rest, `from ${plural(files, 'report')}`].join(', ')
}

/** Said wherever a verdict is shown that nothing enforces. */
export function advisory(result: Result): string | null {
  if (result.config.mode !== 'advisory') return null
  return result.config.source === 'defaults'
    ? 'Nothing is enforced: there is no config. Add .github/certification.yml to enforce your limits.'
    : 'Nothing is enforced: the policy is in advisory mode.'
}

/** A known value explains itself by its formula, and by whatever else kept it from passing; an unknown one by its reasons. */
export function howOf(criterion: ResultCriterion): string {
  if (criterion.value === null || criterion.formula === '') return textsOf(criterion.reasons).slice(0, 4).join('; ')
  const others = textsOf(criterion.reasons.filter((reason) => reason.code !== 'limit_not_met'))
  return [criterion.formula, ...others.slice(0, 3)].join('; ')
}

/** A level's state with its counts: `1 failed, 3 passed` says more than `failed`. */
export function levelShown(level: ResultLevel): Shown {
  const shown = LEVEL_STATES[level.state]
  const counts = tally(level)
  if (counts === '' || level.state === 'passed' || level.state === 'disabled') return shown
  if (level.state === 'passed_with_warnings') {
    return {
      ...shown,
      word: `passed, ${level.criteria.filter((criterion) => criterion.outcome === 'warn').length} with a warning`,
    }
  }
  if (level.state !== 'failed' || !/failed|without|pending|judged/.test(counts))
    return { ...shown, word: `${shown.word}: ${counts}` }
  const absent = level.criteria.every((criterion) => criterion.outcome === 'no_evidence' || criterion.outcome === 'pass')
  return absent ? { ...OUTCOMES.no_evidence, word: counts } : { ...shown, word: counts }
}

/** The strip needs no "Certification" after each name. */
export function shortName(level: ResultLevel): string {
  return level.name.replace(/ Certification$/, '')
}

/** How a level's criteria came out: `1 failed, 2 without evidence, 1 passed`. */
export function tally(level: ResultLevel): string {
  const groups: [string, (outcome: string) => boolean][] = [
    ['failed', (outcome) => outcome === 'fail'],
    ['could not be judged', (outcome) => outcome === 'error'],
    ['without evidence', (outcome) => outcome === 'no_evidence'],
    ['pending', (outcome) => outcome === 'pending'],
    ['with a warning', (outcome) => outcome === 'warn'],
    ['passed', (outcome) => outcome === 'pass'],
    ['n/a', (outcome) => outcome === 'not_applicable' || outcome === 'skipped'],
  ]
  return groups
    .map(([word, belongs]) => [level.criteria.filter((criterion) => belongs(criterion.outcome)).length, word] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ')
}

/** The first level above what was reached that the policy judges; null: none is left. */
export function nextLevel(result: Result): ResultLevel | null {
  const out = new Set(['disabled', 'not_applicable', 'passed', 'passed_with_warnings'])
  return result.levels.find((level) => levelNumber(level.id) > result.decision.level && !out.has(level.state)) ?? null
}

function approvals(result: Result): string {
  const gates = result.gates
    .filter((gate) => gate.state === 'awaiting_approval' && gate.id <= result.decision.target)
    .map((gate) => gate.id)
  return gates.length === 0 ? 'an approval' : `approval of gate ${gates.join(' and ')}`
}
