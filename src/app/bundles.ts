// Evidence bundles beside ordinary files: what is in one takes part as if it lay at its own path where the bundle was found.
import type { Bundle, Held } from '../evidence/bundle/read.ts'
import { BUNDLE_GLOB, isBundle } from '../evidence/bundle/told.ts'
import { reasonOf } from '../evidence/collect.ts'
import type { SourceFile } from '../evidence/format.ts'
import { HashedSource, tooLarge } from '../evidence/hashed-source.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { EvidenceEntry } from '../model/config.ts'
import type { EvidenceClaim, Unmet } from '../model/evidence.ts'
import { globs } from '../model/glob.ts'
import { CertifyError } from '../model/problem.ts'
import type { Found, FoundFile, Ports, Subject, Unusable } from './ports.ts'

interface Opened {
  file: FoundFile
  sources: SourceFile[]
  missing: string[]
  /** The bundle itself as a rejected file; null: it could be read. */
  broken: SourceFile | null
  /** Who asked for it first; null: it was discovered. */
  asked: EvidenceClaim | null
}

/** What one entry finds before anything is taken out of a bundle. */
export interface Looked {
  plain: FoundFile[]
  unusable: Unusable[]
  bundles: Opened[]
}

export interface Selected {
  files: SourceFile[]
  unusable: Unusable[]
  /** Files that the entry's globs matched, inside bundles or the bundles themselves; also those that cannot be used. */
  number: number
}

/** Of who asks for nothing in particular, and still asks: a bundle that lies there was put there. */
const LEFT: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }

export class Bundles {
  private readonly opened = new Map<string, Opened>()
  private readonly budget = { lines: DEFAULT_LIMITS.bundleLines }
  private bytes = 0

  constructor(private readonly ports: Pick<Ports, 'files' | 'artifacts' | 'artifactRun' | 'subject'>) {}

  /** In an artifact bundles are looked for by their usual name too: the entry's globs may speak of what is in them. */
  async look(entry: EvidenceEntry, claim: EvidenceClaim): Promise<Looked> {
    const { files, unusable } = await this.find(entry)
    const wanted = matcher(entry.paths)
    const looked: Looked = { plain: [], unusable, bundles: [] }
    for (const file of files) {
      if (bundled(file)) looked.bundles.push(await this.open(file, claim))
      else if (wanted(file.path)) looked.plain.push(file)
    }
    return looked
  }

  /** Bundles in the workspace that nobody names. One that is committed was made by no job of this run. */
  async discover(): Promise<void> {
    for (const file of this.ports.files.find([BUNDLE_GLOB], DEFAULT_LIMITS.files).files)
      if (!file.tracked && bundled(file)) await this.open(file, null)
  }

  /** To be asked once every bundle is open. An entry whose globs match nothing but a bundle itself asks for all that is in it. */
  select(entry: EvidenceEntry, { plain, unusable, bundles }: Looked): Selected {
    const wanted = matcher(entry.paths)
    const reachable = entry.artifact === null ? this.ofWorkspace() : bundles
    const inside = reachable.flatMap((one) => one.sources).filter((source) => wanted(source.path))
    const whole = inside.length > 0 ? [] : bundles.filter((one) => one.broken === null && wanted(one.file.path))
    const broken = bundles.flatMap((one) => one.broken ?? [])
    return {
      files: [...plain, ...inside, ...whole.flatMap((one) => one.sources), ...broken],
      unusable,
      number: plain.length + inside.length + whole.length + broken.length + unusable.length,
    }
  }

  /** What lies in bundles of the workspace, each with the claim it has where no entry asks for it. */
  left(discovered: EvidenceClaim): { file: SourceFile; claim: EvidenceClaim }[] {
    return this.ofWorkspace().flatMap(({ sources, broken }) => [
      // JSON by pointers says nothing to who has declared none.
      ...sources
        .filter(({ held }) => held?.evidence?.json === undefined)
        .map((file) => ({ file, claim: file.held?.rejected?.kind === null ? LEFT : discovered })),
      ...(broken === null ? [] : [{ file: broken, claim: LEFT }]),
    ])
  }

