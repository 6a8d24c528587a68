// OpenSLO definitions: what is promised of a service. Read so that they are told from measurements, and never taken for one.
import type { Problem } from '../../../model/problem.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { quote } from '../../problems.ts'
import { readJson, refused } from '../../scan/json.ts'
import { field, isObject } from '../../scan/json-fields.ts'
import { textOf } from '../../scan/text.ts'

/** What a definition says that is worth showing. */
interface Defined {
  kind: string
  name: string
  targets: string[]
  window: string | null
}

const SHOWN = 5
const LARGEST = 1024 * 1024

/**
 * OpenSLO v1 (and v1alpha) in YAML or JSON: objectives with their targets, and over what time. That is a promise, and no measurement: the
 * file is told, its targets are shown, and it is evidence of nothing. Write the target as the limit
 * (`service_reliability: ">= 99.9%"`), and let the events come from a load test, a Prometheus query or `format: json`.
 * - YAML is not read as a whole: of each document `kind`, `name`, `target`, `targetPercent` and `duration` are shown as written.
 * - Refused: an SLO without a target, JSON that is not well-formed.
 */
export const openslo: Format<'reliability'> = {
  id: 'openslo',
  kind: 'reliability',
  title: 'OpenSLO (definitions)',
  producers: ['oslo', 'sloth', 'people'],
  discovers: [],
  recognises: ({ xmlRoot, jsonRoot, jsonKeys, text }) =>
    jsonRoot === null
      ? xmlRoot === null && /^apiVersion: {0,8}["']?openslo\/v/m.test(text) && !text.trimStart().startsWith('{')
      : jsonKeys?.has('apiVersion') === true && /"apiVersion"\s{0,20}:\s{0,20}"openslo\/v/.test(text),
  read(source, limits): ReadResult<'reliability'> {
    if (source.size > LARGEST) throw refused('too_large', `is larger than ${LARGEST} bytes, which no definition is`)
    const text = textOf(source)
    const json = /^\s*[[{]/.test(text.slice(0, 1000))
    const all = json ? definedInJson(readJson(source, limits), limits) : definedInYaml(text, limits)
    if (all.length === 0) throw refused('wrong_shape', 'defines nothing that OpenSLO has')
    const bare = all.find((one) => one.kind === 'SLO' && one.targets.length === 0)
    if (bare !== undefined)
      throw refused('wrong_shape', `the SLO ${quote(bare.name)} has no target`, { hint: 'See whether the file is whole.' })
    return {
      facts: { kind: 'reliability', events: null, window: all.find((one) => one.window !== null)?.window ?? null },
      info: { producer: null, commit: null, createdAt: null },
      problems: all.slice(0, SHOWN).map(told),
    }
  },
}

function told({ kind, name, targets, window }: Defined): Problem {
  const promise = targets.length === 0 ? '' : `: ${targets.slice(0, SHOWN).join(', ')}${window === null ? '' : ` over ${window}`}`
  return {
    code: 'nothing_measured',
    message: `defines the ${kind} ${quote(name)}${promise}; that is promised, and nothing here was measured`,
    hint: 'Write the target as the limit of a criterion, and name a report of the events as evidence.',
  }
}

function definedInJson(value: unknown, limits: Limits): Defined[] {
  return (Array.isArray(value) ? value : [value]).filter(isOpenslo).map((document): Defined => {
    const metadata = field(document, 'metadata')
    const spec = field(document, 'spec')
    const inside = isObject(spec) ? spec : {}
    const objectives = field(inside, 'objectives')
    const windows = field(inside, 'timeWindow')
    const window = Array.isArray(windows) && isObject(windows[0]) ? field(windows[0], 'duration') : null
    return {
      kind: short(field(document, 'kind'), limits),
      name: short(isObject(metadata) ? field(metadata, 'name') : null, limits),
      targets: (Array.isArray(objectives) ? objectives : []).filter(isObject).flatMap((one) =>
        ['target', 'targetPercent'].flatMap((key) => {
          const target = field(one, key)
          return typeof target === 'number' || typeof target === 'string' ? [`${key} ${short(String(target), limits)}`] : []
        }),
      ),
      window: typeof window === 'string' ? short(window, limits) : null,
    }
  })
}

function isOpenslo(value: unknown): value is { readonly [key: string]: unknown } {
  return isObject(value) && /^openslo\/v/.test(String(field(value, 'apiVersion')))
}

/** Line by line: nothing of it counts, so what YAML can hide from such a look does no harm. */
function definedInYaml(text: string, limits: Limits): Defined[] {
  const all: Defined[] = []
  let now: Defined = { kind: '', name: '', targets: [], window: null }
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) now = { kind: '', name: '', targets: [], window: null }
    const [, indent = '', key = '', rest = ''] = /^([ -]{0,100})(\w{1,40}):[ \t]{1,20}(\S.{0,200})/.exec(line) ?? []
    const value = short(
      rest
        .replace(/\s#.*$/, '')
        .trim()
        .replace(/^["']|["']$/g, ''),
      limits,
    )
    if (key === 'apiVersion' && indent === '' && value.startsWith('openslo/v')) all.push(now)
    else if (key === 'kind' && indent === '') now.kind = value
    else if (key === 'name' && now.name === '') now.name = value
    else if (key === 'target' || key === 'targetPercent') now.targets.push(`${key} ${value}`)
    else if (key === 'duration') now.window ??= value
  }
  return all
}

function short(value: unknown, { nameLength }: Limits): string {
  return typeof value === 'string' ? value.slice(0, Math.min(80, nameLength)) : ''
}
