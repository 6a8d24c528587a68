// Text, variables and inputs in; the resolved config out, or every problem at once. defaults < extends < file < variables < inputs.
import type { Config, EventName, EvidenceEntry, Loosening, Resolved } from '../model/config.ts'
import { LEVEL_IDS } from '../model/level.ts'
import type { Problem } from '../model/problem.ts'
import { buildConfig } from './build.ts'
import { DEFAULT_LAYER } from './defaults.ts'
import { digestOf } from './digest.ts'
import { settingsOf } from './env.ts'
import { extendsOf, isReference } from './extends.ts'
import { type Layer, meantOf, readLayer, stacked } from './layer.ts'
import { looseningsOf } from './loosening.ts'
import { layersOf, levelInput, overridden } from './overrides.ts'
import type { Report } from './reader.ts'
import { suppressionsAt } from './suppressions-at.ts'

export { comparePolicy } from './compare.ts'
export { extendsOf }

export interface ConfigInput {
  /** null: there is no config file; defaults, and advisory mode. */
  text: string | null
  path: string
  source: string
  /** What `extends:` names, fetched. */
  base: { text: string; source: string } | null
  env: Readonly<Record<string, string | undefined>>
  inputs: { level?: string; evidence?: string[]; artifacts?: string[] }
  event: EventName
  /** False on pull requests: variables and inputs can only tighten. */
  mayLoosen: boolean
  /** Left out: what has ended is not told apart. */
  now?: Date
}

export function resolveConfig(input: ConfigInput): Resolved {
  const report: Report = { problems: [], notices: [] }
  const files = [DEFAULT_LAYER, ...filesOf(input, report)]
  const variables = settingsOf(input.env)
  report.problems.push(...variables.problems)
  report.notices.push(...variables.notices)
  const level = targetInput(input, report)
  const { stack, ignored } = overridden(files, [...variables.settings, ...level], input.mayLoosen)
  const merged = stacked(layersOf(stack))
  const config = buildConfig(merged, report)
  config.evidence.push(...evidenceInputs(input.inputs))
  if (input.text === null) config.mode = 'advisory'
  const source = input.text === null ? 'defaults' : input.source
  const { suppressions, notices: ended } = suppressionsAt(config, input.now)
  report.notices.push(...ended)
  const notices = ordered(report.notices)
  if (report.problems.length > 0) {
    return { config: null, problems: ordered(report.problems), notices, loosened: [], ignored, digest: null, source }
  }
  const loosened = loosenedBy({ ...config, suppressions }, merged)
  return { config, problems: [], notices, loosened, ignored, digest: digestOf(config), source }
}

/** Layers of the base and of the file, with what is wrong in either. */
function filesOf(input: ConfigInput, report: Report): Layer[] {
  if (input.text === null) return []
  const layers: Layer[] = []
  if (input.base !== null) {
    const base = taken(input.base.text, input.base.source, report)
    if (base !== null) layers.push(base)
    if (base?.tree.extends !== undefined)
      told(report, base, 'extends_nested', 'a base config may not extend another one', 'name the other one directly')
  }
  const file = taken(input.text, input.path, report)
  if (file === null) return layers
  const reference = file.tree.extends
  if (typeof reference === 'string' && !isReference(reference)) {
    told(
      report,
      file,
      'bad_extends',
      `extends is ${JSON.stringify(reference.slice(0, 120))}`,
      'write owner/repo/path@ and the full commit sha',
    )
  } else if (typeof reference === 'string' && input.base === null) {
    told(
      report,
      file,
      'extends_missing',
      `the base config ${reference} was not read`,
      'check that it exists and that the token may read it',
    )
  }
  return [...layers, file]
}

function taken(text: string, path: string, report: Report): Layer | null {
  const read = readLayer(text, path)
  report.problems.push(...read.problems)
  report.notices.push(...read.notices)
  return read.layer
}

function told(report: Report, layer: Layer, code: string, message: string, hint: string): void {
  const { origin: _, ...place } = layer.placeOf('/extends')
  report.problems.push({ code, message, hint, ...place })
}

function targetInput(input: ConfigInput, report: Report) {
  const level = input.inputs.level?.trim()
  if (level === undefined || level === '') return []
  const setting = levelInput(level, input.event)
  if (setting !== null) return [setting]
  const hint = meantOf(level, LEVEL_IDS)
  report.problems.push({
    code: 'bad_input',
    message: `the input level is ${JSON.stringify(level.slice(0, 40))}: allowed are 1, 2, 3, 4, ${LEVEL_IDS.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  })
  return []
}

function evidenceInputs(inputs: ConfigInput['inputs']): EvidenceEntry[] {
  const entry = { format: null, level: null, component: null, expect: null, required: true, committed: false }
  const globs = (inputs.evidence ?? []).map((glob) => ({ ...entry, paths: [glob], artifact: null, origin: 'input evidence' }))
  const artifacts = (inputs.artifacts ?? []).map((artifact) => ({ ...entry, paths: ['**'], artifact, origin: 'input artifacts' }))
  return [...globs, ...artifacts]
}

/** Against the built-in defaults, as a config file would have them. */
function loosenedBy(config: Config, merged: Layer): Loosening[] {
  const builtIn = buildConfig(DEFAULT_LAYER, { problems: [], notices: [] })
  // Without a file nobody loosened anything: the mode is advisory because there is no policy yet.
  const compared = merged.placeOf('/mode').origin === 'default' ? { ...config, mode: builtIn.mode } : config
  return looseningsOf(builtIn, compared, (pointer) => merged.placeOf(pointer).origin)
}

/** By file and line; what has no place comes last. */
function ordered(problems: Problem[]): Problem[] {
  const rank = (problem: Problem) => problem.line ?? Number.MAX_SAFE_INTEGER
  const path = (problem: Problem) => problem.path ?? '\uffff'
  return [...problems].sort((a, b) =>
    path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : rank(a) - rank(b) || (a.column ?? 0) - (b.column ?? 0),
  )
}
