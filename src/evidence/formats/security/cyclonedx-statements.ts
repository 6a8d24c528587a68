// What a CycloneDX JSON document says of its vulnerabilities by their analysis (its VEX), as statements.
import type { Limits } from '../../format.ts'
import { arrayAt, asObject, field, inside, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { componentsOf, objectsIn } from './cyclonedx-json.ts'
import type { VexProduct, VexStatement } from './openvex-statements.ts'
import { distinctIds } from './scanner-finding.ts'

/** Any other state, as in_triage, sets nothing aside. */
const STATUSES: ReadonlyMap<unknown, VexStatement['status']> = new Map([
  ['not_affected', 'not_affected'],
  ['false_positive', 'not_affected'],
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
])

/** One for each vulnerability that has an analysis. */
export function cyclonedxStatements(root: JsonObject, limits: Limits): VexStatement[] {
  const metadata = objectAt(root, 'metadata')
  const subject = metadata && objectAt(metadata, 'component')
  const components = [...(subject ? componentsOf({ components: [subject] }, limits) : []), ...componentsOf(root, limits)]
  const purls = new Map(components.flatMap(({ ref, purl }) => (ref !== null && purl !== null ? [[ref, purl] as const] : [])))
  const said = metadata && field(metadata, 'timestamp')
  return (arrayAt(root, 'vulnerabilities') ?? []).flatMap((value, index) =>
    inside(
      () => `vulnerabilities[${index}]`,
      () => statementOf(asObject(value, 'the entry'), purls, said, limits),
    ),
  )
}

function statementOf(entry: JsonObject, purls: ReadonlyMap<string, string>, said: unknown, limits: Limits): VexStatement[] {
  const analysis = objectAt(entry, 'analysis')
  const vulnerability = distinctIds([field(entry, 'id'), ...objectsIn(field(entry, 'references')).map((one) => field(one, 'id'))])
  if (analysis === null || vulnerability.length === 0) return []
  const status = STATUSES.get(field(analysis, 'state')) ?? 'under_investigation'
  // What is said of some versions only sets aside those that are named; what is open is open in all of them.
  const exact = status === 'not_affected' || status === 'fixed'
  return [
    {
      vulnerability,
      products: objectsIn(field(entry, 'affects')).map((one) => productOf(one, purls, exact)),
      status,
      justification: textAt(analysis, 'justification', limits),
      impact: textAt(analysis, 'detail', limits),
      saidAt: isoOf(field(analysis, 'lastUpdated')) ?? isoOf(field(entry, 'updated')) ?? isoOf(said),
    },
  ]
}

/** By the reference within the document, or at the end of a link to another one (`urn:cdx:SERIAL/VERSION#REF`). */
function productOf(affected: JsonObject, purls: ReadonlyMap<string, string>, exact: boolean): VexProduct {
  const ref = field(affected, 'ref')
  if (typeof ref !== 'string') return { names: [], parts: [] }
  const local = ref.startsWith('urn:cdx:') ? ref.slice(ref.indexOf('#') + 1) : ref
  const versions = objectsIn(field(affected, 'versions'))
  const purl = purls.get(ref) ?? purls.get(local) ?? (local.startsWith('pkg:') ? local : null)
  if (versions.length === 0 || !exact) return { names: distinctIds([ref, local, purl]), parts: [] }
  const base = purl?.replace(/[?#].*$/s, '').replace(/@[^/]*$/, '') ?? null
  const of = versions.map((one) => field(one, 'version')).filter((version) => typeof version === 'string' && version !== '')
  return {
    names: base === null ? [] : distinctIds(of.map((version) => `${base}@${encodeURIComponent(String(version))}`)),
    parts: [],
  }
}
