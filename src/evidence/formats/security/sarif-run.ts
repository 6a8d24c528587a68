// What a SARIF run says of itself: did the scan complete?
import type { Limits } from '../../format.ts'
import { arrayAt, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'

/** Why the run is no finished scan, in the report's own account; null: it is one. */
export function failureOf(run: JsonObject, limits: Limits): string | null {
  const conversion = objectAt(run, 'conversion')
  for (const invocation of [...(arrayAt(run, 'invocations') ?? []), conversion && field(conversion, 'invocation')]) {
    const failure = isObject(invocation) ? failureIn(invocation, limits) : null
    if (failure !== null) return failure
  }
  const external = objectAt(run, 'externalPropertyFileReferences')
  if (external && (arrayAt(external, 'results')?.length ?? 0) > 0) return 'its results are in other files, which are not read'
  // SARIF 3.14.23: an empty list says that nothing was found, an absent one or null that nothing was looked for.
  return arrayAt(run, 'results') === null ? 'the run holds no list of results' : null
}

/** Results that stand beside the runs, as if they were in other files (SARIF 3.13.5). */
export function resultsBeside(root: JsonObject): boolean {
  const beside = (arrayAt(root, 'inlineExternalProperties') ?? []).filter(isObject)
  return beside.some((properties) => (arrayAt(properties, 'results')?.length ?? 0) > 0)
}

function failureIn(invocation: JsonObject, limits: Limits): string | null {
  const message =
    errorIn(invocation, 'toolExecutionNotifications', limits) ?? errorIn(invocation, 'toolConfigurationNotifications', limits)
  if (message !== null) return message
  const started = textAt(invocation, 'processStartFailureMessage', limits)
  if (started) return started.slice(0, 300)
  const signal = textAt(invocation, 'exitSignalName', limits)
  if (signal) return `the tool was ended by the signal ${signal.slice(0, 60)}`
  // Tools that leave it out exist; whatever else but true stands there is no success.
  return (field(invocation, 'executionSuccessful') ?? true) === true ? null : 'the tool says that it did not run successfully'
}

function errorIn(invocation: JsonObject, key: string, limits: Limits): string | null {
  for (const notification of arrayAt(invocation, key) ?? []) {
    if (!isObject(notification) || field(notification, 'level') !== 'error') continue
    const message = objectAt(notification, 'message')
    return (message && textAt(message, 'text', limits)?.slice(0, 300)) || 'the tool reports an error'
  }
  return null
}
