// Which SARIF results are of a known kind of weakness: classed by CWE or OWASP, themselves or by their rule.
import { arrayAt, field, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'

export type Weaknesses = (result: JsonObject, rule: JsonObject | null) => boolean

const OF_SECURITY = /^(?:cwe|owasp|capec)/i
/** Classes looked at of one result: nobody needs more. */
const MOST = 100

export function weaknessesOf(run: JsonObject): Weaknesses {
  const taxonomies = (arrayAt(run, 'taxonomies') ?? []).filter(isObject)
  const byGuid = new Map(taxonomies.map((taxonomy) => [field(taxonomy, 'guid'), taxonomy]))
  const ofRules = new WeakMap<JsonObject, boolean>()

  const isOne = (reference: unknown): boolean => {
    const component = isObject(reference) ? objectAt(reference, 'toolComponent') : null
    if (component === null) return false
    const there = taxonomies[Number(field(component, 'index') ?? -1)] ?? byGuid.get(field(component, 'guid') ?? null)
    const name = field(component, 'name') ?? (there && field(there, 'name'))
    return typeof name === 'string' && OF_SECURITY.test(name)
  }
  const ofRule = (rule: JsonObject): boolean => {
    const known = ofRules.get(rule)
    if (known !== undefined) return known
    const relationships = (arrayAt(rule, 'relationships') ?? []).slice(0, MOST)
    const found = relationships.some((one) => isObject(one) && isOne(field(one, 'target')))
    ofRules.set(rule, found)
    return found
  }
  return (result, rule) =>
    (rule !== null && ofRule(rule)) || (arrayAt(result, 'taxa') ?? []).slice(0, MOST).some((taxon) => isOne(taxon))
}
