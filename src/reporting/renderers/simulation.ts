// `certify simulate` for a person: would have blocked 7 of the last 50, and which, and why.
import type { SimulatedRun, Simulation, Standing } from '../../model/simulation.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES, VERDICTS } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

const MOST = 30

export function renderSimulation(shown: Simulation, look: Look): string {
  const page = new Page(look)
  const { runs, blocked, released, differing, unreplayed } = shown
  const parts = [
    blocked === 0 && released === 0 ? `would have changed no verdict of the last ${runs}` : '',
    blocked > 0 ? `would have blocked ${blocked} of the last ${runs}` : '',
    released > 0 ? `would have let ${released} more pass` : '',
  ]
  const tone = blocked > 0 ? 'bad' : released > 0 ? 'warn' : 'good'
  page.item('', 0, t(`${shown.config} ${parts.filter(Boolean).join(', ')} (${shown.place})`, 300), tone)
  const rest = [
    `${plural(shown.unchanged, 'run')} unchanged`,
    shown.notReplayable > 0 ? `${shown.notReplayable} not replayable` : '',
  ]
  page.item('', 0, t(rest.filter(Boolean).join(', ')), 'quiet')
  if (differing.length > 0) page.title('Would differ')
  page.rows(
    differing.map((run) => ({ shown: run.to === null ? OUTCOMES.pending : VERDICTS[run.to.verdict], cells: cellsOf(run) })),
    MOST,
    2,
  )
  if (unreplayed.length > 0) page.title('Not replayable: the records do not keep what the new policy asks for')
  page.rows(
    unreplayed.map((run) => ({ shown: OUTCOMES.no_evidence, cells: [...start(run), t(run.reasons.join('; '), 300)] })),
    MOST,
    2,
  )
  return page.toString()
}

function start({ record, commit, evaluatedAt }: SimulatedRun): string[] {
  return [String(record), commit?.slice(0, 8) ?? '', evaluatedAt.replace('T', ' ').slice(0, 16)]
}

function cellsOf(run: SimulatedRun): string[] {
  const say = ({ verdict, level }: Standing): string => `${VERDICTS[verdict].word} ${level}`
  return [...start(run), `${say(run.from)} → ${run.to === null ? '?' : say(run.to)}`, t(run.reasons.join('; '), 300)]
}
