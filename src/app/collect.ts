// `certify collect`: one job's reports as one small bundle, for a later job that judges the bundles of all jobs together.
import { BUNDLE_NAME } from '../evidence/bundle/told.ts'
import { bundleOf, bundleText } from '../evidence/bundle/write.ts'
import type { EvidenceBundle } from '../evidence/bundle/written.ts'
import { collect } from '../evidence/collect.ts'
import { discoveredBy } from '../evidence/formats/catalogue.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { EvidenceEntry } from '../model/config.ts'
import type { Evidence, EvidenceClaim, Rejected } from '../model/evidence.ts'
import { CertifyError } from '../model/problem.ts'
import { escapeTerminal } from '../reporting/escape/terminal.ts'
import { bundled } from './bundles.ts'
import { Claims } from './claims.ts'
import { CONFIG_PATHS, type Ended, type Invocation } from './invocation.ts'
import type { FoundFile, Ports } from './ports.ts'
import { refused } from './refused.ts'
import { VERSION } from './version.ts'

/** Who asks for what is decided where it is judged. */
const NOBODY: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }

interface Wanted {
  entries: Pick<EvidenceEntry, 'paths' | 'format' | 'json'>[]
  /** What matches nothing is missing, and not merely made by another job. */
  named: boolean
  discovery: boolean
}

/** Exit 1 where something asked for by name is missing, or nothing at all was found; the bundle says so too, and is written. */
export async function collectEvidence(invocation: Invocation, ports: Ports): Promise<Ended> {
  const out = invocation.out ?? BUNDLE_NAME
  const wanted = await wantedBy(invocation, ports)
  const { evidence, rejected, missing } = await read(wanted, out, ports)
  const commit = invocation.commit === undefined ? commitOf(ports) : commitSaid(invocation.commit, ports)
  const bundle = bundleOf({ tool: `certify ${VERSION}`, commit, missing, evidence, rejected }, DEFAULT_LIMITS)
  const bytes = write(bundle, out, ports)
  for (const glob of bundle.missing) ports.log.warn(escapeTerminal(`${glob} matches no file: the bundle says that it is missing`))
  for (const { path, problems } of bundle.rejected)
    ports.log.warn(escapeTerminal(`${path} cannot be used: ${problems[0]?.message ?? 'it cannot be read'}; the bundle says so`))
  const empty = bundle.files.length + bundle.rejected.length === 0
  if (empty) ports.log.warn('no report was found: the bundle is empty')
  return {
    exit: empty || bundle.missing.length > 0 ? 1 : 0,
    output: invocation.json ? `${JSON.stringify(summary(bundle, out, bytes), null, 2)}\n` : told(bundle, out, bytes),
    result: null,
  }
}

/** `--evidence` alone where it is given; else all that the workspace's config may ask for, and what has a report's usual name. */
async function wantedBy({ config, evidence }: Invocation, ports: Ports): Promise<Wanted> {
  if (evidence.length > 0)
    return { entries: evidence.map((glob) => ({ paths: [glob], format: null })), named: true, discovery: false }
  const { extendsOf, resolveConfig } = await import('../config/resolve.ts')
  const path = config.named ? config.path : (CONFIG_PATHS.find((one) => ports.files.exists(one)) ?? config.path)
  const text = ports.files.readText(path, DEFAULT_LIMITS.textLength * 64)
  if (text === null && config.named)
    throw new CertifyError('config_missing', `the config ${path} does not exist`, {
      hint: 'correct the path, or check out first',
    })
  const reference = text === null ? null : extendsOf(text)
  const resolved = resolveConfig({
    text,
    path,
    source: path,
    base: reference === null ? null : await ports.policy.remote(reference),
    env: {},
    inputs: {},
    event: ports.subject.event,
    mayLoosen: true,
  })
  if (resolved.config === null)
    throw new CertifyError('config_invalid', `${path} has mistakes`, {
      hint: 'certify validate says what is meant; or name the reports by --evidence',
      problems: resolved.problems,
    })
  const { metrics, components, evidence: own, discovery } = resolved.config
  const entries = [...metrics.flatMap((one) => one.evidence), ...components.flatMap((one) => one.evidence), ...own]
  return { entries, named: false, discovery }
}

