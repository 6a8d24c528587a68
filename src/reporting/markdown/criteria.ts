// The criteria of each level: value, limit with where it comes from, formula or reason; and the parts that take away most.

import type { MetricPart } from '../../model/metric.ts'
import type { Result, ResultCriterion, ResultLevel } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { howOf, tally } from '../headline.ts'
import { linesOf } from '../lines.ts'
import { amount } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Worst, worstOf } from '../worst.ts'
import { folded, type Measure, marked, table, unbroken } from './table.ts'

const MOST_PARTS = 200

/** One folded table a level; levels up to the target stay longest. */
export function criteriaSections(result: Result, measure: Measure, highest: number): Section[] {
  return result.levels
    .filter((level) => level.criteria.length > 0 && level.number <= highest)
    .map((level) => {
      const show = (rows: number, parts: number) => (): string => levelTable(result, level, rows, parts)
      const counts = () => (tally(level) === '' ? '' : `Level ${level.number}: ${tally(level)}.`)
      const keep = level.number <= result.decision.target ? 50 - level.number : 30 - level.number
      return {
        name: `the criteria of level ${level.number}`,
        keep,
        forms: [show(measure.rows, measure.parts), show(20, 3), counts],
      }
    })
}

function levelTable(result: Result, level: ResultLevel, most: number, mostParts: number): string {
  const criteria = table(['', 'Criterion', 'Value', 'Limit', 'How'], level.criteria, criterionRow, most)
  const worst = level.criteria.flatMap((criterion) => worstParts(result, criterion, mostParts))
  const parts = table(['Criterion', 'Takes away most', 'Detail', 'Where'], worst, partRow, MOST_PARTS)
  return folded(`Level ${level.number} criteria: ${tally(level)}`, [criteria, parts].filter(Boolean).join('\n\n'))
}

function criterionRow(criterion: ResultCriterion): string[] {
  return [
    marked(OUTCOMES[criterion.outcome]),
    `${code(criterion.id, 120)}${criterion.key ? ' (key)' : ''}`,
    criterion.value === null ? '–' : unbroken(escapeMarkdown(amount(criterion.value, criterion.unit, criterion.limit.text))),
    limitCell(criterion),
    escapeMarkdown(howOf(criterion), 600) || '–',
  ]
}

function limitCell({ limit }: ResultCriterion): string {
  if (limit.text === '') return '–'
  return `${unbroken(escapeMarkdown(limit.text, 120))}${limit.origin === 'default' ? '' : ` (${code(limit.origin, 120)})`}`
}

/** Over all criteria, folded: what is worth mending first. */
export function worstSection(result: Result): Section {
  const all = worstOf(result)
  // Of one criterion alone its own table tells the same.
  const worst = new Set(all.map((one) => one.criterion)).size > 1 ? all : []
  const row = ({ criterion, part, points }: Worst): string[] => [
    code(part.path ?? part.name, 200),
    escapeMarkdown(part.path === part.name || part.path === null ? part.detail : `${part.name}: ${part.detail}`, 300) || '–',
    `${amount(points, '')}\u00a0points of ${code(criterion, 120)}`,
    linesOf(part.ranges, 5) || '–',
  ]
  const show = (): string =>
    folded(`What hurts most (${worst.length})`, table(['Where', 'What', 'Takes away', 'Lines'], worst, row, worst.length))
  return { name: 'what hurts most', keep: 52, forms: [show, () => ''] }
}

interface WorstPart {
  criterion: string
  part: MetricPart
}

function worstParts(result: Result, criterion: ResultCriterion, most: number): WorstPart[] {
  const metric = result.metrics.find((entry) => entry.id === criterion.metric)
  if (metric === undefined || criterion.outcome === 'pass') return []
  const short = metric.parts.filter((part) => part.state === 'short' || part.state === 'unknown')
  return short.slice(0, most).map((part) => ({ criterion: criterion.id, part }))
}

function partRow({ criterion, part }: WorstPart): string[] {
  const path = part.path === null || part.path === part.name ? '' : code(part.path, 200)
  return [
    code(criterion, 120),
    code(part.name, 200),
    escapeMarkdown(part.detail, 300) || '–',
    [path, linesOf(part.ranges, 5)].filter(Boolean).join(' ') || '–',
  ]
}
