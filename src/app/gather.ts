// Gathering: every declared entry, discovery, checklists and documents become evidence, rejects and gaps. The only reading.
import { collect } from '../evidence/collect.ts'
import { FORMATS } from '../evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { Config, EvidenceEntry, MetricConfig } from '../model/config.ts'
import type { EvidenceClaim, Gathered, Kind, Rejected, Unmet } from '../model/evidence.ts'
import type { Problem } from '../model/problem.ts'
import { Claims } from './claims.ts'
import { readChecklists, readDocuments } from './documents.ts'
import type { Found, Ports } from './ports.ts'
import { refused } from './refused.ts'

const NO_CLONE: Problem = {
  code: 'tracked_unknown',
  message: 'the workspace is no git clone, so whether its reports were made by this run or committed cannot be told',
  hint: 'use actions/checkout, in a container with git installed',
}

/** Entries with who asks for them. */
interface Asked {
  entry: EvidenceEntry
  claim: EvidenceClaim
}

/** Reads all evidence the config declares, and what discovery finds for the families it does not mention. `branch`: of the policy. */
export async function gather(config: Config, ports: Ports, branch?: string): Promise<Gathered> {
  const claims = new Claims()
  const rejected: Rejected[] = []
  const unmet: Unmet[] = []
  const notices: Problem[] = []

  for (const asked of entriesOf(config)) {
    const found = await find(asked.entry, ports)
    rejected.push(...found.unusable.map((u) => refused(u, asked.claim)))
    for (const file of found.files) claims.add(file, asked.claim, asked.entry.format)
    const number = found.files.length + found.unusable.length
    const short = asked.entry.expect === null ? asked.entry.required && number === 0 : number !== asked.entry.expect
    if (short)
      unmet.push({ pattern: patternOf(asked.entry), found: number, expected: asked.entry.expect, declaredBy: asked.claim })
  }

  const declared = collect(claims.list(), DEFAULT_LIMITS)
  const evidence = declared.evidence
  rejected.push(...declared.rejected)
  notices.push(...declared.notices)

  if (config.discovery) {
    const mentioned = mentionedKinds(
      config,
      [...evidence, ...rejected].flatMap((e) => (e.kind === null ? [] : [e.kind])),
    )
    const discovered = discover(mentioned, claims, ports)
    evidence.push(...discovered.evidence)
    rejected.push(...discovered.rejected)
    notices.push(...discovered.notices)
  }

  if (ports.inAction && evidence.some((one) => one.ref.origin.type === 'workspace') && ports.git.tracked() === null)
    notices.push(NO_CLONE)

  const documents = readDocuments(config, ports)
  const lists = await readChecklists(config, ports, branch)
  return {
    evidence: [...evidence, ...documents.evidence, ...lists.evidence],
    rejected: [...rejected, ...documents.rejected, ...lists.rejected],
    unmet,
    notices,
  }
}

function entriesOf(config: Config): Asked[] {
  const asked: Asked[] = []
  const ask = (entry: EvidenceEntry, metrics: string[], component: string | null): void => {
    asked.push({
      entry,
      claim: {
        metrics,
        level: entry.level,
        component: entry.component ?? component,
        discovered: false,
        committed: entry.committed,
      },
    })
  }
  for (const metric of config.metrics) for (const entry of metric.evidence) ask(entry, [metric.id], null)
  for (const component of config.components) for (const entry of component.evidence) ask(entry, [], component.id)
  for (const entry of config.evidence) ask(entry, [], null)
  return asked
}

async function find(entry: EvidenceEntry, ports: Ports): Promise<Found> {
  if (entry.artifact === null) return ports.files.find(entry.paths, DEFAULT_LIMITS.files)
  if (ports.artifacts === null) return { files: [], unusable: [] }
  return ports.artifacts.find(entry.artifact, entry.paths, ports.artifactRun)
}

function patternOf(entry: EvidenceEntry): string {
  const paths = entry.paths.join(', ')
  return entry.artifact === null ? paths : `artifact ${entry.artifact}: ${paths}`
}

/** Families the config speaks of itself: discovery keeps out of them. */
function mentionedKinds(config: Config, read: Kind[]): ReadonlySet<Kind> {
  const kinds = new Set<Kind>(read)
  for (const metric of config.metrics) if (metric.evidence.length > 0) for (const kind of kindsOf(metric)) kinds.add(kind)
  for (const entry of config.evidence) {
    const format = FORMATS.find((f) => f.id === entry.format)
    if (format) kinds.add(format.kind)
  }
  return kinds
}

function kindsOf(metric: MetricConfig): Kind[] {
  switch (metric.family) {
    case 'coverage':
    case 'new_code':
      return ['coverage']
    case 'tests':
    case 'scenario':
      return ['tests']
    case 'performance':
    case 'value':
      return ['performance']
    case 'security':
    case 'quality':
      return ['security']
    case 'reliability':
      return ['reliability']
    default:
      return []
  }
}

function discover(mentioned: ReadonlySet<Kind>, claims: Claims, ports: Ports) {
  const found = new Claims()
  const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: true, committed: false }
  const globs = FORMATS.filter((f) => !mentioned.has(f.kind)).flatMap((f) => [...f.discovers])
  const { files } = globs.length > 0 ? ports.files.find([...new Set(globs)], DEFAULT_LIMITS.files) : { files: [] }
  for (const file of files) if (!claims.has(file)) found.add(file, claim, null)
  const tracked = new Set(files.filter((file) => file.tracked).map((file) => file.path))
  const read = collect(found.list(), DEFAULT_LIMITS)
  return {
    evidence: read.evidence.filter((e) => !mentioned.has(e.kind)),
    // A file nobody declared that is no report of ours, or a broken fixture in git, is not the user's mistake; a broken report is.
    rejected: read.rejected.filter((r) => !tracked.has(r.path) && (r.format !== null || r.reason.code === 'evidence_ambiguous')),
    notices: read.notices,
  }
}
