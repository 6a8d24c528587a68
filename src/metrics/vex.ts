// What the VEX documents of the policy say of a finding: the latest statement about it decides, and only of a document that holds.

import { acceptanceOf, LONGEST_DAYS } from '../model/acceptance.ts'
import type { Finding } from '../model/evidence.ts'
import { type Reason, reason } from '../model/reason.ts'
import type { VexAbout, VexEntry, VexSaid, VexThing } from '../model/vex.ts'

const MOST_NAMED = 20

interface Said extends Omit<VexSaid, 'vulnerability'> {
  entry: VexEntry
  ids: string[]
}

/** Asked about one finding after another; `reasons` tells what came of it. */
export class VexWord {
  private readonly byId = new Map<string, Said[]>()
  private readonly state: ReadonlyMap<VexEntry, ReturnType<typeof acceptanceOf>>
  /** Of a document that could not be read nobody knows what it says last, so no other one has the last word. */
  private readonly complete: boolean
  private readonly accepted = new Map<VexEntry, { count: number; names: Set<string> }>()
  private readonly void_ = new Set<VexEntry>()

  constructor(entries: readonly VexEntry[], now: Date) {
    this.state = new Map(entries.map((entry) => [entry, acceptanceOf(entry.expires, now)]))
    this.complete = entries.every((entry) => entry.sha256 !== null)
    for (const entry of entries) {
      for (const { vulnerability, ...said } of entry.statements) {
        const ids = vulnerability.map(idOf)
        const one: Said = { ...said, ids, entry }
        for (const id of new Set(ids)) {
          const same = this.byId.get(id)
          if (same === undefined) this.byId.set(id, [one])
          else same.push(one)
        }
      }
    }
  }

  accepts(finding: Finding): boolean {
    if (!this.complete || !finding.security || this.byId.size === 0) return false
    const about = this.about(finding).filter((said) => fits(said, finding))
    const last = latest(about.filter((said) => !setsAside(said) || this.state.get(said.entry) === 'valid'))
    if (last !== null && setsAside(last)) {
      const { count, names } = this.accepted.get(last.entry) ?? { count: 0, names: new Set<string>() }
      this.accepted.set(last.entry, { count: count + 1, names: names.add(nameOf(finding, last)) })
      return true
    }
    const otherwise = latest(about)
    if (otherwise !== null && setsAside(otherwise)) this.void_.add(otherwise.entry)
    return false
  }

  reasons(): Reason[] {
    const said = [...this.state].flatMap(([entry, state]): Reason[] => {
      const { file, expires } = entry
      if (!this.void_.has(entry)) return []
      return [
        state === 'expired'
          ? reason('vex_expired', { file, expired: expires })
          : reason('vex_too_long', { file, expires, days: LONGEST_DAYS }),
      ]
    })
    const accepted = [...this.accepted].map(([{ file, owner, expires }, { count, names }]) =>
      reason('findings_suppressed_by_vex', { file, owner, expires, count, names: [...names].sort().slice(0, MOST_NAMED) }),
    )
    return [...said, ...accepted]
  }

  /** By the finding's identifiers, and by the other names that the documents have for the same vulnerability. */
  private about({ rule, identifiers }: Finding): Said[] {
    const own = new Set([rule, ...identifiers].map(idOf))
    const direct = [...own].flatMap((id) => this.byId.get(id) ?? [])
    const names = new Set([...own, ...direct.flatMap((said) => said.ids)])
    return [...new Set([...names].flatMap((id) => this.byId.get(id) ?? []))]
  }
}

function idOf(id: string): string {
  return id.toUpperCase()
}

function setsAside({ status, why }: Pick<VexSaid, 'status' | 'why'>): boolean {
  return status === 'fixed' || (status === 'not_affected' && why !== null)
}

/** Of two of one time the one that leaves it open; so does one of no known time, which may be later than any. */
function latest(statements: readonly Said[]): Said | null {
  const rank = (said: Said): string => said.saidAt ?? (setsAside(said) ? '' : '~')
  return statements.reduce<Said | null>((best, said) => {
    if (best === null || rank(said) > rank(best)) return said
    return rank(said) === rank(best) && setsAside(best) ? said : best
  }, null)
}

/** Without a product it is about what the policy says the document is about, which may be nothing (OpenVEX: it cascades down). */
function fits({ products, entry }: Said, finding: Finding): boolean {
  return products.length === 0 ? entry.products.length > 0 : products.some((about) => isAbout(about, entry, finding))
}

/** Of the whole of our product, of the finding's package in it, or of that package by itself; never of what others made with it. */
function isAbout({ names, parts }: VexAbout, { products }: VexEntry, finding: Finding): boolean {
  const isOurs = names.some(({ id }) => products.some((own) => own === id || own.startsWith(`${id}@`)))
  if (isOurs) return parts.length === 0 || parts.some((part) => isPackage(part, finding))
  return parts.length === 0 && names.some((name) => isPackage(name, finding))
}

function isPackage(thing: VexThing, finding: Finding): boolean {
  if (thing.package === null || thing.package !== finding.package) return false
  return thing.version === null || bare(thing.version) === bare(finding.version ?? '')
}

/** Go's versions are written with and without their v. */
function bare(version: string): string {
  return version.replace(/^v(?=\d)/, '')
}

function nameOf({ rule, identifiers, package: name }: Finding, { ids }: Said): string {
  const id = [rule, ...identifiers].find((one) => ids.includes(idOf(one))) ?? rule
  return name === null ? id : `${id} in ${name}`
}
