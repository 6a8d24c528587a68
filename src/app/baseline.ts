// `certify baseline`: records a run that lacks nothing but something to be compared with, so that later ones have it.

import { CertifyError } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
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
  const shown = { stored: note, commit: result.subject.commit, evaluatedAt: result.evaluatedAt }
  const look = { color: invocation.colour, width: invocation.width }
  const output = invocation.json ? `${JSON.stringify(shown, null, 2)}\n` : renderStored(note, look)
  return { exit: 0, output, result }
}

/** What the target still lacks, beside a baseline. */
function shortOf(result: Result): string[] {
  const criteria = result.levels
    .filter((level) => level.number <= result.decision.target)
    .flatMap((level) => level.criteria)
    .filter((one) => ['fail', 'no_evidence', 'error', 'pending'].includes(one.outcome))
  return criteria.flatMap(({ id, outcome, reasons }) => {
    const waits = outcome === 'pending' && reasons.some((one) => WAITS.has(one.code))
    return waits ? [] : [`${id}: ${reasons[0]?.text ?? outcome}`]
  })
}
