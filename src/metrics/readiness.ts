// Checklists: the weighted share of items that are done. An open blocking item keeps the whole below 100 (spec 2.17).
import type { Admitted, ChecklistFacts, EvidenceRef } from '../model/evidence.ts'
import type { MetricValue } from '../model/metric.ts'
import { type Reason, reason } from '../model/reason.ts'
import { attestationFaults } from './attestation.ts'
import { type Item, itemsOf } from './checklist-items.ts'
import { type JudgedItem, nameOf, partsOf } from './checklist-parts.ts'
import { judgeCheck } from './item-check.ts'
import { known, refsOf, toldBy, unknown } from './known.ts'
import type { Measuring, Metric } from './metric.ts'
import { plural, shown } from './shown.ts'

const CEILING = 99
const NAMED = 10

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

interface Judged extends JudgedItem {
  byHand: boolean
  /** Ticked, and yet open: nobody's word for it counts. */
  unattested: boolean
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
  const total = items.filter((item) => !item.progress).reduce((sum, item) => sum + item.weight, 0)
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

function share({ metric }: Measuring, all: readonly Judged[], total: number, read: EvidenceRef[]): MetricValue {
  const judged = all.filter((one) => !one.item.progress)
  const done = judged.filter((one) => one.state === 'done')
  const open = judged.filter((one) => one.state !== 'done')
  const basis = [...read, ...all.flatMap((one) => one.basis)]
  const blocked = open.some((one) => one.item.blocking)
  const raw = (100 * done.reduce((sum, one) => sum + one.item.weight, 0)) / total
  const result = blocked ? Math.min(CEILING, raw) : raw
  const even = judged.every((one) => one.item.weight === judged[0]!.item.weight)
  const worth = ({ weight }: Item): number => (even ? 1 : (100 * weight) / total)
  const reasons = reasonsOf(judged, open)
  const parts = partsOf(all, worth)
  if (basis.length === 0) return unknown(metric, 'no_evidence', reasons, { parts })
  const capped = blocked && raw > CEILING ? `, capped at ${CEILING} % by an open blocking item` : ''
  const formula = `${done.length} / ${plural(judged.length, 'item')} = ${shown(raw)} %${capped}${apart(all)}`
  return known(metric, result, formula, basis, {
    ratio: even ? { good: done.length, total: judged.length, what: 'items' } : null,
    reasons,
    parts,
  })
}

function reasonsOf(judged: readonly Judged[], open: readonly Judged[]): Reason[] {
  const reasons: Reason[] = []
  if (open.length > 0)
    reasons.push(
      reason('items_open', {
        open: open.length,
        total: judged.length,
        items: open.slice(0, NAMED).map((one) => nameOf(one.item)),
      }),
    )
  for (const { item, byHand } of open)
    if (item.ticked === true && !byHand) reasons.push(reason('item_not_manual', { item: nameOf(item) }))
  const unattested = open.filter((one) => one.unattested)
  const items = unattested.slice(0, NAMED).map(({ item, why }) => `${nameOf(item)} (${why})`)
  if (items.length > 0) reasons.push(reason('items_unattested', { count: unattested.length, items }))
  return reasons
}

/** What only tells how far things are is counted beside the value. */
function apart(all: readonly Judged[]): string {
  const progress = all.filter((one) => one.item.progress)
  if (progress.length === 0) return ''
  return `; progress ${progress.filter((one) => one.state === 'done').length} / ${progress.length}`
}

/** An item bound to a check is judged by it; one bound to nothing is done when it is ticked and somebody's word for it counts. */
function judge(item: Item, measuring: Measuring): Judged {
  const check = item.rule?.check ?? null
  const verdict = check === null ? null : judgeCheck(check, measuring)
  if (verdict !== null) return { item, byHand: false, unattested: false, why: 'its check does not hold', ...verdict }
  const by = { item, byHand: true, basis: [] }
  if (item.ticked !== true) return { ...by, state: 'open', why: 'not ticked', unattested: false }
  const { input } = measuring
  const faults = item.vouching ? attestationFaults(item.vouched, input.now, input.files ?? {}) : []
  if (faults.length > 0) return { ...by, state: 'open', why: faults.join(', '), unattested: true }
  return { ...by, state: 'done', why: '', unattested: false, basis: policyOf(item) }
}

/** A word that stands in the policy rests on the policy. */
function policyOf({ rule, path }: Item): EvidenceRef[] {
  if (path !== null || rule?.attested === undefined) return []
  return [toldBy(rule.origin.replace(/:\d+(?::\d+)?$/, ''))]
}

function isChecklist(one: Admitted): one is Admitted<ChecklistFacts> {
  return one.kind === 'checklist'
}
