// The items of a checklist: those of the policy, and those of its Markdown list, each once.
import type { ChecklistConfig, ChecklistItemRule } from '../model/config.ts'
import type { Admitted, ChecklistFacts, ChecklistItem, Vouched } from '../model/evidence.ts'
import { type Group, groupOf, isCircular, wordsOf } from './checklist-groups.ts'

export interface Item {
  text: string
  group: Group | null
  rule: ChecklistItemRule | null
  /** Ticked in the Markdown list, or done by the policy's word; null: neither says so. */
  ticked: boolean | null
  /** null: nobody says so. */
  vouched: Vouched | null
  /** A tick alone is not enough. */
  vouching: boolean
  /** It tells how far things are, and holds nothing back. */
  progress: boolean
  line: number | null
  path: string | null
  blocking: boolean
  weight: number
}

interface Written {
  item: ChecklistItem
  words: string
  headings: readonly string[]
  group: Group | null
}

/**
 * `source`: the admitted Markdown list, where the checklist names one. The same words in two domains or lists are two items; an
 * item written twice in one is ticked where both are.
 */
export function itemsOf(list: ChecklistConfig, source: Admitted<ChecklistFacts> | null): Item[] {
  const written = writtenIn(source?.facts.items ?? [])
  const path = source?.ref.path ?? null
  const vouching = list.attestation !== false
  const items = list.items.flatMap((rule): Item[] => {
    const matches = take(written, rule)
    return matches.length === 0
      ? [itemBy(rule, null, { path: null, vouching })]
      : matches.map((match) => itemBy(rule, match, { path, vouching }))
  })
  for (const { item, headings, group } of written.values()) {
    items.push({
      text: item.text,
      group,
      rule: null,
      ticked: item.checked,
      vouched: item.vouched ?? null,
      vouching,
      progress: item.progress === true || isCircular(item.text, headings),
      line: item.line,
      path,
      blocking: false,
      weight: 1,
    })
  }
  // In the order of the list, so that its headings keep theirs; what the policy alone names comes first.
  return items.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function itemBy(rule: ChecklistItemRule, match: Written | null, about: Pick<Item, 'path' | 'vouching'>): Item {
  const { domain, attested } = rule
  const item = match?.item
  const headings = match?.headings ?? []
  return {
    text: rule.text,
    group: domain === null ? (match?.group ?? null) : { kind: 'domain', name: domain },
    rule,
    // What the policy says is done and the list leaves open is open.
    ticked: item?.checked ?? (attested === undefined ? null : true),
    vouched: attested ?? item?.vouched ?? null,
    progress: rule.progress ?? (item?.progress === true || isCircular(rule.text, headings)),
    line: item?.line ?? null,
    blocking: rule.blocking,
    weight: rule.weight,
    ...about,
  }
}

function writtenIn(items: readonly ChecklistItem[]): Map<string, Written> {
  const written = new Map<string, Written>()
  for (const item of items) {
    const headings = item.headings ?? (item.section === null ? [] : [item.section])
    const group = groupOf(headings)
    const words = wordsOf(item.text)
    const key = JSON.stringify([words, group])
    const before = written.get(key)?.item
    const both = before === undefined ? item : { ...item, ...before, checked: before.checked && item.checked }
    written.set(key, { item: both, words, headings, group })
  }
  return written
}

/** Those of the rule's words, in its domain where it names one and they are there: each belongs to one rule. */
function take(written: Map<string, Written>, { text, domain }: ChecklistItemRule): Written[] {
  const own = wordsOf(text)
  const same = [...written].filter(([, { words }]) => words === own)
  const inDomain = same.filter(([, { group }]) => group?.kind === 'domain' && group.name === domain)
  const taken = domain !== null && inDomain.length > 0 ? inDomain : same
  for (const [key] of taken) written.delete(key)
  return taken.map(([, one]) => one)
}
