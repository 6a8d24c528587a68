// The statements of an OpenVEX document: which vulnerability, in which products, and what is said of it.
import type { Limits } from '../../format.ts'
import { refused } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { distinctIds } from './scanner-finding.ts'

/** Identifiers, purls mostly. */
export interface VexProduct {
  names: string[]
  /** Of its subcomponents; none: it is said of the product itself. */
  parts: string[]
}

export interface VexStatement {
  /** Name and aliases; the `@id` where there is neither. */
  vulnerability: string[]
  /** What it is said of; none: of everything. */
  products: VexProduct[]
  status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation'
  justification: string | null
  impact: string | null
  /** When it was said, ISO UTC; a statement of a later time replaces one of the same thing. */
  saidAt: string | null
}

const STATUSES: ReadonlySet<unknown> = new Set<VexStatement['status']>([
  'not_affected',
  'affected',
  'fixed',
  'under_investigation',
])

/** Throws where it is none of OpenVEX. */
export function checkContext(document: JsonObject): void {
  const context = field(document, '@context')
  if (
    typeof context !== 'string' ||
    !/^(?:https?:\/\/openvex\.dev\/ns(?:\/v0\.\d{1,3}\.\d{1,3})?|text\/vex\+json)$/.test(context)
  )
    throw refused('wrong_version', 'its "@context" is none of OpenVEX 0.x')
}

export function vexStatements(document: JsonObject, limits: Limits): VexStatement[] {
  const said = field(document, 'timestamp')
  return asArray(field(document, 'statements'), '"statements"').map((value, index) =>
    inside(
      () => `statements[${index}]`,
      () => statementOf(asObject(value, 'the entry'), said, limits),
    ),
  )
}

function statementOf(entry: JsonObject, said: unknown, limits: Limits): VexStatement {
  const status = field(entry, 'status')
  if (!STATUSES.has(status)) throw refused('wrong_shape', '"status" is none that OpenVEX knows')
  const vulnerability = vulnerabilityOf(field(entry, 'vulnerability'))
  if (vulnerability.length === 0) throw refused('wrong_shape', 'names no vulnerability')
  return {
    vulnerability,
    products: (arrayAt(entry, 'products') ?? []).map(productOf),
    status: status as VexStatement['status'],
    justification: textAt(entry, 'justification', limits),
    impact: textAt(entry, 'impact_statement', limits),
    saidAt: isoOf(field(entry, 'timestamp')) ?? isoOf(said),
  }
}

/** A text to 0.0.1, an object since 0.2.0. */
function vulnerabilityOf(value: unknown): string[] {
  if (!isObject(value)) return distinctIds([value])
  const aliases = field(value, 'aliases')
  const named = distinctIds([field(value, 'name'), ...(Array.isArray(aliases) ? aliases : [])])
  return named.length > 0 ? named : distinctIds([field(value, '@id')])
}

function productOf(product: unknown): VexProduct {
  const parts = isObject(product) ? field(product, 'subcomponents') : null
  return { names: distinctIds(namesOf(product)), parts: distinctIds(Array.isArray(parts) ? parts.flatMap(namesOf) : []) }
}

/** A text to 0.0.1; since then its own name, and those it is known by elsewhere. */
function namesOf(component: unknown): unknown[] {
  if (!isObject(component)) return [component]
  const identifiers = field(component, 'identifiers')
  return [field(component, '@id'), ...(isObject(identifiers) ? Object.values(identifiers) : [])]
}
