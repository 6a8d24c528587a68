// Gathering: every declared entry, discovery, checklists and documents become evidence, rejects and gaps. The only reading.
import { collect } from '../evidence/collect.ts'
import { discoveredBy, kindOfFormat } from '../evidence/formats/catalogue.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { Config, EvidenceEntry } from '../model/config.ts'
import { kindsNamed } from '../model/discovered.ts'
import type { EvidenceClaim, Gathered, Kind, Rejected, Unmet } from '../model/evidence.ts'
import type { Problem } from '../model/problem.ts'
import { Bundles } from './bundles.ts'
import { Claims } from './claims.ts'
import { readChecklists, readDocuments } from './documents.ts'
import type { Ports } from './ports.ts'
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

  const bundles = new Bundles(ports)
  const entries = entriesOf(config)
  // All bundles first: an entry may ask for a file in one that only a later entry names.
  const looked = []
  for (const { entry, claim } of entries) looked.push(await bundles.look(entry, claim))
  if (config.discovery) await bundles.discover()

  for (const [at, { entry, claim }] of entries.entries()) {
    const { files, unusable, number } = bundles.select(entry, looked[at]!)
    rejected.push(...unusable.map((one) => refused(one, claim)))
    for (const file of files) claims.add(file, claim, entry.format, entry.json)
    const short = entry.expect === null ? entry.required && number === 0 : number !== entry.expect
    if (short) unmet.push({ pattern: patternOf(entry), found: number, expected: entry.expect, declaredBy: claim })
  }
  unmet.push(...bundles.unmet())

  const declared = await collect(claims.list(), DEFAULT_LIMITS)
  const evidence = declared.evidence
  rejected.push(...declared.rejected)
  notices.push(...declared.notices)

  if (config.discovery) {
    const mentioned = mentionedKinds(
      config,
      [...evidence, ...rejected].flatMap((e) => (e.kind === null ? [] : [e.kind])),
    )
    const discovered = await discover(mentioned, claims, bundles, ports)
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

function patternOf(entry: EvidenceEntry): string {
  const paths = entry.paths.join(', ')
  return entry.artifact === null ? paths : `artifact ${entry.artifact}: ${paths}`
}

/** Families the config speaks of itself: discovery keeps out of them. */
function mentionedKinds(config: Config, read: Kind[]): ReadonlySet<Kind> {
  const kinds = new Set<Kind>([...read, ...kindsNamed(config)])
  for (const entry of config.evidence) {
    const kind = kindOfFormat(entry.format)
    if (kind !== null) kinds.add(kind)
  }
  return kinds
}

async function discover(mentioned: ReadonlySet<Kind>, claims: Claims, bundles: Bundles, ports: Ports) {
  const found = new Claims()
  const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: true, committed: false }
  const globs = discoveredBy((kind) => !mentioned.has(kind))
  const { files } = globs.length > 0 ? ports.files.find(globs, DEFAULT_LIMITS.files) : { files: [] }
  for (const file of files) if (!claims.has(file)) found.add(file, claim, null)
  // What a job put into its bundle is no accident: it needs no usual name.
  for (const left of bundles.left(claim)) if (!claims.has(left.file)) found.add(left.file, left.claim, null)
  const tracked = new Set(files.filter((file) => file.tracked).map((file) => file.path))
  const read = await collect(found.list(), DEFAULT_LIMITS)
  return {
    evidence: read.evidence.filter((e) => !mentioned.has(e.kind)),
    // A file nobody declared that is no report of ours, or a broken fixture in git, is not the user's mistake; a broken report is.
    rejected: read.rejected.filter((one) => {
      const { path, format, kind, reason, origin, declaredBy } = one
      if (origin.bundle !== undefined || !declaredBy.discovered) return kind === null || !mentioned.has(kind)
      return !tracked.has(path) && (format !== null || reason.code === 'evidence_ambiguous')
    }),
    notices: read.notices,
  }
}
