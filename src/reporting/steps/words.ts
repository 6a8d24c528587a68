// Steps in words: how many of what, where, and what for.
import type { MetricPart } from '../../model/metric.ts'
import type { StepItem } from '../../model/step.ts'
import { linesOf } from '../lines.ts'
import { brief, capital } from '../messages/words.ts'
import { count, plural } from '../numbers.ts'

const NAMED = 3

const VERBS: [pattern: RegExp, sentence: (n: string, what: string) => string][] = [
  [/tests?$|journeys?$|pairs?$|services?$|databases?$|points?$|scenarios?$/, (n, what) => `Make ${n} more ${what} pass`],
  [/objectives?$/, (n, what) => `Meet ${n} more ${what}`],
  [/events?$/, (n, what) => `Have ${n} more ${what} succeed`],
  [/sign-?offs?$/, (n, what) => `Get ${n} more ${what}`],
  [/items?$/, (n, what) => `Complete ${n} more ${what}`],
  [/lines?$|statements?$|branch(?:es)?$|functions?$|conditions?$/, (n, what) => `Cover ${n} more ${what}`],
]

/** `Cover 5 more lines to exceed 95 %`. */
export function countWords(units: number, what: string, goal: string): string {
  const named = units === 1 ? singular(what) : what
  const verb = VERBS.find(([pattern]) => pattern.test(what))?.[1]
  return `${verb === undefined ? `${count(units)} more ${named} needed` : verb(count(units), named)} ${goal}`
}

/** `Cover 24 more lines to exceed 95 %: 14 in src/auth.ts (lines 31-44), 10 of 19 in src/cart.ts (lines 12-30)`. */
export function coverWords(units: number, what: string, goal: string, items: readonly StepItem[], more: number): string {
  const places = items.slice(0, NAMED).map(({ path, name, count: take, of, ranges }) => {
    const lines = linesOf(ranges, 5)
    const number =
      items.length === 1 && take === units && take === of ? '' : take === of ? count(take) : `${count(take)} of ${count(of)}`
    return `${number === '' ? '' : `${number} `}in ${brief(path ?? name)}${lines === '' ? '' : ` (${lines})`}`
  })
  const files = items.length - places.length
  const rest = [
    files > 0 ? plural(files, 'more file') : '',
    more > 0 && items.length > 0 ? `${count(more)} elsewhere` : '',
  ].filter(Boolean)
  const list = [...places, ...rest]
  return `${countWords(units, what, goal)}${list.length === 0 ? '' : `: ${list.join(', ')}`}`
}

/** `Make these 3 tests pass (tests/a.test.ts:10, tests/b.test.ts:4)`; their names stand in the reason beside it. */
export function passWords(items: readonly StepItem[], all: number): string {
  const places = items.flatMap(({ path, ranges }) =>
    path === null || ranges.length === 0 ? [] : [`${brief(path)}:${ranges[0]![0]}`],
  )
  const at = places.length === 0 ? '' : ` (${list([...new Set(places)], 'more')})`
  return `Make ${all > 1 ? `these ${count(all)} tests` : items[0] === undefined ? 'it' : brief(items[0].name, 120)} pass${at}`
}

/** `Fix 2 of 5 findings to reach 90 %: js/sql-injection (high, semgrep, src/db.ts:42), …`. */
export function removeWords(parts: readonly MetricPart[], open: number, goal: string, more: boolean): string {
  const named = parts.map(
    (part) => `${brief(part.name, 80)} (${[brief(part.detail, 80), placeOf(part)].filter(Boolean).join(', ')})`,
  )
  const number =
    parts.length < open
      ? `${count(parts.length)} of ${plural(open, 'finding')}`
      : parts.length === 1
        ? 'the one finding'
        : `all ${plural(open, 'finding')}`
  return `Fix ${number} ${goal}: ${list(named, 'more')}${more ? ', and others that the report does not name' : ''}`
}

/** `Complete README.md: 80 of 150 words; section "Use" missing or empty`, one document after the other. */
export function documentWords(parts: readonly { part: MetricPart; rules: readonly string[] }[], goal: string): string {
  const words = parts.map(({ part, rules }) => {
    const path = brief(part.path ?? part.name)
    return part.detail === 'does not exist'
      ? `write ${path}`
      : `complete ${path}: ${rules
          .slice(0, NAMED)
          .map((rule) => brief(rule, 120))
          .join('; ')}${rules.length > NAMED ? ` and ${rules.length - NAMED} more` : ''}`
  })
  return `${capital(list(words, 'more documents'))} (${goal})`
}

export function list(words: readonly string[], rest: string, most = NAMED): string {
  const left = words.length - most
  return left > 0 ? `${words.slice(0, most).join(', ')} and ${left} ${rest}` : words.join(', ')
}

function placeOf({ path, ranges }: MetricPart): string {
  return path === null ? '' : `${brief(path)}${ranges[0] === undefined ? '' : `:${ranges[0][0]}`}`
}

function singular(what: string): string {
  return what
    .replace(/(branch)es$/, '$1')
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
}
