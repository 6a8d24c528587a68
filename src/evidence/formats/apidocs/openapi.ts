// An OpenAPI description: how many of its operations say in words what they do.
import type { ApiDocsFacts } from '../../../model/evidence.ts'
import type { Format, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { apiDocsFacts, noneToDocument } from './api-docs-facts.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const
const VERSION = /^(?:2\.0|3\.\d{1,3}\.\d{1,3}(?:-[\w.]{1,40})?)$/
/** Path items that stand for others, one behind the other. */
const REFERENCES = 10

/**
 * OpenAPI 3 and Swagger 2, as JSON.
 * - One part per operation of `paths` and `webhooks`; documented where its own `summary` or `description` holds a word. A
 *   summary that only repeats the `operationId`, as FastAPI makes one of the function's name, says nothing. What a path says for
 *   all of its operations, and descriptions of parameters and answers, do not count.
 * - A path that stands elsewhere in the file (`$ref`) is followed; one in another file is refused, for nobody knows its operations.
 * - A description in git proves what is in git: name it with `committed: true`, or have the service write it in the run.
 * - YAML is told and refused.
 */
export const openapi: Format<'apidocs'> = {
  id: 'openapi',
  kind: 'apidocs',
  title: 'OpenAPI description (JSON)',
  producers: ['OpenAPI generators', 'Swagger'],
  discovers: [],
  recognises: ({ xmlRoot, jsonRoot, jsonKeys, text }) =>
    jsonRoot === null
      ? xmlRoot === null && /^(?:openapi|swagger):\s{1,5}['"]?[23]\.\d/m.test(text) && /^info:\s/m.test(text)
      : jsonRoot === 'object' &&
        jsonKeys !== null &&
        (jsonKeys.has('openapi') || jsonKeys.has('swagger')) &&
        jsonKeys.has('info'),
  read(source, limits): ReadResult<'apidocs'> {
    const { path } = source
    if (/^\s*(?:#|---|openapi:|swagger:|info:)/.test(beginning(source.chunks())))
      throw refusal('wrong_format', 'is YAML, which is not read here', { path }, 'Write it as JSON.')
    const root = asObject(readJson(source, limits), 'the description')
    const version = textAt(root, 'openapi', limits) ?? textAt(root, 'swagger', limits) ?? ''
    if (!VERSION.test(version)) throw refused('wrong_version', 'is neither OpenAPI 3 nor Swagger 2.0')
    const undocumented: ApiDocsFacts['undocumented'] = []
    let total = 0
    for (const section of ['paths', 'webhooks'] as const)
      for (const [name, value] of Object.entries(objectAt(root, section) ?? {}).filter(([key]) => !key.startsWith('x-')))
        inside(
          () => `${section} ${JSON.stringify(name.slice(0, 80))}`,
          () => {
            const item = resolved(root, asObject(value, 'the path'))
            for (const [method, operation] of operationsOf(item)) {
              total++
              if (!isDescribed(operation)) undocumented.push({ name: `${method.toUpperCase()} ${name}`, path: null, line: null })
            }
          },
        )
    const documented = { covered: total - undocumented.length, total }
    return {
      facts: apiDocsFacts(documented, undocumented, limits),
      info: {
        producer: `${field(root, 'openapi') === undefined ? 'Swagger' : 'OpenAPI'} ${version}`,
        commit: null,
        createdAt: null,
      },
      problems: noneToDocument(documented, path),
    }
  },
}

function operationsOf(item: JsonObject): [string, JsonObject][] {
  const own = METHODS.flatMap((method): [string, unknown][] => {
    const value = field(item, method)
    return value === undefined ? [] : [[method, value]]
  })
  const further = Object.entries(objectAt(item, 'additionalOperations') ?? {})
  return [...own, ...further].map(([method, value]) => [
    method.slice(0, 40),
    asObject(value, `the operation ${method.slice(0, 40)}`),
  ])
}

function isDescribed(operation: JsonObject): boolean {
  const summary = lettersOf(operation, 'summary')
  return (
    lettersOf(operation, 'description') !== '' || (summary !== '' && !lettersOf(operation, 'operationId').startsWith(summary))
  )
}

/** Letters and digits alone, so that `List Things` and `list_things` are the same. */
function lettersOf(operation: JsonObject, key: string): string {
  const text = field(operation, key)
  return typeof text === 'string' ? text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') : ''
}

function resolved(root: JsonObject, item: JsonObject, left = REFERENCES): JsonObject {
  const reference = field(item, '$ref')
  if (reference === undefined) return item
  const hint = 'Bundle the description into one file.'
  if (typeof reference !== 'string' || !reference.startsWith('#/'))
    throw refused('wrong_shape', 'stands in another file', { hint })
  if (left === 0) throw refused('wrong_shape', 'stands for itself', { hint })
  const target = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (isObject(value) ? field(value, unescaped(key)) : undefined), root)
  return resolved(root, asObject(target, 'what it stands for'), left - 1)
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function beginning(chunks: Iterable<Uint8Array>): string {
  for (const chunk of chunks) return new TextDecoder().decode(chunk.subarray(0, 200))
  return ''
}
