// Evidence entries, components, suppressions, VEX documents and checklists: the lists a config declares.
import type { ChecklistConfig, ChecklistItemRule, ComponentConfig, Config, EvidenceEntry, Suppression } from '../model/config.ts'
import { LEVEL_IDS, type LevelId } from '../model/level.ts'
import { jsonReadingOf } from './build-json-reading.ts'
import { parseDate } from './calendar.ts'
import { meantOf } from './layer.ts'
import type { Reader } from './reader.ts'

export function levelOf(value: unknown): LevelId | null {
  if (typeof value === 'number') return LEVEL_IDS[value - 1] ?? null
  return LEVEL_IDS.find((id) => id === value) ?? null
}

/** The entries under a key `evidence`: a glob, a list of globs, or a list of entries. */
export function evidenceOf(parent: Reader, components: readonly string[]): EvidenceEntry[] {
  const written = parent.at('evidence')
  const readers = typeof written.value === 'string' ? [written] : parent.items('evidence')
  return readers.map((reader) => entryOf(reader, components))
}

function entryOf(reader: Reader, components: readonly string[]): EvidenceEntry {
  const { value } = reader
  const paths = typeof value === 'string' ? [value] : reader.texts('path')
  for (const path of paths) checkPath(typeof value === 'string' ? reader : reader.at('path'), path)
  const component = reader.maybe('component')
  if (component !== null && !components.includes(component)) {
    reader
      .at('component')
      .problem('unknown_component', `there is no component ${JSON.stringify(component)}`, meantOf(component, components))
  }
  const artifact = reader.maybe('artifact')
  if (paths.length === 0 && artifact === null) {
    reader.problem('missing_key', 'an evidence entry needs a path or an artifact', 'for example { path: "reports/*.xml" }')
  }
  const expect = reader.at('expect').value
  const format = reader.maybe('format')
  const json = jsonReadingOf(reader, format)
  return {
    paths: paths.length === 0 ? ['**'] : paths,
    artifact,
    format,
    ...(json === undefined ? {} : { json }),
    level: levelOf(reader.at('level').value),
    component,
    expect: typeof expect === 'number' ? expect : null,
    required: reader.flag('required', true),
    committed: reader.flag('committed', false),
    origin: reader.origin,
  }
}

/** A glob that could only be meant to leave the workspace. The adapters hold every path to it again when they read. */
function checkPath(reader: Reader, path: string): void {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\\') || path.split('/').includes('..')) {
    reader.problem(
      'path_outside',
      `${JSON.stringify(path.slice(0, 80))} leaves the workspace`,
      'write it relative to the repository, with forward slashes',
    )
  }
}

export function componentsOf(root: Reader): ComponentConfig[] {
  return root.entries('components').map((reader) => ({
    id: reader.key,
    paths: reader.texts('paths'),
    evidence: evidenceOf(reader, []).map((entry) => ({ ...entry, component: reader.key })),
  }))
}

export function suppressionsOf(root: Reader): Suppression[] {
  return root.items('suppressions').map((reader) => ({
    id: reader.text('id', ''),
    path: reader.maybe('path'),
    package: reader.maybe('package'),
    justification: reader.text('justification', ''),
    owner: reader.text('owner', ''),
    expires: dateOf(reader, 'expires'),
    origin: reader.origin,
  }))
}

/** What the documents say is read where the policy is read, and put here then. */
export function vexOf(root: Reader): Pick<Config, 'vex'> {
  const vex = root.items('vex').map((reader) => ({
    file: reader.text('file', ''),
    products: reader.texts('product'),
    owner: reader.text('owner', ''),
    expires: dateOf(reader, 'expires'),
    statements: [],
    sha256: null,
    origin: reader.origin,
  }))
  for (const [at, reader] of root.items('vex').entries()) checkPath(reader.at('file'), vex[at]!.file)
  return vex.length === 0 ? {} : { vex }
}

/** An ISO date; a wrong one has been told of already and becomes one long past, which excuses nothing. */
export function dateOf(reader: Reader, key: string): string {
  const parsed = parseDate(reader.at(key).value)
  return 'date' in parsed ? parsed.date : '1970-01-01'
}

/** The checks of the items are bound later, once every metric and criterion is known. */
export function checklistsOf(root: Reader): { config: ChecklistConfig; readers: Reader[] }[] {
  return root.entries('checklists').map((reader) => {
    const readers = reader.items('items')
    const items = readers.map((item, index) => ({
      id: item.text('id', `${reader.key}-${index + 1}`),
      text: typeof item.value === 'string' ? item.value : item.text('text', ''),
      domain: item.maybe('domain'),
      check: null,
      blocking: item.flag('blocking', true),
      weight: item.number('weight', 1),
      origin: item.origin,
      ...attestedOf(item),
      ...(item.has('progress') ? { progress: item.flag('progress', false) } : {}),
    }))
    const plain = !reader.flag('attestation', true)
    const loosened = plain ? { attestation: false as const, origin: reader.at('attestation').origin } : {}
    return { config: { id: reader.key, source: reader.maybe('source'), items, ...loosened }, readers }
  })
}

/** What a check decides, nobody's word does. */
function attestedOf(item: Reader): Pick<ChecklistItemRule, 'attested'> {
  if (!item.has('attested')) return {}
  const attested = item.at('attested')
  if (item.has('check') && item.at('check').value !== 'manual')
    attested.problem('attested_check', 'an item that a check decides cannot be attested', 'take attested: or check: away')
  return {
    attested: {
      by: attested.text('by', ''),
      on: dateOf(attested, 'on'),
      evidence: attested.text('evidence', ''),
      expires: dateOf(attested, 'expires'),
    },
  }
}
