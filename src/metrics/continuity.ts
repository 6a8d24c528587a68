// How long a level has been held on the branch without a break, in days or commits, from the ledger.
import { continuityOf } from '../model/continuity.ts'
import type { EvidenceRef } from '../model/evidence.ts'
import type { History } from '../model/history.ts'
import { levelNumber } from '../model/level.ts'
import { reason } from '../model/reason.ts'
import { known, unknown } from './known.ts'
import type { Metric } from './metric.ts'
import { plural, shown } from './shown.ts'

const DAY = 86_400

export const continuity: Metric = {
  family: 'continuity',
  kinds: [],
  accepts: [],
  minds: [],
  rollsUp: false,
  measure({ metric, input }) {
    const { history } = input
    const newest = history.runs.at(-1)
    if (history.state !== 'known' || newest === undefined)
      return unknown(metric, 'no_evidence', [reason('no_history', { what: metric.id, place: history.place })])
    const held = continuityOf(levelNumber(metric.level), history)
    const basis = [ledger(history)]
    if (held === null) return known(metric, 0, `${metric.level} level not held at record ${newest.seq}`, basis)
    const value = metric.unit === 'commits' ? held.commits : held.seconds / DAY
    const atLeast = held.complete ? '' : 'at least '
    const row = `${plural(held.commits, 'commit')}, ${plural(held.runs, 'run')}`
    const formula = `${metric.level} level held since ${held.since.slice(0, 10)} (${row}) = ${atLeast}${shown(value)} ${metric.unit}`
    return known(metric, value, formula, basis)
  },
}

function ledger({ place, head }: History): EvidenceRef {
  return { path: place, origin: { type: 'workspace' }, sha256: head?.hash ?? '' }
}
