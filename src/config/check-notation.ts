// The closed notation of `check:` both ways: "tests.count:service >= 20" and the Check it stands for (docs/checks.md).
import type { Check } from '../model/check.ts'
import type { Kind, ScanKind } from '../model/evidence.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import type { Limit } from '../model/limit.ts'
import { nearest } from '../model/nearest.ts'
import { parseDuration, secondsOf } from './calendar.ts'
import { quoted } from './term.ts'
import { contradiction, parseLimit } from './threshold.ts'

export interface CheckContext {
  /** file:line of the text, for the limits in it. */
  origin: string
  /** Known metric ids with their units. */
  metrics: ReadonlyMap<string, string>
  /** Known criterion ids and checklist ids, for `criterion:` and `checklist:`; left out: any well-formed id. */
  criteria?: readonly string[]
  checklists?: readonly string[]
}

/** The notation of a check; parseCheck reads it back (all but `unbound`, and paths with a comma in them). */
export { notationOf as formatCheck } from '../model/check.ts'

export type ParsedCheck = { check: Check } | { problem: string; hint?: string }

const MAX_LENGTH = 500
const ID = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/
const KINDS: readonly Kind[] = ['coverage', 'tests', 'performance', 'security', 'documentation', 'checklist', 'reliability']
const SCANS: readonly ScanKind[] = ['sast', 'sca', 'secrets', 'container', 'iac', 'dast', 'license']

/** How each check is written. Its keys are the closed list: a check added to the model does not compile without its notation. */
export const NOTATION: Record<Check['fn'], string> = {
  criterion: 'criterion:ID',
  metric: 'ID >= 90%',
  level: 'level:LEVEL',
  'tests.passed': 'tests.passed:LEVEL',
  'tests.count': 'tests.count:LEVEL >= 20',
  evidence: 'evidence:KIND[/SCAN][:LEVEL]',
  file: 'file:PATH[, PATH] [max_age=30d]',
  'change.ready': 'change.ready',
  baseline: 'baseline:LEVEL',
  checklist: 'checklist:ID',
  'issues.closed': 'issues.closed: 12, 15',
  'sub_issues.closed': 'sub_issues.closed: 7',
  approval: 'approval',
  go_live: 'go_live',
  manual: 'manual',
  unbound: 'unbound',
}

const NAMES = Object.keys(NOTATION).filter((name) => name !== 'unbound' && name !== 'metric') as Check['fn'][]

/** A check as the config writes it. `unbound` cannot be asked for. */
export function parseCheck(text: string, context: CheckContext): ParsedCheck {
  if (text.length > MAX_LENGTH) return { problem: `a check has at most ${MAX_LENGTH} characters` }
  const trimmed = text.trim()
  const word = /^[A-Za-z][A-Za-z0-9_.-]*/.exec(trimmed)?.[0] ?? ''
  const rest = trimmed.slice(word.length).trim()
  if (word === 'unbound')
    return {
      problem: '"unbound" is what a sentence without a check becomes, not a check',
      hint: 'leave check: out, or write manual',
    }
  const fn = NAMES.find((name) => name === word)
  if (fn === undefined) return /^[<>=!]/.test(rest) ? metricCheck(word, rest, context) : unknownCheck(trimmed, word, context)
  if (rest === '') return simple(fn)
  if (!rest.startsWith(':')) return { problem: `${quoted(rest)} does not belong after ${word}`, hint: `write ${NOTATION[fn]}` }
  return withArgument(fn, rest.slice(1).trim(), context)
}

function simple(fn: Check['fn']): ParsedCheck {
  switch (fn) {
    case 'change.ready':
    case 'approval':
    case 'go_live':
    case 'manual':
      return { check: { fn } }
    default:
      return { problem: `${fn} does not say of what`, hint: `write ${NOTATION[fn]}` }
  }
}

function withArgument(fn: Check['fn'], argument: string, context: CheckContext): ParsedCheck {
  switch (fn) {
    case 'criterion':
      return named(argument, 'criterion', context.criteria, (id) => ({ fn, id }))
    case 'checklist':
      return named(argument, 'checklist', context.checklists, (id) => ({ fn, id }))
    case 'level':
    case 'tests.passed':
    case 'baseline':
      return atLevel(argument, (level) => ({ fn, level }))
    case 'tests.count':
      return testCount(argument, context)
    case 'evidence':
      return evidenceCheck(argument)
    case 'file':
      return fileCheck(argument)
    case 'issues.closed': {
      const issues = argument.split(',').map(issueNumber)
      return issues.every((one) => one !== null) ? { check: { fn, issues: [...new Set(issues)] } } : noIssue(argument, fn)
    }
    case 'sub_issues.closed': {
      const issue = issueNumber(argument)
      return issue === null ? noIssue(argument, fn) : { check: { fn, issue } }
    }
    default:
      return { problem: `${fn} takes nothing after it, not ${quoted(argument)}`, hint: `write ${NOTATION[fn]}` }
  }
}

function named(id: string, what: string, known: readonly string[] | undefined, make: (id: string) => Check): ParsedCheck {
  if (ID.test(id) && (known === undefined || known.includes(id))) return { check: make(id) }
  return { problem: `there is no ${what} ${quoted(id)}`, ...suggestion(id, known ?? []) }
}

function atLevel(text: string, make: (level: LevelId) => Check): ParsedCheck {
  const level = LEVEL_IDS.find((id) => id === text)
  return level === undefined
    ? { problem: `there is no level ${quoted(text)}`, ...suggestion(text, LEVEL_IDS) }
    : { check: make(level) }
}

