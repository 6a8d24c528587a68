// Gathering: every declared entry, discovery, checklists and documents become evidence, rejects and gaps. The only reading.
import { collect } from '../evidence/collect.ts'
import { readDocumentEvidence } from '../evidence/document-evidence.ts'
import type { SourceFile } from '../evidence/format.ts'
import { FORMATS } from '../evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { Config, EvidenceEntry, MetricConfig } from '../model/config.ts'
import type { EvidenceClaim, Gathered, Kind, Rejected, Unmet } from '../model/evidence.ts'
import { CertifyError, type Problem } from '../model/problem.ts'
import { reason } from '../model/reason.ts'
import { Claims } from './claims.ts'
import type { Found, Ports, Unusable } from './ports.ts'

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

function refused(unusable: Unusable, claim: EvidenceClaim): Rejected {
  return {
    path: unusable.path,
    origin: unusable.origin,
    sha256: null,
    bytes: null,
    format: null,
    kind: null,
    declaredBy: claim,
    problems: [{ code: unusable.code, message: unusable.message, path: unusable.path }],
    reason: reason('evidence_unreadable', { path: unusable.path, why: unusable.message }),
  }
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

type Prose = Pick<Gathered, 'evidence' | 'rejected'>

const PROSE_BYTES = DEFAULT_LIMITS.textLength * 64

function readDocuments(config: Config, ports: Ports): Prose {
  const read: Prose = { evidence: [], rejected: [] }
  const exists = (path: string): boolean => ports.files.exists(path)
  for (const metric of config.metrics) {
    for (const { path } of metric.documents) {
      const claim = { metrics: [metric.id], level: null, component: null, discovered: false, committed: true }
      const text = orRejected(path, claim, read.rejected, () => ports.files.readText(path, PROSE_BYTES))
      if (text === null) continue
      const tracked = ports.git.tracked()?.has(path) ?? null
      const changedAt = ports.git.changedAt(path)
      read.evidence.push(readDocumentEvidence(text, { path, metric: metric.id, tracked, changedAt, exists }))
    }
  }
  return read
}

/** A file that is there and cannot be read as text is that file's trouble, not the whole run's. */
function orRejected(path: string, claim: EvidenceClaim, rejected: Rejected[], read: () => string | null): string | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    const code = 'unreadable'
    rejected.push({
      ...refused({ path, origin: { type: 'workspace' }, code, message: error.message }, claim),
      kind: 'documentation',
    })
    return null
  }
}

/** Ticks are policy: in the Action they come from the trusted ref (decision 11). */
async function readChecklists(config: Config, ports: Ports, branch: string | undefined): Promise<Prose> {
  const asked: Parameters<typeof collect>[0][number][] = []
  for (const { source } of config.checklists) {
    if (source === null) continue
    const text = ports.inAction ? (await ports.policy.trusted(source, branch)).text : ports.files.readText(source, PROSE_BYTES)
    if (text === null) continue
    const bytes = new TextEncoder().encode(text)
    const origin = { type: 'workspace' } as const
    const file: SourceFile = { path: source, size: bytes.length, origin, modifiedAt: null, tracked: false, chunks: () => [bytes] }
    const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: true }
    asked.push({ file, claim, format: 'checklist-md' })
  }
  return collect(asked, DEFAULT_LIMITS)
}
