// What later records of a certified commit found to fall short, for as long as nobody has looked at the same reports again.
import type { EvaluationData } from '../../model/evaluation.ts'
import type { LedgerRecord } from '../../model/ledger.ts'
import type { Outcome } from '../../model/outcome.ts'
import { judgeableOf } from '../ledger/evaluation.ts'
import { evaluationProblem, isEvaluation } from '../ledger/evaluation-shape.ts'
import { guarded } from '../ledger/replay-record.ts'
import type { Case } from './case.ts'
import type { Chain } from './chain.ts'
import { isMadeSince, keyOf, replacedBy } from './rejudge.ts'

const SHORT: readonly Outcome[] = ['fail', 'error']

/** Each a sentence; empty: nothing was found since, or newer reports of the same kind say otherwise. Throws as `judgeAgain`. */
export function foundSince(one: Case, { records }: Chain, now: Date): string[] {
  const { commit, name, evaluation } = one.held.data.certificate
  return records
    .slice(evaluation.seq)
    .filter(
      (record): record is LedgerRecord<EvaluationData> =>
        isEvaluation(record) &&
        evaluationProblem(record) === null &&
        record.data.main &&
        record.data.name === name &&
        record.data.subject.commit === commit,
    )
    .flatMap((record) => {
      const short = shortIn(record.data, one)
      const found = short.filter((each) => guarded(() => !lookedAtAgain(each.metric, record.data, one, now)))
      return found.map(
        ({ id }) => `Record ${record.header.seq} found that ${id} falls short, and no newer report says otherwise.`,
      )
    })
}

/** Of the criteria that the certificate's levels ask for today. */
function shortIn({ outcome: { criteria } }: EvaluationData, { again, held }: Case) {
  const { level } = held.data.certificate
  return again.ageless.result.levels
    .filter((one) => one.number <= level && one.state !== 'disabled')
    .flatMap((one) => one.criteria)
    .filter(({ id }) => Object.hasOwn(criteria, id) && SHORT.includes(criteria[id]!.outcome))
}

/** Every report that the record had beside those of the certificate's evaluation, of the metric's kinds, is replaced by one made since. */
function lookedAtAgain(metric: string, { facts, ...head }: EvaluationData, one: Case, now: Date): boolean {
  if (facts === null) return true
  const known = new Set(one.evaluation.facts.files.map((file) => keyOf(file.ref)))
  const kinds = kindsOf(metric, one)
  const then = judgeableOf(head, facts, one.policy).admitted.filter(
    (each) => !known.has(keyOf(each.ref)) && (kinds.size === 0 || kinds.has(each.kind)),
  )
  const since = one.newer.admitted.filter((each) => isMadeSince(each, head, now))
  const replaced = new Set(replacedBy(since, then).map(keyOf))
  return then.every((each) => replaced.has(keyOf(each.ref)))
}

function kindsOf(metric: string, { again }: Case): Set<string> {
  const basis = new Set(again.judged.metrics.find((one) => one.id === metric)?.basis.map(keyOf))
  return new Set(again.input.admitted.filter((one) => basis.has(keyOf(one.ref))).map((one) => one.kind))
}
