// `certify init`: looks at the repository and writes a config, a workflow or a checklist that fit it. Nothing that is there is written over.

import { collect } from '../evidence/collect.ts'
import { discoveredBy } from '../evidence/formats/catalogue.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import { CHECKLIST_PART, CHECKLIST_PART_TEXT } from '../maintenance/init/checklist-config.ts'
import { CHECKLIST, CHECKLIST_PATH } from '../maintenance/init/checklist-text.ts'
import { type Proposal, propose } from '../maintenance/init/propose.ts'
import { type Lying, MARKERS, type Repository } from '../maintenance/init/repository.ts'
import { PLACEHOLDER } from '../maintenance/placeholder.ts'
import type { Evidence } from '../model/evidence.ts'
import { CertifyError } from '../model/problem.ts'
import { renderInit } from '../reporting/renderers/init.ts'
import { levelInWords } from '../validation/level-words.ts'
import { CONFIG_PATHS, type Ended, type Invocation } from './invocation.ts'
import type { Found, Ports } from './ports.ts'

const WORKFLOW_PATHS = ['.github/workflows/certify.yml', '.github/workflows/certify.yaml'] as const
/** Which of them a user may name: that one alone is written. The checklist is written only when it is named, with a config where there is none. */
const PARTS = ['config', 'workflow', 'checklist'] as const
const MARKER_BYTES = 512 * 1024
const SUITES = 20

/** Exit 1 where a file it would write is there already; with `--dry-run` both texts go to stdout and nothing is written. */
export async function init(invocation: Invocation, ports: Ports): Promise<Ended> {
  const part = partOf(invocation.operands[0])
  const config = CONFIG_PATHS.find((path) => ports.files.exists(path))
  const proposal = propose(await repositoryOf(ports), part === 'checklist' ? CHECKLIST_PART : null)
  const [configPath, workflowPath] = [CONFIG_PATHS[0] as string, WORKFLOW_PATHS[0] as string]
  const workflow = WORKFLOW_PATHS.find((path) => ports.files.exists(path))
  const checklist = ports.files.exists(CHECKLIST_PATH) ? CHECKLIST_PATH : undefined
  const files = [
    { part: 'config', path: configPath, there: config, text: proposal.config },
    { part: 'workflow', path: workflowPath, there: workflow, text: proposal.workflow },
    { part: 'checklist', path: CHECKLIST_PATH, there: checklist, text: CHECKLIST },
  ].filter((file) => asksFor(part, file.part) || (part === 'checklist' && file.part === 'config' && config === undefined))
  const existing = files.flatMap(({ there }) => there ?? [])
  const writing = !invocation.dryRun && existing.length === 0
  if (writing) for (const { path, text } of files) ports.files.write(path, text)
  const toAdd = part === 'checklist' && config !== undefined ? { path: config, text: CHECKLIST_PART_TEXT } : null
  const shown = {
    ...proposal,
    toAdd,
    written: writing ? files.map(({ path }) => path) : [],
    unowned: files.filter(({ text }) => text.includes(PLACEHOLDER)).map(({ path }) => path),
    existing,
    dryRun: invocation.dryRun,
  }
  const exit = writing || invocation.dryRun ? 0 : 1
  if (invocation.json) return { exit, output: documentOf(shown, files), result: null }
  const dry = toAdd === null ? files : [...files, { path: `to add to ${toAdd.path}`, text: toAdd.text }]
  const texts = invocation.dryRun ? dry.map(({ path, text }) => `# --- ${path}\n${text}\n`).join('') : ''
  const look = { color: invocation.colour, width: invocation.width }
  return { exit, output: invocation.dryRun ? texts : renderInit(shown, look), result: null }
}

function asksFor(part: (typeof PARTS)[number] | null, file: string): boolean {
  return part === null ? file !== 'checklist' : file === part
}

function partOf(word: string | undefined): (typeof PARTS)[number] | null {
  const part = PARTS.find((one) => one === word)
  if (word === undefined || part !== undefined) return part ?? null
  throw new CertifyError('usage', `init writes no "${word.slice(0, 40)}"`, {
    hint: 'certify init, certify init config, certify init workflow, certify init checklist',
  })
}

function documentOf(
  shown: Proposal & { toAdd: { path: string; text: string } | null; written: string[]; existing: string[]; dryRun: boolean },
  files: { path: string; text: string }[],
): string {
  const { reports, commands, lacking, notes, toAdd, written, existing, dryRun } = shown
  const found = reports.map(({ path, kind, level, by, lying }) => ({ path, kind, level, by, there: lying !== null }))
  const texts = dryRun ? { files: Object.fromEntries(files.map(({ path, text }) => [path, text])) } : {}
  return `${JSON.stringify({ ok: existing.length === 0 || dryRun, written, existing, reports: found, commands, lacking, notes, ...(toAdd === null ? {} : { toAdd }), ...texts }, null, 2)}\n`
}

async function repositoryOf(ports: Ports): Promise<Repository> {
  const { git, branch } = ports
  return {
    texts: new Map(filesOf([...MARKERS], ports).flatMap(({ path }) => textOf(path, ports))),
    lying: await lyingIn(ports),
    levelOf: levelInWords,
    defaultBranch: git.defaultBranch()?.replace(/^origin\//, '') ?? branch.name ?? 'main',
  }
}

/** A file that cannot be read as a small text says nothing here. */
function textOf(path: string, ports: Ports): [string, string][] {
  try {
    const text = ports.files.readText(path, MARKER_BYTES)
    return text === null ? [] : [[path, text]]
  } catch (error) {
    if (error instanceof CertifyError) return []
    throw error
  }
}

/** Too many of them: none is looked at, and the repository's own commands have to tell. */
function filesOf(globs: string[], ports: Ports): Found['files'] {
  try {
    return ports.files.find(globs, DEFAULT_LIMITS.files).files
  } catch (error) {
    if (error instanceof CertifyError) return []
    throw error
  }
}

/** Reports by their usual names, told by their content. */
async function lyingIn(ports: Ports): Promise<Lying[]> {
  const claim = { metrics: [], level: null, component: null, discovered: true, committed: true }
  const asked = filesOf(
    discoveredBy(() => true),
    ports,
  ).map((file) => ({ file, claim, format: null }))
  const { evidence } = await collect(asked, DEFAULT_LIMITS)
  return evidence.map(lyingOf)
}

function lyingOf({ ref, kind, facts, tracked }: Evidence): Lying {
  const performance = facts.kind === 'performance' ? facts : null
  const tests = facts.kind === 'tests' ? facts.cases : []
  return {
    path: ref.path,
    kind,
    level: levelInWords(ref.path),
    tracked,
    measurements: performance?.metrics ?? [],
    stated: (performance?.thresholds ?? []).map(({ metric, text }) => `${metric} ${text}`),
    events: performance !== null && performance.events !== null,
    suites: [...new Set(tests.map(({ suite }) => suite))].filter((suite) => suite !== '').slice(0, SUITES),
  }
}
