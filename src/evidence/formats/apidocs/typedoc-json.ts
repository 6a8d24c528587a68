// TypeDoc's JSON: which of the reflections that should be documented have a comment.
import type { ApiDocsFacts } from '../../../model/evidence.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { apiDocsFacts, noneToDocument } from './api-docs-facts.ts'
import { Reflections } from './typedoc-reflections.ts'

const MODULE = 2

/**
 * `typedoc --json`, of TypeDoc 0.28 and later (schema 2).
 * - Counted as TypeDoc's own `validation.notDocumented` does with its defaults: classes, interfaces, type aliases, enumerations and
 *   their members, variables, properties, and each signature of functions, methods and accessors; of this package, and of the
 *   packages that are its modules. A signature is also documented by what it is the signature of.
 * - A comment counts where it holds a text or a block tag. What `excludeNotDocumented` and `@hidden` left out is not in the file,
 *   and cannot be missed: leave `excludeNotDocumented` off. Own `requiredToBeDocumented`, `intentionallyNotDocumented` and
 *   `packagesRequiringDocumentation` are not in it either: for those give the JSON of
 *   [typedoc-plugin-coverage](#typedoc-plugin-coverage-json-typedoc-coverage).
 */
export const typedocJson: Format<'apidocs'> = {
  id: 'typedoc-json',
  kind: 'apidocs',
  title: 'TypeDoc (JSON)',
  producers: ['`typedoc --json`'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ['variant', 'kind', 'flags'].every((key) => jsonKeys?.has(key)) &&
    /"variant":\s{0,5}"project"/.test(text),
  read(source, limits): ReadResult<'apidocs'> {
    const root = asObject(readJson(source, limits), 'the report')
    const version = textAt(root, 'schemaVersion', limits) ?? ''
    if (!/^2\.\d{1,3}$/.test(version))
      throw refused('wrong_version', 'is not of schema 2', { hint: 'Use TypeDoc 0.28 or later.' })
    const symbols = objectAt(root, 'symbolIdMap')
    if (symbols === null) throw refused('wrong_shape', '"symbolIdMap" is absent: which package each symbol is of')
    const packages = packagesOf(root)
    const counted = new Reflections(root).counted((id) => {
      const symbol = field(symbols, String(id))
      return isObject(symbol) && packages.has(field(symbol, 'packageName'))
    })
    const missed = counted.filter((one) => !one.documented)
    const documented = { covered: counted.length - missed.length, total: counted.length }
    const undocumented: ApiDocsFacts['undocumented'] = missed.map(({ name, path, line }) => ({ name, path, line }))
    return {
      facts: apiDocsFacts(documented, undocumented, limits),
      info: { producer: 'TypeDoc', commit: null, createdAt: null },
      problems: noneToDocument(documented, source.path),
    }
  },
}

/** The project's own, and in a project of several packages each of them. */
function packagesOf(root: JsonObject): ReadonlySet<unknown> {
  const modules = (arrayAt(root, 'children') ?? []).filter(isObject).filter((one) => field(one, 'kind') === MODULE)
  return new Set(
    [field(root, 'packageName'), ...modules.map((one) => field(one, 'name'))].filter((name) => typeof name === 'string'),
  )
}
