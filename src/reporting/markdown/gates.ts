// The gates' entry and exit criteria and deliverables, what is not met first.

import { letsThrough } from '../../model/outcome.ts'
import type { Result, ResultGate, ResultGateItem } from '../../model/result.ts'
import type { Section } from '../budget.ts'
import { causeOf, isDerived } from '../causes.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { GATE_STATES, OUTCOMES } from '../states.ts'
import { folded, type Measure, marked, table } from './table.ts'

export function gatesSection(result: Result, measure: Measure, highest: number): Section {
  const show = (rows: number, all: boolean, gates: readonly ResultGate[]) => (): string =>
    folded(
      `Gates: ${result.gates.filter((gate) => gate.state === 'open').length} of ${result.gates.length} open`,
      gates
        .map((gate) => gateTable(gate, rows, all))
        .filter(Boolean)
        .join('\n\n'),
    )
  const shown = result.gates.filter((gate) => gate.id <= highest)
  const upToTarget = shown.filter((gate) => gate.id <= result.decision.target)
  return { name: 'the gates', keep: 20, forms: [show(measure.rows, measure.all, shown), show(20, false, upToTarget), () => ''] }
}

function gateTable(gate: ResultGate, most: number, all: boolean): string {
  const sides = [
    ...gate.entry.map((item) => ({ item, side: 'entry' })),
    ...gate.exit.map((item) => ({ item, side: 'exit' })),
    ...gate.deliverables.map((item) => ({ item, side: 'deliverable' })),
  ]
  const met = sides.filter(({ item }) => letsThrough(item.outcome))
  const open = sides.filter(({ item }) => !letsThrough(item.outcome))
  const items = all ? [...open, ...met] : open
  const texts = met.slice(0, 20).map(({ item }) => escapeMarkdown(item.text, 80))
  const rest = all || met.length === 0 ? '' : `Met (${met.length}): ${texts.join(' · ')}`
  const approval =
    gate.approval.required && gate.state !== 'awaiting_approval'
      ? ` · approval ${gate.approval.state}${gate.approval.environment === null ? '' : ` in ${code(gate.approval.environment, 80)}`}`
      : ''
  const title = `**Gate ${gate.id} ${escapeMarkdown(gate.name, 80)}**: ${marked(GATE_STATES[gate.state])}${approval}`
  const inTable = new Set(sides.flatMap(({ item }) => item.reasons.map((reason) => causeOf(reason, null))))
  const why = gate.reasons
    .filter((reason) => !isDerived(reason) && !inTable.has(causeOf(reason, null)))
    .slice(0, 3)
    .map((reason) => `- ${escapeMarkdown(reason.text, 400)}`)
    .join('\n')
  return [title, why, table(['', 'Side', 'Criterion', 'Check', 'Why'], items, itemRow, most), rest].filter(Boolean).join('\n\n')
}

function itemRow({ item, side }: { item: ResultGateItem; side: string }): string[] {
  const why = item.reasons.slice(0, 2).map((reason) => reason.text)
  return [
    marked(OUTCOMES[item.outcome]),
    side,
    `${escapeMarkdown(item.text, 200)}${item.optional ? ' (optional)' : ''}`,
    code(item.check, 120),
    escapeMarkdown(why.join('; '), 400) || '–',
  ]
}
