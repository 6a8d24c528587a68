// `command: gate` in the job's log: the gate's state, who has signed and who has still to, what stands in the way.
import type { GateApproval } from '../../model/approval.ts'
import type { Reason } from '../../model/reason.ts'
import type { Result } from '../../model/result.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { stated } from '../stated.ts'
import { GATE_STATES, OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export function renderGate(
  result: Result | null,
  number: number,
  reasons: readonly Reason[],
  look: Look,
  approval: GateApproval | null = null,
): string {
  const page = new Page(look)
  const gate = result?.gates.find((one) => one.id === number)
  const shown = gate === undefined ? (approval?.state === 'approved' ? OUTCOMES.pass : OUTCOMES.pending) : GATE_STATES[gate.state]
  const name = gate === undefined ? '' : ` ${gate.name}`
  page.item(
    `${page.mark(shown)} `,
    2,
    t(`gate ${number}${name}: ${gate === undefined ? (approval?.state ?? 'unknown') : shown.word}`, 200),
    shown.tone,
  )
  for (const slot of approval?.slots ?? []) {
    const who =
      slot.filledBy === null ? 'open' : `${slot.filledBy.login}${slot.code === 'quoted' ? ', quoted the evidence code' : ''}`
    page.item(
      `  ${page.mark(slot.filledBy === null ? OUTCOMES.pending : OUTCOMES.pass)} `,
      4,
      t(`${slot.role} in ${slot.environment}: ${who}`, 200),
    )
  }
  const all = [...reasons, ...(approval?.refused.map((one) => one.reason) ?? [])]
  const own = gate?.reasons ?? []
  const said = new Set<string>()
  for (const reason of [...all.map(stated), ...own]) {
    if (said.has(reason.text)) continue
    said.add(reason.text)
    page.item('  · ', 4, t(reason.text, 400))
    if (reason.fix !== null) page.item('    → ', 6, t(reason.fix, 400))
  }
  return page.toString()
}