function metricCheck(id: string, limitText: string, context: CheckContext): ParsedCheck {
  const unit = context.metrics.get(id)
  if (unit === undefined) return { problem: `there is no metric ${quoted(id)}`, ...suggestion(id, context.metrics.keys()) }
  const parsed = parseLimit(limitText, unit, context.origin)
  return 'problem' in parsed ? parsed : { check: { fn: 'metric', id, limit: parsed.limit } }
}

const ZERO: Limit = { terms: [{ op: '==', value: 0, unit: '', mode: 'absolute' }], text: '== 0', origin: 'default' }

/** A limit that zero tests would meet lets an empty run through. */
function testCount(argument: string, context: CheckContext): ParsedCheck {
  const at = argument.search(/[^a-z]/)
  const found = atLevel(at < 0 ? argument : argument.slice(0, at), (level) => ({ fn: 'tests.passed', level }))
  if ('problem' in found) return found
  const text = at < 0 ? '' : argument.slice(at).trim()
  if (!/^[<>=!]/.test(text)) return { problem: 'tests.count has no number to count to', hint: `write ${NOTATION['tests.count']}` }
  const parsed = parseLimit(text, '', context.origin)
  if ('problem' in parsed) return parsed
  if (parsed.limit.terms.some((term) => term.unit !== '' || term.mode !== 'absolute' || !Number.isInteger(term.value))) {
    return { problem: `${quoted(text)} is not a number of tests`, hint: `write ${NOTATION['tests.count']}` }
  }
  if (contradiction([parsed.limit, ZERO]) === null) {
    return { problem: `${quoted(text)} would be met without any test`, hint: 'ask for at least one: ">= 1"' }
  }
  const { level } = found.check as Extract<Check, { fn: 'tests.passed' }>
  return { check: { fn: 'tests.count', level, limit: parsed.limit } }
}

function evidenceCheck(argument: string): ParsedCheck {
  const [subject = '', levelText, more] = argument.split(':').map((part) => part.trim())
  const [kindText = '', scanText, tooMuch] = subject.split('/')
  if (more !== undefined || tooMuch !== undefined)
    return { problem: `${quoted(argument)} says too much`, hint: `write ${NOTATION.evidence}` }
  const kind = KINDS.find((one) => one === kindText)
  if (kind === undefined) return { problem: `there is no kind of evidence ${quoted(kindText)}`, ...suggestion(kindText, KINDS) }
  const scan = SCANS.find((one) => one === scanText)
  if (scanText !== undefined && (scan === undefined || kind !== 'security')) {
    return { problem: `there is no ${kind} scan ${quoted(scanText)}`, ...suggestion(scanText, kind === 'security' ? SCANS : []) }
  }
  const make = (level: LevelId | null): Check => ({ fn: 'evidence', kind, level, ...(scan === undefined ? {} : { scan }) })
  return levelText === undefined ? { check: make(null) } : atLevel(levelText, make)
}

function fileCheck(argument: string): ParsedCheck {
  const aged = /^(.*\S)\s+max_age=(\S*)$/.exec(argument)
  const list = (aged?.[1] ?? argument).split(',').map((path) => path.trim())
  if (list.includes('')) return { problem: 'file: names no path', hint: `write ${NOTATION.file}` }
  // The globs themselves are held to the workspace where they are read; here only what could never be meant is refused.
  const outside = list.find(
    (path) => path.startsWith('/') || path.includes('\\') || path.includes('\0') || path.split('/').includes('..'),
  )
  if (outside !== undefined)
    return { problem: `${quoted(outside)} is not a path below the repository`, hint: 'write it relative, with forward slashes' }
  if (aged === null) return { check: { fn: 'file', paths: list, maxAgeSeconds: null } }
  const parsed = parseDuration(aged[2], null)
  if ('problem' in parsed) return parsed
  const maxAgeSeconds = secondsOf(parsed.duration)
  return maxAgeSeconds === null
    ? { problem: `${quoted(aged[2] ?? '')} has months in it, which differ in length`, hint: 'write days: max_age=30d' }
    : { check: { fn: 'file', paths: list, maxAgeSeconds } }
}

/** `12` or `#12`; null: it is none. */
function issueNumber(text: string): number | null {
  const [, digits] = /^#?([1-9]\d{0,8})$/.exec(text.trim()) ?? []
  return digits === undefined ? null : Number(digits)
}

function noIssue(argument: string, fn: Check['fn']): ParsedCheck {
  return {
    problem: `${quoted(argument)} is no ${fn === 'issues.closed' ? 'list of issue numbers' : 'number of an issue'}`,
    hint: `write ${NOTATION[fn]}`,
  }
}

function unknownCheck(text: string, word: string, context: CheckContext): ParsedCheck {
  const known = [...NAMES, ...context.metrics.keys()]
  const meant = nearest(word, known)
  const list = Object.entries(NOTATION).filter(([name]) => name !== 'unbound')
  if (word !== '' && context.metrics.has(word))
    return { problem: `${quoted(text)} holds ${word} against no limit`, hint: `write "${word} >= 90%", or criterion:${word}` }
  return {
    problem: `${quoted(text)} is not a check`,
    hint: `${meant === null ? '' : `did you mean ${meant}? `}Checks: ${list.map(([, notation]) => notation).join(' | ')}`,
  }
}

function suggestion(word: string, known: Iterable<string>): { hint?: string } {
  const names = [...known]
  const meant = nearest(word, names)
  if (meant !== null) return { hint: `did you mean ${meant}?` }
  return names.length === 0 ? {} : { hint: `known: ${names.slice(0, 30).join(', ')}` }
}
