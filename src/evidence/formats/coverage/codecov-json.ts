// Codecov's own JSON: per file its lines, each with hits, null, or a part of its branches.
import { countedFiles, totalOf } from '../../coverage/facts.ts'
import { lineKey } from '../../coverage/json-places.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { asCount, asObject, field, inside, isObject } from '../../scan/json-fields.ts'

/** `{"coverage": {"<file>": {"<line>": ...}}}`, or a list of hits in place of the inner object. */
const START =
  /^\s*\{\s*"coverage"\s*:\s*\{\s*(?:\}|"(?:[^"\\]|\\.){1,4096}"\s*:\s*(?:\{\s*(?:\}|"\d{1,10}"\s*:)|\[\s*(?:\]|null|true|\d|"\d)))/

/**
 * - Read: `coverage`, with lines by number or as a list whose first entry stands for no line. A number is hits; `null` is
 *   no code; `"1/2"` and `true` are a line of which a part ran: not covered, as Codecov counts it, unless the parts are all.
 * - States no totals and no branches. Any other value is refused.
 */
export const codecovJson: Format<'coverage'> = {
  id: 'codecov-json',
  kind: 'coverage',
  title: 'Codecov JSON',
  producers: ['`cargo llvm-cov --codecov`', 'Devel::Cover::Report::Codecov'],
  discovers: ['**/codecov.json', '**/*.codecov.json'],
  recognises: ({ text }) => START.test(text),
  read(source, limits): ReadResult<'coverage'> {
    const root = asObject(readJson(source, limits), 'the report')
    const store = new CoverageStore(source.path)
    for (const [path, lines] of Object.entries(asObject(field(root, 'coverage'), '"coverage"'))) {
      store.begin(path)
      inside(
        () => path.slice(0, 200),
        () => {
          if (Array.isArray(lines)) for (const [line, value] of lines.entries()) add(store, line, value)
          else if (isObject(lines)) for (const [line, value] of Object.entries(lines)) add(store, lineKey(line), value)
          else throw refused('wrong_shape', 'its lines are neither a list nor an object')
        },
      )
    }
    const files = countedFiles(store)
    return {
      facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
      info: { producer: null, commit: null, createdAt: null },
      problems: [],
    }
  },
}

function add(store: CoverageStore, line: number, value: unknown): void {
  const hits = hitsOf(value, line)
  if (hits !== null && line > 0) store.line(line, hits)
}

/** null: no code in this line. */
function hitsOf(value: unknown, line: number): number | null {
  if (value === null) return null
  if (value === true) return 0
  if (typeof value !== 'string') return asCount(value, `line ${line}`)
  const parts = /^(\d{1,9})\/(\d{1,9})$/.exec(value)
  if (!parts) throw refused('bad_number', `line ${line} is ${JSON.stringify(value.slice(0, 40))}, neither hits nor a part`)
  const [ran, all] = [Number(parts[1]), Number(parts[2])]
  if (ran > all) throw refused('impossible_total', `line ${line}: ${ran} of ${all} parts are covered`)
  return ran === all && all > 0 ? 1 : 0
}
