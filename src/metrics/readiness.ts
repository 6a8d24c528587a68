// Checklists: the weighted share of items that are done. An open blocking item keeps the whole below 100 (spec 2.17).
import type { Admitted, ChecklistFacts, EvidenceRef } from '../model/evidence.ts'
import type { MetricPart, MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { type Item, itemsOf } from './checklist-items.ts'
import { judgeCheck } from './item-check.ts'
import { known, refsOf, unknown } from './known.ts'
import type { Measuring, Metric } from './metric.ts'
import { plural, shown } from './shown.ts'

const CEILING = 99
const NAMED = 10
const PARTS = 100

export const readiness: Metric = {
  family: 'readiness',
  kinds: [],
  accepts: ['checklist'],
  minds: [],
  rollsUp: false,
  measure: measureLists,
}

/** The same arithmetic for a checklist of one's own. */
export const checklist: Metric = { ...readiness, family: 'checklist' }

interface Judged {
  item: Item
  state: 'done' | 'open' | 'unknown'
  byHand: boolean
  basis: EvidenceRef[]
}

function measureLists(measuring: Measuring): MetricValue {
  const { metric, evidence, input } = measuring
  const lists = input.config.checklists.filter((list) => metric.checklists.includes(list.id))
  const sources = input.admitted.filter(isChecklist)
  const absent = lists.flatMap((list) =>
    list.source !== null && !sources.some((one) => one.ref.path === list.source) ? [list.source] : [],
  )
  if (absent.length > 0)
    return unknown(metric, 'no_evidence', [reason('evidence_missing', { what: metric.id, expected: absent })])
  const own = evidence.filter(isChecklist)
  const items = [
    ...lists.flatMap((list) => itemsOf(list, sources.find((one) => one.ref.path === list.source) ?? null)),
    ...own.flatMap((one) => itemsOf({ id: metric.id, source: one.ref.path, items: [] }, one)),
  ]
  const total = items.reduce((sum, item) => sum + item.weight, 0)
  if (!(total > 0)) {
    const looked =
      metric.checklists.length > 0 ? metric.checklists.map((id) => `items in checklists.${id}`).join(', ') : 'checklists'
    return unknown(metric, 'no_evidence', [reason('no_scope', { metric: metric.id, looked_for: looked })])
  }
  const read = [...own, ...sources.filter((one) => lists.some((list) => list.source === one.ref.path))]
  return share(
    measuring,
    items.map((item) => judge(item, measuring)),
    total,
    refsOf(read),
  )
}

function share({ metric }: Measuring, judged: readonly Judged[], total: number, read: EvidenceRef[]): MetricValue {
  const done = judged.filter((one) => one.state === 'done')
  const open = judged.filter((one) => one.state !== 'done')
  const basis = [...read, ...judged.flatMap((one) => one.basis)]
  const blocked = open.some((one) => one.item.blocking)
  const raw = (100 * done.reduce((sum, one) => sum + one.item.weight, 0)) / total
  const result = blocked ? Math.min(CEILING, raw) : raw
  const reasons: Reason[] = []
  if (open.length > 0)
    reasons.push(
      reason('items_open', { open: open.length, total: judged.length, items: open.slice(0, NAMED).map((one) => one.item.text) }),
    )
  for (const { item, byHand } of open)
    if (item.ticked === true && !byHand) reasons.push(reason('item_not_manual', { item: item.text }))
  const even = judged.every((one) => one.item.weight === judged[0]!.item.weight)
  const worth = ({ item }: Judged): number => (even ? 1 : (100 * item.weight) / total)
  const parts = [...domains(judged), ...open.slice(0, PARTS).map((one) => partOf(one, worth(one)))]
  if (basis.length === 0) return unknown(metric, 'no_evidence', reasons, { parts })
  const formula = `${done.length} / ${plural(judged.length, 'item')} = ${shown(raw)} %${blocked && raw > CEILING ? `, capped at ${CEILING} % by an open blocking item` : ''}`
  return known(metric, result, formula, basis, {
    ratio: even ? { good: done.length, total: judged.length, what: 'items' } : null,
    reasons,
    parts,
  })
}

/** An item bound to a check is judged by it; one bound to nothing counts as done when a person ticked it. */
function judge(item: Item, measuring: Measuring): Judged {
  const check = item.rule?.check ?? null
  const verdict = check === null ? null : judgeCheck(check, measuring)
  if (verdict === null) return { item, state: item.ticked === true ? 'done' : 'open', byHand: true, basis: [] }
  return { item, byHand: false, ...verdict }
}

function domains(judged: readonly Judged[]): MetricPart[] {
  const names = [...new Set(judged.flatMap((one) => (one.item.domain === null ? [] : [one.item.domain])))]
  return names.map((name) => {
    const mine = judged.filter((one) => one.item.domain === name)
    const done = mine.filter((one) => one.state === 'done').length
    const detail = `${done} of ${plural(mine.length, 'item')}, ${shown((100 * done) / mine.length)} %`
    return { name, state: done === mine.length ? 'pass' : 'short', detail, path: null, ranges: [] }
  })
}

function partOf({ item, state, byHand }: Judged, lacks: number): MetricPart {
  const detail = state === 'unknown' ? 'not judged in this run' : byHand ? 'not ticked' : 'its check does not hold'
  return {
    name: item.text,
    state: state === 'unknown' ? 'unknown' : 'short',
    detail: item.blocking ? `${detail}, blocking` : detail,
    path: item.path,
    ranges: item.line === null ? [] : [[item.line, item.line]],
    kind: 'item',
    ...(lacks > 0 ? { lacks } : {}),
    ...(item.blocking ? { must: true } : {}),
  }
}

function isChecklist(one: Admitted): one is Admitted<ChecklistFacts> {
  return one.kind === 'checklist'
}
