// `certify explain`: one criterion, its number and limit, what it was made from, and the smallest step that helps.

import type { MetricPart } from '../../model/metric.ts'
import type { Result } from '../../model/result.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { nameOf } from '../evidence-list.ts'
import { linesOf } from '../lines.ts'
import { amount, duration } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

const MOST = 20

/** `id` must be a criterion of the result; an unknown one gives a page that says so. */
export function renderExplanation(result: Result, id: string, look: Look): string {
  const page = new Page(look)
  const level = result.levels.find((entry) => entry.criteria.some((criterion) => criterion.id === id))
  const criterion = level?.criteria.find((entry) => entry.id === id)
  if (level === undefined || criterion === undefined) {
    page.item('', 0, t(`no criterion is called ${id}`, 200))
    return page.toString()
  }
  const metric = result.metrics.find((entry) => entry.id === criterion.metric)
  const shown = OUTCOMES[criterion.outcome]
  page.item(`${page.mark(shown)} `, 2, t(`${criterion.id} · ${shown.word} · level ${level.number} ${level.name}`), shown.tone)
  const facts: [string, string][] = [
    ['value', amount(criterion.value, criterion.unit, criterion.limit.text)],
    ['limit', `${criterion.limit.text} (from ${criterion.limit.origin})`],
    ['formula', criterion.formula],
    [
      'baseline',
      criterion.baseline === null
        ? ''
        : `${amount(criterion.baseline, criterion.unit)}, change ${amount(criterion.delta, criterion.unit)}`,
    ],
    ['weight', criterion.weight === 1 && !criterion.key ? '' : `${criterion.weight}${criterion.key ? ', key' : ''}`],
  ]
  for (const [name, value] of facts) if (value !== '') page.item(`  ${name.padEnd(10)}`, 12, t(value, 600))
  if (criterion.reasons.length > 0) page.title('Why')
  for (const reason of criterion.reasons) {
    page.item('  · ', 4, t(reason.text, 600))
    if (reason.fix !== null) page.item('    → ', 6, t(reason.fix, 400))
  }
  const files = result.evidence.filter((file) => criterion.basis.includes(nameOf(file)))
  page.title(files.length > 0 ? 'From' : 'From no evidence')
  for (const file of files.slice(0, MOST)) {
    const rest = [
      file.format,
      file.producer,
      file.summary,
      file.age === null ? null : `${duration(file.age)} old`,
      file.sha256 === null ? null : `sha256 ${file.sha256.slice(0, 12)}`,
    ]
    page.item('  ', 2, t(`${nameOf(file)}: ${rest.filter((part) => part !== null).join(', ')}`, 400))
  }
  const parts = metric?.parts ?? []
  if (parts.some((part) => part.group !== undefined)) checklist(parts, page)
  else takers(parts, page)
  return page.toString()
}

function takers(all: readonly MetricPart[], page: Page): void {
  const parts = all.filter((part) => part.state !== 'pass')
  if (parts.length > 0) page.title('Takes away most')
  for (const part of parts.slice(0, MOST)) {
    page.item('  ', 2, t([part.path ?? part.name, part.detail, linesOf(part.ranges, 8)].filter(Boolean).join(': '), 400))
  }
  if (parts.length > MOST) page.line(`  and ${parts.length - MOST} more, in the report`)
}

/** Each domain and list with its own share, and every item of it that is open: it is what a person comes here for. */
function checklist(parts: readonly MetricPart[], page: Page): void {
  for (const group of parts.filter((part) => part.group !== undefined)) {
    page.title(t(`${group.name}: ${group.detail}`, 200))
    for (const item of parts) if (item.group === undefined && item.of === group.name) openItem(item, page)
  }
  const others = parts.filter((part) => part.group === undefined && part.of === undefined)
  if (others.length > 0) page.title('Others')
  for (const item of others) openItem(item, page)
}

function openItem({ name, detail, path, ranges }: MetricPart, page: Page): void {
  const line = ranges[0]?.[0]
  const place = path === null || line === undefined ? '' : ` (${path}:${line})`
  page.item('  · ', 4, t(`${name}: ${detail}${place}`, 600))
}
