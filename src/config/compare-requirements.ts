// Sentences, deliverables and checklist items of two policies held against each other.
import { type Check, notationOf } from '../model/check.ts'
import type { Attested, ChecklistItemRule, Requirement } from '../model/config.ts'
import { type Change, compareKeyed, type Judge, line, NONE, type Place, rule } from './change.ts'
import { anyChange, limits, strictWhen } from './judges.ts'

/** The same check with another limit is as strict as the limit; any other change of a check cannot be told. */
const checks: Judge<Check | null> = (from, to) => {
  if (from === null || to === null) return from === to ? null : to === null ? 'looser' : 'tighter'
  if (notationOf(from) === notationOf(to)) return null
  if (from.fn === 'unbound') return 'looser'
  if (to.fn === 'unbound') return 'tighter'
  if (from.fn === 'metric' && to.fn === 'metric' && from.id === to.id) return limits([from.limit], [to.limit])
  if (from.fn === 'tests.count' && to.fn === 'tests.count' && from.level === to.level) return limits([from.limit], [to.limit])
  return 'unknown'
}

const showCheck = (check: Check | null): string => (check === null ? NONE : line(notationOf(check)))

const RULES = [
  rule('', 'check', (one: Requirement) => one.check, checks, showCheck),
  rule('', 'optional', (one: Requirement) => one.optional, strictWhen(false)),
]

/** Sentences have no key of their own: they are told apart by what they say, and pointed to by their list. */
export function compareRequirements(from: readonly Requirement[], to: readonly Requirement[], place: Place): Change[] {
  return compareKeyed(from, to, place, {
    // Another number makes it no other sentence: the numbers are judged as the limits of its check.
    idOf: (one) =>
      one.text
        .toLowerCase()
        .replace(/[<>]?=?\s?\d{1,3}(?:\.\d{1,6})?\s?%/g, '#')
        .replace(/\s+/g, ' ')
        .trim(),
    name: (one) => `"${line(one.text)}"`,
    show: (one) => showCheck(one.check),
    added: 'tighter',
    removed: 'looser',
    origin: (one) => one.origin,
    keyed: false,
    rules: RULES,
  })
}

/** An item that holds nothing back is a looser one; what its words say alone cannot be told. */
const progress: Judge<boolean | null> = (from, to) =>
  from === to ? null : to === true ? 'looser' : from === true ? 'tighter' : 'unknown'

/** The first word on an item is what it waits for. Another word may be a weaker one. */
const attestations: Judge<Attested | null> = (from, to) => {
  if (showAttested(from) === showAttested(to)) return null
  return from === null ? 'declared' : to === null ? 'tighter' : 'unknown'
}

function showAttested(attested: Attested | null): string {
  if (attested === null) return NONE
  const { by, on, evidence, expires } = attested
  return line(`by ${by}, ${on}, evidence: ${evidence}, until ${expires}`)
}

const ITEM_RULES = [
  rule('', 'check', (item: ChecklistItemRule) => item.check, checks, showCheck),
  rule('', 'blocking', (item: ChecklistItemRule) => item.blocking, strictWhen(true)),
  rule('', 'weight', (item: ChecklistItemRule) => item.weight, anyChange),
  rule('', 'progress', (item: ChecklistItemRule) => item.progress ?? null, progress),
  rule('', 'attested', (item: ChecklistItemRule) => item.attested ?? null, attestations, showAttested),
]

export function compareItems(from: readonly ChecklistItemRule[], to: readonly ChecklistItemRule[], place: Place): Change[] {
  return compareKeyed(from, to, place, {
    idOf: (item) => item.id,
    name: (item) => `"${line(item.text)}"`,
    show: (item) => (item.check === null ? 'by hand' : showCheck(item.check)),
    added: 'tighter',
    removed: 'looser',
    origin: (item) => item.origin,
    keyed: false,
    rules: ITEM_RULES,
  })
}
