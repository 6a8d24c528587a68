// The rules of a SARIF run and what a reference to one of them means.
import { arrayAt, field, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'

export interface Rules {
  /** The rule a result refers to; null: the run doesn't describe it. */
  of(result: JsonObject): JsonObject | null
  /** The rule that a reference by itself means, as overrides have it. */
  at(reference: JsonObject): JsonObject | null
  /** A message that any rule of the run may use. */
  message(id: string): JsonObject | null
  readonly all: readonly JsonObject[]
}

/** Finer cases of finer cases: deeper than this nobody goes. */
const LEVELS = 10

interface Component {
  names: readonly unknown[]
  rules: readonly unknown[]
  byId: Map<string, JsonObject>
  byGuid: Map<string, JsonObject>
  messages: JsonObject
}

export function rulesOf(run: JsonObject): Rules {
  const tool = objectAt(run, 'tool')
  const driver = componentOf(tool && objectAt(tool, 'driver'))
  const extensions = ((tool && arrayAt(tool, 'extensions')) ?? []).map((extension) =>
    componentOf(isObject(extension) ? extension : null),
  )
  const components = [driver, ...extensions]
  const byId = merged(components, (component) => component.byId)
  const byGuid = merged(components, (component) => component.byGuid)
  const named = byNames(components)

  /** The driver, where the reference names none; undefined: it names one that isn't there. */
  function componentAt(reference: JsonObject): Component | undefined {
    const there = objectAt(reference, 'toolComponent')
    if (there === null) return driver
    const index = indexOf(field(there, 'index'))
    return index === null ? (named.get(field(there, 'guid')) ?? named.get(field(there, 'name'))) : extensions[index]
  }

  function lookUp(reference: JsonObject, id: unknown, index: number | null): JsonObject | null {
    const component = componentAt(reference)
    const indexed = index === null ? undefined : component?.rules[index]
    // An index and an id that contradict each other: the id is what people see, so it counts.
    if (isObject(indexed) && (typeof id !== 'string' || matches(field(indexed, 'id'), id))) return indexed
    const guid = field(reference, 'guid')
    const unique = typeof guid === 'string' ? byGuid.get(guid) : undefined
    if (unique) return unique
    if (typeof id !== 'string') return null
    return (component && nearest(component.byId, id)) ?? nearest(byId, id)
  }

  return {
    all: components.flatMap((component) => component.rules).filter(isObject),
    at: (reference) => lookUp(reference, field(reference, 'id'), indexOf(field(reference, 'index'))),
    of(result) {
      const reference = objectAt(result, 'rule') ?? {}
      const id = field(reference, 'id') ?? field(result, 'ruleId')
      return lookUp(reference, id, indexOf(field(reference, 'index')) ?? indexOf(field(result, 'ruleIndex')))
    },
    message(id) {
      for (const { messages } of components) {
        const message = field(messages, id)
        if (isObject(message)) return message
      }
      return null
    },
  }
}

/** The text of a result's rule id, wherever it stands; null: it names none. */
export function ruleIdOf(result: JsonObject, rule: JsonObject | null): string | null {
  const reference = objectAt(result, 'rule') ?? {}
  const id = field(result, 'ruleId') ?? field(reference, 'id') ?? (rule && field(rule, 'id'))
  return typeof id === 'string' && id !== '' ? id : null
}

function componentOf(component: JsonObject | null): Component {
  const rules = (component && arrayAt(component, 'rules')) ?? []
  return {
    names: component ? [field(component, 'guid'), field(component, 'name')] : [],
    rules,
    byId: byKey(rules, 'id'),
    byGuid: byKey(rules, 'guid'),
    messages: (component && objectAt(component, 'globalMessageStrings')) ?? {},
  }
}

function byKey(rules: readonly unknown[], key: string): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>()
  for (const rule of rules) {
    const value = isObject(rule) ? field(rule, key) : null
    if (typeof value === 'string' && !found.has(value)) found.set(value, rule as JsonObject)
  }
  return found
}

/** The driver's before those of extensions, in their order. */
function merged(
  components: readonly Component[],
  of: (component: Component) => Map<string, JsonObject>,
): Map<string, JsonObject> {
  const all = new Map<string, JsonObject>()
  for (const component of components) for (const [key, rule] of of(component)) if (!all.has(key)) all.set(key, rule)
  return all
}

function byNames(components: readonly Component[]): Map<unknown, Component> {
  const found = new Map<unknown, Component>()
  for (const component of components) {
    for (const name of component.names) if (typeof name === 'string' && !found.has(name)) found.set(name, component)
  }
  return found
}

/** `CA1000/1` is a finer case of the rule `CA1000` (SARIF 3.27.5). */
function nearest(rules: Map<string, JsonObject>, id: string): JsonObject | null {
  let known = id
  for (let level = 0; level < LEVELS && known !== ''; level++) {
    const rule = rules.get(known)
    if (rule) return rule
    known = known.slice(0, Math.max(0, known.lastIndexOf('/')))
  }
  return null
}

function indexOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}

function matches(ruleId: unknown, id: string): boolean {
  return typeof ruleId === 'string' && (ruleId === id || id.startsWith(`${ruleId}/`))
}