async function read({ entries, named, discovery }: Wanted, out: string, ports: Ports) {
  const claims = new Claims()
  const rejected: Rejected[] = []
  const missing: string[] = []
  const find = (globs: string[]) => {
    const { files, unusable } = ports.files.find(globs, DEFAULT_LIMITS.files)
    return { files: files.filter((file) => !isOurs(file, out)), unusable }
  }
  for (const { paths, format, json } of entries) {
    const { files, unusable } = find(paths)
    for (const file of files) claims.add(file, NOBODY, format, json)
    rejected.push(...unusable.map((one) => refused(one, NOBODY)))
    if (named && files.length + unusable.length === 0) missing.push(...paths)
  }
  const evidence: Evidence[] = []
  const declared = await collect(claims.list(), DEFAULT_LIMITS)
  evidence.push(...declared.evidence)
  rejected.push(...declared.rejected)
  if (discovery) {
    const { files } = find(discoveredBy(() => true))
    const found = new Claims()
    for (const file of files) if (!claims.has(file)) found.add(file, NOBODY, null)
    const tracked = new Set(files.filter((file) => file.tracked).map((file) => file.path))
    const more = await collect(found.list(), DEFAULT_LIMITS)
    evidence.push(...more.evidence)
    // As where files are judged: what only has the name of a report, or is a broken fixture in git, is nobody's mistake.
    rejected.push(
      ...more.rejected.filter((r) => !tracked.has(r.path) && (r.format !== null || r.reason.code === 'evidence_ambiguous')),
    )
  }
  const once = new Map(rejected.map((one) => [one.path, one]))
  return { evidence, rejected: [...once.values()], missing: [...new Set(missing)] }
}

/** Bundles are uploaded as they are: one that is put into another would say nothing new. */
function isOurs(file: FoundFile, out: string): boolean {
  return file.path === out || bundled(file)
}

/** The commit that is certified, where that or its merge is checked out; else what is. */
function commitOf({ git, subject }: Ports): string | null {
  const at = git.head()
  return (at === null || at === subject.tested ? (subject.commit ?? at) : at)?.toLowerCase() ?? null
}

/** A scan of one commit must not pass for another's. Throws CertifyError `commit_mismatch` in a job that forgot to check it out. */
function commitSaid(commit: string, ports: Ports): string {
  const there = ports.git.head()?.toLowerCase() ?? null
  if (there === null || there.startsWith(commit) || commitOf(ports)?.startsWith(commit)) return commit
  const told = `the reports are said to be of ${commit.slice(0, 12)}, and ${there.slice(0, 12)} is checked out`
  if (!ports.inAction) {
    ports.log.warn(told)
    return commit
  }
  throw new CertifyError('commit_mismatch', told, {
    hint: 'check that commit out first (actions/checkout with ref); whatever else the job needs goes into a folder of its own',
  })
}

function write(bundle: EvidenceBundle, out: string, ports: Ports): number {
  try {
    const text = bundleText(bundle)
    const { length } = new TextEncoder().encode(text)
    if (length > DEFAULT_LIMITS.fileBytes) throw new RangeError()
    ports.files.write(out, text)
    return length
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CertifyError('too_large', `the bundle would be larger than ${DEFAULT_LIMITS.fileBytes} bytes`, {
      hint: 'collect fewer reports in one job',
    })
  }
}

function summary({ commit, files, rejected, missing }: EvidenceBundle, out: string, bytes: number) {
  return {
    out,
    bytes,
    commit,
    files: files.map(({ path, sha256, format, facts }) => ({ path, sha256, format, kind: facts.kind })),
    rejected: rejected.map(({ path, problems }) => ({ path, problems })),
    missing,
  }
}

function told({ commit, files, rejected }: EvidenceBundle, out: string, bytes: number): string {
  const read = files.reduce((sum, file) => sum + file.bytes, 0)
  const unusable = rejected.length === 0 ? '' : `, ${rejected.length} that cannot be used`
  const of = commit === null ? 'no known commit' : `commit ${commit.slice(0, 12)}`
  const reports = `${files.length} report${files.length === 1 ? '' : 's'}`
  return `${escapeTerminal(`${out}: ${reports}${unusable}, ${bytes} bytes for ${read}, of ${of}`)}\n`
}
