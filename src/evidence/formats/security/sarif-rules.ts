// The rules of a SARIF run and what a result's reference to one of them means.
import { arrayAt, field, isObject, type JsonObject, objectAt } from '../../scan/json-fields.ts'

export interface Rules {
  /** The rule a result refers to; null: the run doesn't describe it. */
  of(result: JsonObject): JsonObject | null
  readonly all: readonly JsonObject[]
}

interface Component {
  rules: readonly unknown[]
  byId: Map<string, JsonObject>
}

export function rulesOf(run: JsonObject): Rules {
  const tool = objectAt(run, 'tool')
  const driver = componentOf(tool && objectAt(tool, 'driver'))
  const extensions = ((tool && arrayAt(tool, 'extensions')) ?? []).map((extension) =>
    componentOf(isObject(extension) ? extension : null),
  )
  const byId = (id: string) =>
    [driver, ...extensions].map((component) => component.byId.get(id)).find((rule) => rule !== undefined)
  return {
    all: [driver, ...extensions].flatMap((component) => component.rules).filter(isObject),
    of(result) {
      const reference = objectAt(result, 'rule') ?? {}
      const id = field(reference, 'id') ?? field(result, 'ruleId')
      const at = indexOf(field(objectAt(reference, 'toolComponent') ?? {}, 'index'))
      const component = at === null ? driver : extensions[at]
      const index = indexOf(field(reference, 'index')) ?? indexOf(field(result, 'ruleIndex'))
      const indexed = index === null ? undefined : component?.rules[index]
      // An index and an id that contradict each other: the id is what people see, so it counts.
      if (isObject(indexed) && (typeof id !== 'string' || matches(field(indexed, 'id'), id))) return indexed
      if (typeof id !== 'string') return null
      // `CA1000/1` is a finer case of the rule `CA1000` (SARIF 3.27.5).
      return byId(id) ?? byId(id.slice(0, Math.max(0, id.lastIndexOf('/')))) ?? null
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
  const byId = new Map<string, JsonObject>()
  for (const rule of rules) {
    if (!isObject(rule)) continue
    const id = field(rule, 'id')
    if (typeof id === 'string' && !byId.has(id)) byId.set(id, rule)
  }
  return { rules, byId }
}

function indexOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}

function matches(ruleId: unknown, id: string): boolean {
  return typeof ruleId === 'string' && (ruleId === id || id.startsWith(`${ruleId}/`))
}
