// `certify init`: looks at the repository and writes a config and a workflow that fit it. Nothing that is there is written over.

import { collect } from '../evidence/collect.ts'
import { FORMATS } from '../evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import { type Proposal, propose } from '../maintenance/init/propose.ts'
import { type Lying, MARKERS, type Repository } from '../maintenance/init/repository.ts'
import type { Evidence } from '../model/evidence.ts'
import { CertifyError } from '../model/problem.ts'
import { renderInit } from '../reporting/renderers/init.ts'
import { levelInWords } from '../validation/level-words.ts'
import { CONFIG_PATHS, type Ended, type Invocation } from './invocation.ts'
import type { Found, Ports } from './ports.ts'

const WORKFLOW_PATHS = ['.github/workflows/certify.yml', '.github/workflows/certify.yaml'] as const
/** Which of the two a user may name: that one alone is written. */
const PARTS = ['config', 'workflow'] as const
const MARKER_BYTES = 512 * 1024
const SUITES = 20

/** Exit 1 where a file it would write is there already; with `--dry-run` both texts go to stdout and nothing is written. */
export function init(invocation: Invocation, ports: Ports): Ended {
  const part = partOf(invocation.operands[0])
  const proposal = propose(repositoryOf(ports))
  const files = [
    {
      part: 'config',
      path: CONFIG_PATHS[0] as string,
      there: CONFIG_PATHS.find((path) => ports.files.exists(path)),
      text: proposal.config,
    },
    {
      part: 'workflow',
      path: WORKFLOW_PATHS[0] as string,
      there: WORKFLOW_PATHS.find((path) => ports.files.exists(path)),
      text: proposal.workflow,
    },
  ].filter((file) => part === null || file.part === part)
  const existing = files.flatMap(({ there }) => there ?? [])
  const writing = !invocation.dryRun && existing.length === 0
  if (writing) for (const { path, text } of files) ports.files.write(path, text)
  const shown = { ...proposal, written: writing ? files.map(({ path }) => path) : [], existing, dryRun: invocation.dryRun }
  const exit = writing || invocation.dryRun ? 0 : 1
  if (invocation.json) return { exit, output: documentOf(shown, files), result: null }
  const texts = invocation.dryRun ? files.map(({ path, text }) => `# --- ${path}\n${text}\n`).join('') : ''
  const look = { color: invocation.colour, width: invocation.width }
  return { exit, output: invocation.dryRun ? texts : renderInit(shown, look), result: null }
}

function partOf(word: string | undefined): (typeof PARTS)[number] | null {
  const part = PARTS.find((one) => one === word)
  if (word === undefined || part !== undefined) return part ?? null
  throw new CertifyError('usage', `init writes no "${word.slice(0, 40)}"`, {
    hint: 'certify init, certify init config, certify init workflow',
  })
}

function documentOf(
  shown: Proposal & { written: string[]; existing: string[]; dryRun: boolean },
  files: { path: string; text: string }[],
): string {
  const { reports, commands, lacking, notes, written, existing, dryRun } = shown
  const found = reports.map(({ path, kind, level, by, lying }) => ({ path, kind, level, by, there: lying !== null }))
  const texts = dryRun ? { files: Object.fromEntries(files.map(({ path, text }) => [path, text])) } : {}
  return `${JSON.stringify({ ok: existing.length === 0 || dryRun, written, existing, reports: found, commands, lacking, notes, ...texts }, null, 2)}\n`
}

function repositoryOf(ports: Ports): Repository {
  const { git, branch } = ports
  return {
    texts: new Map(filesOf([...MARKERS], ports).flatMap(({ path }) => textOf(path, ports))),
    lying: lyingIn(ports),
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
function lyingIn(ports: Ports): Lying[] {
  const globs = [...new Set(FORMATS.flatMap((format) => [...format.discovers]))]
  const claim = { metrics: [], level: null, component: null, discovered: true, committed: true }
  const asked = filesOf(globs, ports).map((file) => ({ file, claim, format: null }))
  return collect(asked, DEFAULT_LIMITS).evidence.map(lyingOf)
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
    events: performance !== null && performance.events !== null,
    suites: [...new Set(tests.map(({ suite }) => suite))].filter((suite) => suite !== '').slice(0, SUITES),
  }
}
