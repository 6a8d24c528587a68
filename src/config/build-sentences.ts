// Sentences of levels and gates bound to checks, and the numbers in them held against the criteria (decision 9).
import type { Check } from '../model/check.ts'
import type { CriterionConfig, Deliverable, Requirement } from '../model/config.ts'
import type { LevelId } from '../model/level.ts'
import type { Limit, Term } from '../model/limit.ts'
import { parseCheck } from './check-notation.ts'
import { isTree } from './pointer.ts'
import type { Reader } from './reader.ts'
import { type Bound, bindSentence, type Section } from './sentences.ts'

export interface Known {
  /** Metric ids with their units. */
  metrics: ReadonlyMap<string, string>
  criteria: ReadonlyMap<string, CriterionConfig>
  /** Criteria whose limit is written as a bare number: a sentence's comparator tightens it (spec 0.1). */
  bare: ReadonlySet<string>
  checklists: readonly string[]
}

interface Told {
  text: string
  check: Check
  /** Where the limit in it was set, if not by the sentence. */
  origin?: string
}

export interface Place {
  section: Section
  level: LevelId
}

export function requirementsOf(parent: Reader, key: string, place: Place, known: Known): Requirement[] {
  return parent.items(key).map((reader) => {
    const text = typeof reader.value === 'string' ? reader.value : reader.text('text', '')
    return { origin: reader.origin, ...sentence(reader, text, place, known), optional: reader.flag('optional', false) }
  })
}

export function deliverablesOf(parent: Reader, key: string, level: LevelId, known: Known): Deliverable[] {
  return parent.items(key).map((reader) => {
    const name = typeof reader.value === 'string' ? reader.value : reader.text('name', '')
    const paths = reader.texts('path')
    const told: Told =
      paths.length === 0
        ? sentence(reader, name, { section: 'deliverable', level }, known)
        : { text: name, check: { fn: 'file', paths, maxAgeSeconds: reader.seconds('max_age', 'd') } }
    return { origin: reader.origin, ...told, name: told.text, optional: reader.flag('optional', false) }
  })
}

/** The check of a `check:` key; null where it cannot be read, which has then been told. */
export function writtenCheck(reader: Reader, known: Known): Check | null {
  const parsed = parseCheck(String(reader.value), {
    origin: reader.origin,
    metrics: known.metrics,
    criteria: [...known.criteria.keys()],
    checklists: known.checklists,
  })
  if ('check' in parsed) return parsed.check
  reader.problem('bad_check', parsed.problem, parsed.hint)
  return null
}

function sentence(reader: Reader, text: string, place: Place, known: Known): Told {
  if (isTree(reader.value)) {
    if (reader.has('check')) return { text, check: writtenCheck(reader.at('check'), known) ?? { fn: 'unbound' } }
    if (reader.flag('manual', false)) return { text, check: { fn: 'manual' } }
  }
  const bound = bindSentence(text, place)
  if (bound !== null) return held(reader, text, bound, known)
  reader.notice(
    'unbound_sentence',
    `nothing checks ${JSON.stringify(text.slice(0, 100))}: it stays pending`,
    'give it a check (docs/checks.md), or manual: true',
  )
  return { text, check: { fn: 'unbound' } }
}

/** A sentence with a number and the criterion it speaks of must say the same. */
function held(reader: Reader, text: string, bound: Bound, known: Known): Told {
  const criterion = bound.criterion === null ? undefined : known.criteria.get(bound.criterion)
  const stated = bound.number?.terms[0]
  if (criterion === undefined || stated === undefined || criterion.pass.length === 0) return { text, check: bound.check }
  const builtIn = reader.origin === 'default'
  const same = floors(criterion.pass).find((term) => term.value === stated.value)
  if (same === undefined) {
    if (builtIn) return reworded(text, criterion)
    disagree(reader, text, bound.number!, criterion)
  } else if (stated.op === '>' && same.op === '>=') {
    // The built-in sentence does not overrule a comparator that somebody wrote.
    if (builtIn && !known.bare.has(criterion.id)) return reworded(text, criterion)
    criterion.pass = criterion.pass.map((limit) => tightened(limit, stated.value))
  }
  return { text, check: bound.check }
}

function floors(limits: readonly Limit[]): Term[] {
  return limits
    .flatMap((limit) => limit.terms)
    .filter((term) => term.mode === 'absolute' && (term.op === '>' || term.op === '>='))
}

function tightened(limit: Limit, value: number): Limit {
  const hit = (term: Term) => term.mode === 'absolute' && term.op === '>=' && term.value === value
  if (!limit.terms.some(hit)) return limit
  const terms = limit.terms.map((term) => (hit(term) ? { ...term, op: '>' as const } : term))
  return { terms, text: limit.text.replace(`>= ${value}`, `> ${value}`), origin: limit.origin }
}

function limitText(criterion: CriterionConfig): string {
  return criterion.pass.map((limit) => limit.text).join(' and ')
}

/** A built-in sentence says what the criterion says. */
function reworded(text: string, criterion: CriterionConfig): Told {
  const [only, ...more] = criterion.pass
  const plain = only !== undefined && more.length === 0 && only.terms.every((term) => term.mode === 'absolute')
  return {
    text: text.replace(/>=? ?\d+(?:\.\d+)? ?%/, () => limitText(criterion)),
    origin: only?.origin ?? criterion.origin,
    check: plain ? { fn: 'metric', id: criterion.metric, limit: only } : { fn: 'criterion', id: criterion.id },
  }
}

function disagree(reader: Reader, text: string, number: Limit, criterion: CriterionConfig): void {
  const where = criterion.pass[0]!.origin === 'default' ? 'built in' : criterion.pass[0]!.origin
  reader.problem(
    'numbers_differ',
    `${JSON.stringify(text.slice(0, 100))} says ${number.text}, but ${criterion.id} is ${limitText(criterion)} (${where})`,
    'make the two say the same',
  )
}
