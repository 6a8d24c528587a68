// Prose bound to checks: a sentence of the config, normalised, looked up among the phrases. No sentence is guessed at.
import type { Check } from '../model/check.ts'
import type { LevelId } from '../model/level.ts'
import { LEVEL_IDS, levelNumber } from '../model/level.ts'
import type { Limit } from '../model/limit.ts'
import { APPROVALS, DELIVERABLES, type Meaning, type Phrase, STATEMENTS, spellings } from './phrases.ts'
import { parseLimit } from './threshold.ts'

export type Section = 'requirement' | 'entry' | 'exit' | 'deliverable'

export interface Bound {
  check: Check
  /** The limit the sentence itself states (">95%"), origin `sentence`; null: it states none. */
  number: Limit | null
  /** The seed criterion it speaks of and whose limit `number` must agree with (decision 9); null: of none. */
  criterion: string | null
}

/** Longer than any sentence we know. */
const MAX_LENGTH = 120

/** `level`: the level, or the gate's own level. null: prose that nothing is known of (the caller makes it `unbound`). */
export function bindSentence(text: string, place: { section: Section; level: LevelId }): Bound | null {
  if (text.length > MAX_LENGTH) return null
  const sentence = withoutNumber(normalised(text))
  if (sentence === null) return null
  const found = phrasesOf(place.section).get(sentence.words)
  if (found === undefined) return null
  const meaning = found.phrase.means(found.level ?? place.level)
  if (place.section === 'requirement') return required(meaning, sentence.number, place.level)
  return bound(meaning, sentence.number)
}

function bound(meaning: Meaning, number: Limit | null): Bound {
  if ('check' in meaning) return { check: meaning.check, number: null, criterion: null }
  const id = meaning.criterion
  // With a number of its own the sentence is held against that number: a warn band of the criterion does not make it true.
  return { check: number === null ? { fn: 'criterion', id } : { fn: 'metric', id, limit: number }, number, criterion: id }
}

/** A level cannot wait for itself, a level above, its own gate or a go-live; its approval is the criterion of that name. */
function required(meaning: Meaning, number: Limit | null, level: LevelId): Bound | null {
  if ('check' in meaning) {
    const { check } = meaning
    if (check.fn === 'approval') return bound({ criterion: 'deployment_approval' }, null)
    if (check.fn === 'go_live') return null
    if (check.fn === 'level' && levelNumber(check.level) >= levelNumber(level)) return null
  }
  return bound(meaning, number)
}

const WORDS: readonly (readonly [string, string])[] = [
  ['≥', '>='],
  ['at least ', '>='],
  ['more than ', '>'],
  ['greater than ', '>'],
  ['above ', '>'],
  ['over ', '>'],
  ['percent', '%'],
]

function normalised(text: string): string {
  let words = text
    .toLowerCase()
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  if (words.endsWith('.')) words = words.slice(0, -1).trimEnd()
  for (const [word, sign] of WORDS) words = words.replaceAll(word, sign)
  return words.replaceAll('end to end', 'end-to-end').replaceAll('e2e', 'end-to-end').replaceAll('go live', 'go-live')
}

/** Takes the one number out, leaving `#`. Only floors are understood: no seed criterion is better for being smaller. */
function withoutNumber(words: string): { words: string; number: Limit | null } | null {
  if (!/[\d<>=#]/.test(words)) return { words, number: null }
  const numbers = [...words.matchAll(/(>=|>)? ?(\d{1,3}(?:\.\d{1,6})?) ?%/g)]
  const only = numbers[0]
  if (only === undefined || numbers.length > 1) return null
  const parsed = parseLimit(`${only[1] ?? '>='} ${only[2]}%`, '%', 'sentence')
  if ('problem' in parsed) return null
  const left = words.slice(0, only.index).replace(/(?: is| of)? ?$/, '')
  const right = words.slice(only.index + only[0].length).replace(/^ /, '')
  const rest = `${left} # ${right}`.trim()
  // A second operator or number that is no percentage would be lost.
  return /[\d<>=]/.test(rest) || rest.indexOf('#') !== rest.lastIndexOf('#') ? null : { words: rest, number: parsed.limit }
}

interface Found {
  phrase: Phrase
  /** The level the sentence names; null: that of its place. */
  level: LevelId | null
}

let statements: Map<string, Found> | null = null
let deliverables: Map<string, Found> | null = null

/** Every spelling of every phrase of a section. Made when first asked for: a few hundred short strings. */
function phrasesOf(section: Section): Map<string, Found> {
  if (section === 'deliverable') {
    deliverables ??= indexed(DELIVERABLES)
    return deliverables
  }
  statements ??= indexed([...STATEMENTS, ...APPROVALS])
  return statements
}

const LEVEL_WORDS: readonly (readonly [string, LevelId])[] = [...LEVEL_IDS.map((id) => [id, id] as const), ['unit', 'component']]

function indexed(phrases: readonly Phrase[]): Map<string, Found> {
  const index = new Map<string, Found>()
  for (const phrase of phrases) {
    for (const spelling of spellings(phrase.says)) {
      if (!spelling.includes('{level}')) index.set(spelling, { phrase, level: null })
      else for (const [word, level] of LEVEL_WORDS) index.set(spelling.replace('{level}', word), { phrase, level })
    }
  }
  return index
}
