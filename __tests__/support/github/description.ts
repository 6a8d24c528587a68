// GitHub's own description of its API (npm @octokit/openapi): finds the route of a request and says what is wrong with it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: JsonObject
  'x-multi-segment'?: boolean
}

/** An operation of the description: `GET /repos/{owner}/{repo}`. */
export interface Route {
  id: string
  params: Record<string, string>
  operation: { parameters: Parameter[]; body: JsonObject | null; bodyRequired: boolean }
}

interface Template {
  path: string
  pattern: RegExp
  names: string[]
  literal: number
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: JsonObject[]; requestBody?: { required?: boolean; content?: Record<string, { schema: JsonObject }> } }
    >
  >
  components: JsonObject
}

let loaded: { document: Document; templates: Template[] } | null = null
const compiled = new Map<string, ValidateFunction>()
// The CommonJS package's default export is seen differently by Node and by TypeScript.
const addFormats = ('default' in addFormatsModule ? addFormatsModule.default : addFormatsModule) as unknown as (ajv: Ajv) => Ajv
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, coerceTypes: false }))

function description() {
  if (loaded) return loaded
  const file = fileURLToPath(new URL('../../../node_modules/@octokit/openapi/generated/api.github.com.json', import.meta.url))
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document
  const templates = Object.keys(document.paths).map((path) => templateOf(path, document))
  templates.sort((a, b) => b.literal - a.literal)
  loaded = { document, templates }
  return loaded
}

function templateOf(path: string, document: Document): Template {
  const names: string[] = []
  const methods = Object.values(document.paths[path] ?? {})
  const wide = new Set(
    methods
      .flatMap((m) => (m.parameters ?? []).map((p) => resolve(p, document) as unknown as Parameter))
      .filter((p) => p['x-multi-segment'])
      .map((p) => p.name),
  )
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^}]+)\}/g, (_, name: string) => {
    names.push(name)
    return wide.has(name) ? '(.+)' : '([^/]+)'
  })
  return {
    path,
    names,
    pattern: new RegExp(`^${source}$`),
    literal: path.split('/').filter((s) => s !== '' && !s.startsWith('{')).length,
  }
}

/** The route of a request; null where GitHub describes none. */
export function routeOf(method: string, pathname: string): Route | null {
  const { document, templates } = description()
  for (const template of templates) {
    const match = template.pattern.exec(pathname)
    const operation = document.paths[template.path]?.[method.toLowerCase()]
    if (!match || !operation) continue
    const params = Object.fromEntries(template.names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]))
    const parameters = (operation.parameters ?? []).map((p) => resolve(p, document) as unknown as Parameter)
    const schema = operation.requestBody?.content?.['application/json']?.schema ?? null
    return {
      id: `${method} ${template.path}`,
      params,
      operation: {
        parameters,
        body: schema === null ? null : (resolve(schema, document) as JsonObject),
        bodyRequired: operation.requestBody?.required ?? false,
      },
    }
  }
  return null
}

/** Follows `$ref` all the way down. Request descriptions of the routes in use are not recursive; depth is bounded all the same. */
function resolve(value: Json, document: Document, depth = 0): Json {
  if (depth > 40 || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((v) => resolve(v, document, depth + 1))
  const reference = value.$ref
  if (typeof reference === 'string') {
    let target: Json = document as unknown as Json
    for (const key of reference.slice(2).split('/'))
      target = (target as JsonObject)[key.replace(/~1/g, '/').replace(/~0/g, '~')] as Json
    return resolve(target, document, depth + 1)
  }
  const whole = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolve(v, document, depth + 1)]))
  // The validator takes `nullable` beside a type alone.
  if (whole.nullable !== true || 'type' in whole) return whole
  const { nullable: _, ...rest } = whole
  return { anyOf: [rest, { type: 'null' }] }
}

/** Every way in which the request differs from the description; empty where it is right. */
export function problemsOf(route: Route, query: URLSearchParams, body: Json | undefined): string[] {
  const problems: string[] = []
  const { parameters } = route.operation
  for (const p of parameters.filter((x) => x.in === 'path')) problems.push(...valueProblems(route, p, route.params[p.name] ?? ''))
  const known = new Map(parameters.filter((x) => x.in === 'query').map((p) => [p.name, p]))
  for (const [name, value] of query) {
    const p = known.get(name)
    if (p) problems.push(...valueProblems(route, p, value))
    else problems.push(`query: GitHub knows no parameter "${name}"`)
  }
  for (const p of known.values()) if (p.required && !query.has(p.name)) problems.push(`query: "${p.name}" is required`)
  const schema = route.operation.body
  if (schema === null) {
    if (body !== undefined) problems.push('body: none is expected')
    return problems
  }
  if (body === undefined) return route.operation.bodyRequired ? [...problems, 'body: required'] : problems
  problems.push(...check(`${route.id} body`, schema, body, 'body'), ...unknownKeys(schema, body, 'body'))
  return problems
}

function valueProblems(route: Route, parameter: Parameter, raw: string): string[] {
  const type = parameter.schema.type
  const value =
    (type === 'integer' || type === 'number') && /^-?\d+$/.test(raw)
      ? Number(raw)
      : type === 'boolean' && /^(true|false)$/.test(raw)
        ? raw === 'true'
        : raw
  return check(`${route.id} ${parameter.in} ${parameter.name}`, parameter.schema, value, `${parameter.in} ${parameter.name}`)
}

function check(key: string, schema: JsonObject, value: Json, where: string): string[] {
  let validate = compiled.get(key)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(key, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).map((e) => `${where}${e.instancePath} ${e.message ?? e.keyword}`)
}

/** GitHub ignores keys it does not know; here they are mistakes, because a misspelt key loses what it carries. */
function unknownKeys(schema: JsonObject, value: Json, where: string): string[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((v, i) => unknownKeys((schema.items ?? {}) as JsonObject, v, `${where}/${i}`))
  const properties = propertiesOf(schema)
  if (Object.keys(properties).length === 0) return []
  return Object.entries(value).flatMap(([key, v]) => {
    const inner = properties[key]
    return inner === undefined
      ? [`${where}: GitHub knows no key "${key}"`]
      : unknownKeys(inner as JsonObject, v, `${where}/${key}`)
  })
}

function propertiesOf(schema: JsonObject): JsonObject {
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((k) => (Array.isArray(schema[k]) ? (schema[k] as JsonObject[]) : []))
  return Object.assign({}, ...branches.map(propertiesOf), schema.properties ?? {}) as JsonObject
}
