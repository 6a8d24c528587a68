// How a SARIF run was told to rate its rules: the overrides of each of its invocations.
import { arrayAt, field, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'
import type { Rules } from './sarif-rules.ts'

/** The configuration that was set for a result's rule; null: none. */
export type Overrides = (result: JsonObject, rule: JsonObject | null) => JsonObject | null

export function overridesOf(run: JsonObject, rules: Rules): Overrides {
  const invocations = arrayAt(run, 'invocations') ?? []
  const read = new Map<number, Map<unknown, JsonObject>>()
  return (result, rule) => {
    const at = invocationOf(result)
    const known = read.get(at) ?? overridesIn(invocations[at], rules)
    read.set(at, known)
    return (rule && known.get(rule)) ?? known.get(field(result, 'ruleId')) ?? null
  }
}

function invocationOf(result: JsonObject): number {
  const provenance = field(result, 'provenance')
  const at = isObject(provenance) ? field(provenance, 'invocationIndex') : 0
  return typeof at === 'number' && at > 0 ? at : 0
}

/** By the rule, else by the id of one that the run doesn't describe. */
function overridesIn(invocation: unknown, rules: Rules): Map<unknown, JsonObject> {
  const found = new Map<unknown, JsonObject>()
  for (const override of (isObject(invocation) && arrayAt(invocation, 'ruleConfigurationOverrides')) || []) {
    const configuration = isObject(override) ? objectAt(override, 'configuration') : null
    if (configuration === null) continue
    const descriptor = objectAt(override as JsonObject, 'descriptor') ?? {}
    const key = rules.at(descriptor) ?? field(descriptor, 'id')
    if (key !== undefined && key !== null && !found.has(key)) found.set(key, configuration)
  }
  return found
}
