// `certify simulate` for a person: would have blocked 7 of the last 50, and which, and why.
import type { SimulatedRun, Simulation, Standing } from '../../model/simulation.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES, type Tone, VERDICTS } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

const MOST = 30

export function renderSimulation(shown: Simulation, look: Look): string {
  const page = new Page(look)
  const { differing, unreplayed } = shown
  page.item('', 0, t(`${shown.config} ${headline(shown)} (${shown.place})`, 300), toneOf(shown))
  const rest = [
    shown.runs > shown.notReplayable ? `${plural(shown.unchanged, 'run')} unchanged` : '',
    shown.notReplayable > 0 ? `${shown.notReplayable} not replayable` : '',
  ]
  if (shown.runs > 0) page.item('', 0, t(rest.filter(Boolean).join(', ')), 'quiet')
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

/** What could not be judged is said first: of such runs there is no verdict that stays as it was. */
function headline({ runs, blocked, released, notReplayable }: Simulation): string {
  const judged = runs - notReplayable
  if (runs === 0) return 'could judge nothing: no run is recorded'
  if (judged === 0) return `could judge 0 of the last ${plural(runs, 'run')}: what it would change is not known`
  const of = notReplayable > 0 ? 'them' : `the last ${runs}`
  const parts = [
    notReplayable > 0 ? `could judge ${judged} of the last ${plural(runs, 'run')}` : '',
    blocked === 0 && released === 0 ? `would have changed no verdict of ${of}` : '',
    blocked > 0 ? `would have blocked ${blocked} of ${of}` : '',
    released > 0 ? `would have let ${released} more pass` : '',
  ]
  return parts.filter(Boolean).join(', ')
}

/** Good only where every run was judged. */
function toneOf({ runs, blocked, released, notReplayable }: Simulation): Tone {
  if (blocked > 0) return 'bad'
  if (notReplayable > 0 || runs === 0) return 'unknown'
  return released > 0 ? 'warn' : 'good'
}

function start({ record, commit, evaluatedAt }: SimulatedRun): string[] {
  return [String(record), commit?.slice(0, 8) ?? '', evaluatedAt.replace('T', ' ').slice(0, 16)]
}

function cellsOf(run: SimulatedRun): string[] {
  const say = ({ verdict, level }: Standing): string => `${VERDICTS[verdict].word} ${level}`
  return [...start(run), `${say(run.from)} → ${run.to === null ? '?' : say(run.to)}`, t(run.reasons.join('; '), 300)]
}
