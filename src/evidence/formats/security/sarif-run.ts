// What a SARIF run says of itself: did the scan complete?
import type { Limits } from '../../format.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'

/** Why the run is no finished scan, in the report's own account; null: it is one. */
export function failureOf(run: JsonObject, limits: Limits): string | null {
  for (const invocation of arrayAt(run, 'invocations') ?? []) {
    if (!isObject(invocation)) continue
    const message =
      errorIn(invocation, 'toolExecutionNotifications', limits) ?? errorIn(invocation, 'toolConfigurationNotifications', limits)
    if (field(invocation, 'executionSuccessful') === false) return message ?? 'the tool says that it did not run successfully'
    if (message !== null) return message
  }
  // SARIF 3.14.23: an empty list says that nothing was found, an absent one or null that nothing was looked for.
  if (arrayAt(run, 'results') !== null) return null
  const external = objectAt(run, 'externalPropertyFileReferences')
  return external && (arrayAt(external, 'results')?.length ?? 0) > 0
    ? 'its results are in other files, which are not read'
    : 'the run holds no list of results'
}

function errorIn(invocation: JsonObject, key: string, limits: Limits): string | null {
  for (const notification of arrayAt(invocation, key) ?? []) {
    if (!isObject(notification) || field(notification, 'level') !== 'error') continue
    const message = objectAt(notification, 'message')
    return (message && textAt(message, 'text', limits)?.slice(0, 300)) || 'the tool reports an error'
  }
  return null
}
