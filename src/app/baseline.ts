// `certify baseline`: records a run that lacks nothing but something to be compared with, so that later ones have it.

import { CertifyError } from '../model/problem.ts'
import type { Result, ResultCriterion } from '../model/result.ts'
import { renderStored } from '../reporting/renderers/ledger.ts'
import { type Evaluated, evaluate } from './evaluate.ts'
import type { Ended, Invocation } from './invocation.ts'
import { keep } from './ledger/keep.ts'
import type { Ports } from './ports.ts'

/** Codes of a criterion that waits for a baseline and for nothing else. */
const WAITS = new Set(['no_baseline', 'needs_more_samples'])

export async function baseline(invocation: Invocation, ports: Ports): Promise<Ended> {
  const evaluated = await evaluate(invocation, ports)
  const { result, recorded, ledger } = evaluated
  const short = shortOf(result)
  if (short.length > 0 || recorded.data.facts === null) {
    throw new CertifyError('baseline_refused', 'this run is no baseline: it falls short for other reasons than having none yet', {
      hint: 'mend these first, then run certify baseline again',
      problems: (short.length > 0 ? short : result.decision.reasons.map((one) => one.text)).map((message) => ({
        code: 'short',
        message,
      })),
    })
  }
  if (ledger === null || !ledger.enabled)
    throw new CertifyError('ledger_off', 'no ledger is kept, so there is nowhere to store a baseline', {
      hint: 'remove `ledger: false` from the config',
    })
  const marked: Evaluated = { ...evaluated, recorded: { ...recorded, data: { ...recorded.data, baseline: true } } }
  const note = await keep(marked, invocation.reportDir, ports)
  if (note.state === 'failed')
    throw new CertifyError('baseline_not_stored', note.message, note.hint === null ? {} : { hint: note.hint })
  if (note.state === 'off')
    throw new CertifyError('baseline_not_stored', 'this run may not record anything, so no baseline was stored', {
      hint: 'a dry run, a clock set by SOURCE_DATE_EPOCH and --ledger off record nothing',
    })
  const shown = { stored: note, commit: result.subject.commit, evaluatedAt: result.evaluatedAt }
  const look = { color: invocation.colour, width: invocation.width }
  const output = invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderStored(note, look)
  return { exit: 0, output, result }
}

const SHORT = ['fail', 'no_evidence', 'error', 'pending']

/** What the target still lacks, beside a baseline: of its criteria, of what its levels ask for beside them, and of its gates. */
function shortOf({ levels, gates, decision }: Result): string[] {
  const own = levels.filter((level) => level.number <= decision.target)
  const items = [
    ...own.flatMap((level) => level.requirements),
    ...gates
      .filter((gate) => gate.id <= decision.target)
      .flatMap((gate) => [...gate.entry, ...gate.exit, ...gate.deliverables])
      // That a level is reached follows from what stands here by itself.
      .filter((item) => !item.check.startsWith('level:')),
  ].filter((item) => !item.optional)
  const said = [
    ...own.flatMap((level) => level.criteria).flatMap((one) => (isShort(one) ? [`${one.id}: ${whyOf(one)}`] : [])),
    ...items.flatMap((one) => (isShort(one) ? [`${one.text}: ${whyOf(one)}`] : [])),
  ]
  return [...new Set(said)]
}

type Judged = Pick<ResultCriterion, 'outcome' | 'reasons'>

/** Where `missing: fail` makes a failure of having no baseline, that must be all there is. */
function isShort({ outcome, reasons }: Judged): boolean {
  const waits = reasons.filter((one) => WAITS.has(one.code)).length
  return (
    SHORT.includes(outcome) && !(outcome === 'pending' ? waits > 0 : outcome === 'fail' && waits > 0 && waits === reasons.length)
  )
}

function whyOf({ outcome, reasons }: Judged): string {
  return (reasons.find((one) => !WAITS.has(one.code)) ?? reasons[0])?.text ?? outcome
}
