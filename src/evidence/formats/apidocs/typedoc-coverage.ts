// typedoc-plugin-coverage's JSON: how much of what TypeDoc asks for is documented, and what is not.
import { differs, ratio, settle } from '../../coverage/settle.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asCount, asObject, field, type JsonObject, wrong } from '../../scan/json-fields.ts'
import { apiDocsFacts, noneToDocument } from './api-docs-facts.ts'

/**
 * `coverage.json` of typedoc-plugin-coverage, with `coverageOutputType` json or all. Its badge says no more than a percentage.
 * - `actual` of `expected`. Where `notDocumented` names more than they leave, that counts. `percent`, which it rounds, is not used.
 */
export const typedocCoverage: Format<'apidocs'> = {
  id: 'typedoc-coverage',
  kind: 'apidocs',
  title: 'typedoc-plugin-coverage (JSON)',
  producers: ['typedoc-plugin-coverage'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys }) =>
    jsonRoot === 'object' && ['percent', 'expected', 'actual'].every((key) => jsonKeys?.has(key)),
  read(source, limits): ReadResult<'apidocs'> {
    const { path } = source
    const root = asObject(readJson(source, limits), 'the report')
    const total = wholeAt(root, 'expected')
    const stated = ratio(wholeAt(root, 'actual'), total, 'documented', path)
    const names = (arrayAt(root, 'notDocumented') ?? []).filter((name) => typeof name === 'string')
    const counted = { covered: Math.max(0, total - names.length), total }
    const { ratio: used, agree } = field(root, 'notDocumented') === undefined ? settle(stated) : settle(stated, counted)
    return {
      facts: apiDocsFacts(
        used!,
        names.map((name) => ({ name, path: null, line: null })),
        limits,
      ),
      info: { producer: 'typedoc-plugin-coverage', commit: null, createdAt: null },
      problems: [
        ...noneToDocument(stated, path),
        ...(agree === false ? [differs('documented', stated, counted, used!, path)] : []),
      ],
    }
  },
}

function wholeAt(root: JsonObject, key: string): number {
  const what = JSON.stringify(key)
  const value = asCount(field(root, key), what)
  if (!Number.isSafeInteger(value)) throw wrong(what, value, 'a whole number')
  return value
}
