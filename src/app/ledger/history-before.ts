// The history that a recorded run knew: the runs that its record names, each read once for all who name it.
import type { EvaluationData } from '../../model/evaluation.ts'
import type { History, PastRun } from '../../model/history.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import { evaluationProblem, isEvaluation } from './evaluation-shape.ts'
import { pastRun } from './history.ts'
import { type OpenLedger, recordsAt } from './store-of.ts'

export class HistoryBefore {
  /** By number; null: the record there is no run of a branch itself. */
  private readonly read = new Map<number, PastRun | null>()

  constructor(private readonly ledger: OpenLedger) {}

  /** As it was recorded where the ledger could not be read then. Throws CertifyError `ledger_broken` at a record that does not hold. */
  async of({ header, data }: LedgerRecord<EvaluationData>, recorded: History): Promise<History> {
    if (recorded.state !== 'known' && recorded.state !== 'absent') return recorded
    const numbers = data.earlier.filter((seq) => seq < header.seq)
    const missing = numbers.filter((seq) => !this.read.has(seq))
    for await (const record of recordsAt(this.ledger, missing)) this.read.set(record.header.seq, runIn(record, data))
    const runs = numbers.flatMap((seq) => this.read.get(seq) ?? []).sort((a, b) => a.seq - b.seq)
    return { ...recorded, state: 'known', runs, ancestors: null }
  }
}

function runIn(record: LedgerRecord, { name }: EvaluationData): PastRun | null {
  if (!isEvaluation(record) || evaluationProblem(record) !== null) return null
  return record.data.main && record.data.name === name ? pastRun(record) : null
}
