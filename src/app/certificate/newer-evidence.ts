// Reports of a certified commit that were made since: out of evidence bundles which name that very commit, by today's policy.
import { readBundle } from '../../evidence/bundle/read.ts'
import { BUNDLE_GLOB } from '../../evidence/bundle/told.ts'
import { HashedSource } from '../../evidence/hashed-source.ts'
import { DEFAULT_LIMITS } from '../../evidence/limits.ts'
import type { Config, EvidenceEntry } from '../../model/config.ts'
import type { Admitted } from '../../model/evidence.ts'
import { CertifyError } from '../../model/problem.ts'
import { type Admission, admit } from '../../validation/admissibility.ts'
import { bundled } from '../bundles.ts'
import type { Evaluation } from '../gate/evaluation.ts'
import { gather } from '../gather.ts'
import type { Invocation } from '../invocation.ts'
import type { Files, FoundFile, Ports } from '../ports.ts'
import { isMadeSince, keyOf } from './rejudge.ts'

/** Of what a bundle says of itself, where it comes into a record. */
const LONGEST = 200

export interface Offered {
  /** The step names artifacts: something is to come of every commit whose certificate is in force. */
  expected: boolean
  bundles: { file: FoundFile; commit: string | null; missing: string[] }[]
  /** Bundles that change nothing, each with why. */
  unread: { path: string; message: string }[]
}

/** Every bundle of the workspace, and those that the step names. What is called so and is none is told, and is no evidence. */
export function bundlesOffered(
  { evidence, artifacts }: Pick<Invocation, 'evidence' | 'artifacts'>,
  { files }: Pick<Ports, 'files'>,
): Offered {
  const found = files.find([BUNDLE_GLOB, ...evidence], DEFAULT_LIMITS.files)
  const offered: Offered = {
    expected: artifacts.length > 0,
    bundles: [],
    unread: found.unusable.map(({ path, message }) => ({ path, message })),
  }
  for (const file of found.files) {
    const message = file.tracked ? 'is committed to git, and proves nothing' : bundled(file) ? null : 'is no evidence bundle'
    if (message !== null) {
      offered.unread.push({ path: file.path, message })
      continue
    }
    try {
      const source = new HashedSource(file, DEFAULT_LIMITS)
      const { commit, missing } = readBundle(source, file.origin, DEFAULT_LIMITS, { lines: DEFAULT_LIMITS.bundleLines })
      const [named] = /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/.exec(file.path) ?? []
      // The job that scanned one commit ran that commit's code: it says nothing of another.
      if (named === undefined || commit === null || named === commit) offered.bundles.push({ file, commit, missing })
      else
        offered.unread.push({
          path: file.path,
          message: `is of ${commit.slice(0, 12)}, and lies where ${named.slice(0, 12)} was scanned`,
        })
    } catch (error) {
      if (!(error instanceof CertifyError)) throw error
      offered.unread.push({ path: file.path, message: error.problems[0]?.message ?? error.message })
    }
  }
  return offered
}

/** Bundles that are of no certified commit, each with why: a scan of something else must not look like one that found nothing. */
export function foreignTo({ bundles }: Offered, certified: ReadonlySet<string>): Newer['notTaken'] {
  return bundles.flatMap(({ file: { path }, commit }) => {
    if (commit !== null && certified.has(commit)) return []
    const message =
      commit === null
        ? 'names no commit: collect with its commit'
        : `is of ${commit.slice(0, 12)}, of which there is no certificate`
    return [{ path, message: commit !== null && commit.length < 40 ? 'names only the beginning of a commit' : message }]
  })
}

export interface Newer extends Pick<Admission, 'admitted'> {
  /** Reports of the commit that are no evidence of it all the same. */
  notTaken: { path: string; message: string }[]
  /** Why what came of it is not all that was to come, as a sentence: its evidence is not renewed by what is left. null: it is. */
  lost: string | null
}

