// The rows as a Markdown table that also reads well in a terminal, so that docs/performance.md can take it as it is.
import { goalText, outcome } from './goals.mjs'

const COLUMNS = [
  ['what', (row) => row.what],
  ['input', (row) => row.input],
  ['ms or value', (row) => mainFigure(row.figures)],
  ['MB/s', ({ figures }) => whole(figures.megabytesPerSecond)],
  ['peak MiB', ({ figures }) => whole(figures.memory)],
  ['floor', (row) => floorText(row)],
  ['ratio', ({ figures }) => ratioText(figures)],
  ['goal', (row) => goalText(row.goals)],
  ['goal is', (row) => row.problem ?? row.figures.note ?? outcome(row.figures, row.goals)],
]
const LEFT = new Set(['what', 'input', 'floor', 'goal', 'goal is'])

/** `rows`: what, input, figures, goals, floor (name of it, where there is one), problem (why there are no figures). */
export function table(rows) {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
  const widths = COLUMNS.map((_, at) => Math.max(3, ...cells.map((line) => line[at].length)))
  const isLeft = COLUMNS.map(([title]) => LEFT.has(title))
  const line = (texts) =>
    `| ${texts.map((text, at) => (isLeft[at] ? text.padEnd(widths[at]) : text.padStart(widths[at]))).join(' | ')} |`
  const rule = `|${widths.map((width, at) => (isLeft[at] ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const [titles, ...body] = cells
  return [line(titles), rule, ...body.map(line)].join('\n')
}

function mainFigure({ seconds, kB, requests }) {
  if (kB !== undefined) return `${Math.round(kB)} kB`
  if (requests !== undefined) return String(requests)
  return whole(seconds === undefined ? undefined : seconds * 1000)
}

function floorText({ floor, figures }) {
  return floor === undefined || figures.floorSeconds === undefined ? '' : `${floor} ${whole(figures.floorSeconds * 1000)} ms`
}

function ratioText({ ratio, timeRatio, memoryRatio }) {
  if (timeRatio !== undefined) return `${timeRatio.toFixed(2)}, memory ${memoryRatio.toFixed(2)}`
  return ratio === undefined ? '' : ratio.toFixed(2)
}

function whole(value) {
  return value === undefined ? '' : String(Math.round(value))
}
