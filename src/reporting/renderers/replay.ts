// `certify replay` for a person: the same, or the first number that differs.
import type { Verdict } from '../../model/outcome.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export interface ReplayShown {
  record: number
  hash: string
  commit: string | null
  evaluatedAt: string
  verdict: Verdict
  intact: boolean
  problem: string | null
  same: boolean
  difference: { at: string; recorded: unknown; recomputed: unknown } | null
  edited: string[]
  result: { recorded: string; recomputed: string | null }
  metrics: { measured: number; taken: string[] }
  engine: { recorded: string; here: string }
}

export function renderReplay(shown: ReplayShown, look: Look): string {
  const page = new Page(look)
  const state = shown.same ? OUTCOMES.pass : OUTCOMES.fail
  const head = shown.same
    ? `record ${shown.record} replays to the same bytes: ${shown.verdict}`
    : `record ${shown.record} does not replay to what it says`
  page.item(`${page.mark(state)} `, 2, t(head, 200), state.tone)
  if (shown.problem !== null) page.item('  ✗ ', 4, t(`the record ${shown.problem}`, 300))
  for (const path of shown.edited.slice(0, 10)) page.item('  ✗ ', 4, t(`the recorded facts of ${path} were edited`, 300))
  const { difference } = shown
  if (difference !== null) {
    page.title(t(`First difference: ${difference.at}`, 300))
    page.item('  recorded    ', 14, t(text(difference.recorded), 300))
    page.item('  recomputed  ', 14, t(text(difference.recomputed), 300))
  }
  const { engine, metrics } = shown
  page.blank()
  if (engine.recorded !== engine.here)
    page.item(
      '',
      0,
      t(`recorded by certify ${engine.recorded}, recomputed by ${engine.here}: a difference may come from that`),
      'warn',
    )
  const taken = metrics.taken.length === 0 ? '' : `, ${metrics.taken.join(', ')} taken as recorded (no single lines are kept)`
  const facts = [
    shown.commit === null ? 'no commit' : `commit ${shown.commit.slice(0, 12)}`,
    `evaluated ${shown.evaluatedAt}`,
    `${plural(metrics.measured, 'metric')} measured again${taken}`,
    `result ${shown.result.recorded.slice(0, 12)}`,
  ]
  page.item('', 0, t(facts.join(' · '), 500), 'quiet')
  return page.toString()
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
