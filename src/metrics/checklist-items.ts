// The items of a checklist: those of the policy, and those of its Markdown list, each once.
import type { ChecklistConfig, ChecklistItemRule } from '../model/config.ts'
import type { Admitted, ChecklistFacts, ChecklistItem } from '../model/evidence.ts'

export interface Item {
  text: string
  domain: string | null
  rule: ChecklistItemRule | null
  /** Ticked in the Markdown list; null: it is not in one. */
  ticked: boolean | null
  line: number | null
  path: string | null
  blocking: boolean
  weight: number
}

/** `source`: the admitted Markdown list, where the checklist names one. An item written twice is ticked where both are. */
export function itemsOf(list: ChecklistConfig, source: Admitted<ChecklistFacts> | null): Item[] {
  const written = new Map<string, ChecklistItem>()
  for (const item of source?.facts.items ?? []) {
    const before = written.get(plain(item.text))
    written.set(plain(item.text), before === undefined ? item : { ...before, checked: before.checked && item.checked })
  }
  const items: Item[] = list.items.map((rule) => {
    const match = written.get(plain(rule.text))
    written.delete(plain(rule.text))
    return {
      text: rule.text,
      domain: rule.domain ?? match?.section ?? null,
      rule,
      ticked: match?.checked ?? null,
      line: match?.line ?? null,
      path: match === undefined ? null : (source?.ref.path ?? null),
      blocking: rule.blocking,
      weight: rule.weight,
    }
  })
  for (const item of written.values()) {
    items.push({
      text: item.text,
      domain: item.section,
      rule: null,
      ticked: item.checked,
      line: item.line,
      path: source?.ref.path ?? null,
      blocking: false,
      weight: 1,
    })
  }
  return items
}

/** Words alone: ticks, emphasis, emoji and spacing do not tell items apart (spec 0.1, row 12). */
function plain(text: string): string {
  return text
    .slice(0, 1000)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}<>=%.]+/gu, ' ')
    .trim()
}