/** What the bundles of that commit say, admitted as an evaluation admits it. A bundle that names no commit is of none. */
export async function newerEvidence(commit: string, offered: Offered, config: Config, ports: Ports): Promise<Newer> {
  const named = offered.bundles.filter((one) => one.commit === commit)
  const own = named.map((one) => one.file)
  if (own.length === 0 && !offered.expected) return { admitted: [], notTaken: [], lost: null }
  if (own.length === 0) {
    const nothing = { path: `commit ${commit.slice(0, 12)}`, message: 'nothing came of it: look at the job that was to scan it' }
    return { admitted: [], notTaken: [nothing], lost: 'Nothing came of its commit that was to be scanned.' }
  }
  const gathered = await gather(onlyReports(config), onlyThese(own, ports))
  const input = { commit, tested: null, run: null, now: ports.clock.now(), inAction: true, config }
  const { admitted, refused, rejected } = admit({ ...input, gathered })
  const empty = admitted.length + refused.length + rejected.length === 0
  const notTaken = [
    ...named.flatMap(({ file, missing }) =>
      missing.map((glob) => ({ path: file.path, message: `lacks ${glob}, which was asked for` })),
    ),
    ...(empty ? named.map(({ file }) => ({ path: file.path, message: 'holds no report' })) : []),
    ...refused
      // The same bytes twice count once, and nothing of them is lost.
      .filter(({ reason }) => reason.code !== 'evidence_duplicate')
      .map(({ evidence, reason }) => ({ path: evidence.ref.path, message: reason.code.replaceAll('_', ' ') })),
    ...rejected.map(({ path, problems, reason }) => ({
      path,
      message: problems[0]?.message ?? reason.code.replaceAll('_', ' '),
    })),
  ]
  return { admitted, notTaken, lost: lostBy(notTaken) }
}

function lostBy(notTaken: Newer['notTaken']): string | null {
  const [first] = notTaken
  return first === undefined
    ? null
    : `What came of its commit could not all be taken: ${first.path.slice(0, LONGEST)} ${first.message.slice(0, LONGEST)}.`
}

/** Without what was made before that evaluation: it says nothing new, whatever it says. The evaluation's own is not told. */
export function madeSince(newer: Newer, { data, facts }: Evaluation, now: Date): Newer {
  const since = (one: Admitted): boolean => isMadeSince(one, data, now)
  const own = new Set(facts.files.map((file) => keyOf(file.ref)))
  const older = newer.admitted.filter((one) => !since(one) && !own.has(keyOf(one.ref)))
  const notTaken = older.map(({ ref: { path } }) => ({
    path,
    message: 'was made before the evaluation that was certified, or nobody says when',
  }))
  const all = [...newer.notTaken, ...notTaken]
  return { admitted: newer.admitted.filter(since), notTaken: all, lost: newer.lost ?? lostBy(notTaken) }
}

/** Documents and checklists are of the evaluation; what an artifact was to hold may lie at its path below any folder here. */
function onlyReports(config: Config): Config {
  const here = (entry: EvidenceEntry): EvidenceEntry =>
    entry.artifact === null
      ? entry
      : { ...entry, artifact: null, paths: entry.paths.flatMap((path) => [path, `**/${path.replace(/^(?:\.\/)+/, '')}`]) }
  return {
    ...config,
    discovery: true,
    evidence: config.evidence.map(here),
    components: config.components.map((one) => ({ ...one, evidence: one.evidence.map(here) })),
    metrics: config.metrics.map((one) => ({ ...one, evidence: one.evidence.map(here), documents: [] })),
    checklists: [],
  }
}

/** A workspace with nothing in it but the bundles; it is of no commit, so that each bundle's own word counts. */
function onlyThese(bundles: FoundFile[], ports: Ports): Ports {
  const files: Files = {
    find: (globs) => ({
      files: globs.includes(BUNDLE_GLOB) ? bundles.map((one) => ({ ...one, chunks: () => one.chunks() })) : [],
      unusable: [],
    }),
    readText: () => null,
    exists: () => false,
    open: () => null,
    textOf: () => null,
    writeNew: () => {},
    write: () => {},
  }
  return { ...ports, files, artifacts: null, subject: { ...ports.subject, commit: null, tested: null, run: null } }
}