  /** What a job asked for by name and did not find is as missing here. */
  unmet(): Unmet[] {
    return [...this.opened.values()].flatMap(({ file: { origin }, missing, asked }) =>
      missing.map((glob) => ({
        pattern: origin.type === 'artifact' ? `artifact ${origin.name}: ${glob}` : glob,
        found: 0,
        expected: null,
        declaredBy: asked ?? LEFT,
      })),
    )
  }

  private ofWorkspace(): Opened[] {
    return [...this.opened.values()].filter((one) => one.file.origin.type === 'workspace')
  }

  private async find(entry: EvidenceEntry): Promise<Found> {
    const { files, artifacts, artifactRun } = this.ports
    if (entry.artifact === null) return files.find(entry.paths, DEFAULT_LIMITS.files)
    if (artifacts === null) return { files: [], unusable: [] }
    return artifacts.find(entry.artifact, [...new Set([...entry.paths, BUNDLE_GLOB])], artifactRun)
  }

  private async open(file: FoundFile, asked: EvidenceClaim | null): Promise<Opened> {
    const key = file.origin.type === 'workspace' ? file.path : `${file.origin.id}:${file.path}`
    const known = this.opened.get(key)
    if (known !== undefined) {
      known.asked ??= asked
      return known
    }
    const opened = { ...(await this.read(file)), file, asked }
    this.opened.set(key, opened)
    return opened
  }

  private async read(file: FoundFile): Promise<Pick<Opened, 'sources' | 'missing' | 'broken'>> {
    const { readBundle } = await import('../evidence/bundle/read.ts')
    const source = new HashedSource(file, DEFAULT_LIMITS)
    try {
      this.bytes += file.size
      for (const [bytes, limit] of [
        [file.size, DEFAULT_LIMITS.fileBytes],
        [this.bytes, DEFAULT_LIMITS.totalBytes],
      ] as const)
        if (bytes > limit) throw tooLarge(file.path, limit)
      const { held, commit, missing } = readBundle(source, file.origin, DEFAULT_LIMITS, this.budget)
      return { sources: held.map((one) => sourceOf(one, commit, file, this.ports.subject)), missing, broken: null }
    } catch (error) {
      if (!(error instanceof CertifyError)) throw error
      return { sources: [], missing: [], broken: brokenSource(file, error) }
    }
  }
}

export function matcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, ''))
  const matches = globs(plain, { dot: true })
  return (path) => plain.includes(path) || matches(path)
}

/** One that cannot be opened says so when it is read. */
export function bundled(file: FoundFile): boolean {
  try {
    return isBundle(file)
  } catch {
    return false
  }
}

function sourceOf(held: Held, commit: Bundle['commit'], { tracked, origin }: FoundFile, subject: Subject): SourceFile {
  const { evidence } = held
  if (evidence === undefined) return heldFile(held, held.rejected.path, held.rejected.origin)
  const { ref, modifiedAt, facts } = evidence
  const committed = evidence.tracked || (tracked && origin.type === 'workspace')
  const silent = evidence.info.commit === null && !(facts.kind === 'security' && facts.revisions.length > 0)
  const own = silent && speaks(commit, origin, subject) ? { ...evidence.info, commit } : evidence.info
  const bound: Held = { evidence: { ...evidence, info: own, tracked: committed } }
  return { ...heldFile(bound, ref.path, ref.origin), modifiedAt, tracked: committed }
}

/** Whether the bundle's commit says something of a report that names none: of another run, or that it is not the judged one. */
function speaks(commit: string | null, origin: FoundFile['origin'], subject: Subject): boolean {
  if (commit === null) return false
  if (origin.type === 'artifact' && origin.runId !== subject.run) return true
  return ![subject.commit, subject.tested].some((mine) => mine?.toLowerCase().startsWith(commit))
}

function heldFile(held: Held, path: string, origin: SourceFile['origin']): SourceFile {
  return { path, origin, size: 0, modifiedAt: null, tracked: false, held, chunks: () => [] }
}

function brokenSource({ path, origin, size }: FoundFile, error: CertifyError): SourceFile {
  const told = error.problems.length > 0 ? error.problems : [{ code: error.code, message: error.message }]
  const problems = told.map((one) => ({ ...one, path }))
  const why = reasonOf(problems[0], path)
  const held = { path, origin, sha256: null, bytes: size, format: null, kind: null, problems, reason: why }
  return heldFile({ rejected: held }, path, origin)
}
