// The criteria of each level: value, limit with where it comes from, formula or reason; and the parts that take away most.

import type { Result, ResultCriterion, ResultLevel, ResultMetric } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { tally } from '../headline.ts'
import { amount } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { folded, marked, table } from './table.ts'

const WORST = 5

/** One folded table a level; levels up to the target stay longest. */
export function criteriaSections(result: Result, most: number): Section[] {
  return result.levels
    .filter((level) => level.criteria.length > 0)
    .map((level) => {
      const show = (rows: number) => (): string => levelTable(result, level, rows)
      const counts = () => (tally(level) === '' ? '' : `Level ${level.number}: ${tally(level)}.`)
      const keep = level.number <= result.decision.target ? 50 - level.number : 30 - level.number
      return { name: `the criteria of level ${level.number}`, keep, forms: [show(most), show(20), counts] }
    })
}

function levelTable(result: Result, level: ResultLevel, most: number): string {
  const rows = level.criteria.map((criterion) => [
    marked(OUTCOMES[criterion.outcome]),
    `${code(criterion.id, 120)}${criterion.key ? ' (key)' : ''}`,
    criterion.value === null ? '–' : escapeMarkdown(amount(criterion.value, criterion.unit, criterion.limit.text)),
    limitCell(criterion),
    whyCell(criterion),
  ])
  const worst = level.criteria.flatMap((criterion) =>
    worstParts(
      criterion,
      result.metrics.find((metric) => metric.id === criterion.metric),
    ),
  )
  const parts = table(['Criterion', 'Takes away most', 'Detail'], worst, 20)
  return folded(
    `Level ${level.number}: ${level.criteria.length} criteria`,
    [table(['', 'Criterion', 'Value', 'Limit', 'How'], rows, most), parts].filter(Boolean).join('\n\n'),
  )
}

function limitCell({ limit }: ResultCriterion): string {
  if (limit.text === '') return '–'
  return `${escapeMarkdown(limit.text, 120)}${limit.origin === 'default' ? '' : ` (${code(limit.origin, 120)})`}`
}

/** A known value explains itself by its formula; anything else by its reasons. */
function whyCell(criterion: ResultCriterion): string {
  const reasons = criterion.reasons.map((reason) => reason.text)
  const formula = criterion.value === null || criterion.formula === '' ? [] : [criterion.formula]
  const other =
    criterion.reasons.some((reason) => reason.code === 'limit_not_met') && formula.length > 0
      ? criterion.reasons.filter((reason) => reason.code !== 'limit_not_met').map((reason) => reason.text)
      : reasons
  return escapeMarkdown([...formula, ...other].slice(0, 4).join('; '), 600) || '–'
}

function worstParts(criterion: ResultCriterion, metric: ResultMetric | undefined): string[][] {
  if (metric === undefined || criterion.outcome === 'pass') return []
  return metric.parts
    .filter((part) => part.state === 'short' || part.state === 'unknown')
    .slice(0, WORST)
    .map((part) => [
      code(criterion.id, 120),
      code(part.path ?? part.name, 200),
      escapeMarkdown(
        [part.path === null || part.path === part.name ? '' : part.name, part.detail, rangesOf(part.ranges)]
          .filter(Boolean)
          .join(', '),
        300,
      ) || '–',
    ])
}

function rangesOf(ranges: readonly (readonly [number, number])[]): string {
  if (ranges.length === 0) return ''
  const shown = ranges.slice(0, 5).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return `lines ${shown.join(', ')}${ranges.length > 5 ? ', …' : ''}`
}
