// A bundle that some job left, checked to the last number: its files as they would have been read there, or one refusal with a place.
import type { Evidence, Origin, Rejected } from '../../model/evidence.ts'
import type { Problem } from '../../model/problem.ts'
import { reason } from '../../model/reason.ts'
import { reasonOf } from '../collect.ts'
import type { ByteSource, Limits } from '../format.ts'
import { kindOfFormat } from '../formats/catalogue.ts'
import { POINTED_JSON } from '../formats/pointed.ts'
import validate from '../generated/bundle-validator.js'
import { maskFacts } from '../mask.ts'
import { readJson, refused } from '../scan/json.ts'
import { inside } from '../scan/json-fields.ts'
import { readFacts } from './read-facts.ts'
import type { Budget } from './runs.ts'
import type { EvidenceBundle, WrittenFile, WrittenReject } from './written.ts'

/** What is known of a file without asking who wants it. */
export type Held =
  | { evidence: Omit<Evidence, 'declaredBy'>; rejected?: undefined }
  | { rejected: Omit<Rejected, 'declaredBy'>; evidence?: undefined }

export interface Bundle {
  tool: string
  commit: string | null
  missing: string[]
  held: Held[]
}

const LONGEST_PATH = 4096

/** Throws CertifyError. `origin`: where the bundle itself lies; `budget` is used up by what it unfolds to. */
export function readBundle(source: ByteSource, origin: Origin, limits: Limits, budget: Budget): Bundle {
  const value = readJson(source, limits)
  if (!validate(value)) throw unlikeSchema()
  const bundle = value as EvidenceBundle
  const { tool, commit, missing, files, rejected } = bundle
  if (files.length + rejected.length > limits.files)
    throw refused('too_many', `has more than ${limits.files} files`, { hint: 'See docs/limits.md.' })
  if (commit !== null && !/^[0-9a-f]{7,64}$/.test(commit)) throw refused('wrong_shape', 'commit: is no commit in lower-case hex')
  const at: Origin = { ...origin, bundle: source.path }
  const held: Held[] = [
    ...files.map((file, index) =>
      inside(
        () => `files[${index}]`,
        () => heldFile(file, at, limits, budget),
      ),
    ),
    ...rejected.map((file, index) =>
      inside(
        () => `rejected[${index}]`,
        () => heldReject(file, at, limits),
      ),
    ),
  ]
  onceEach(held)
  return { tool: tool.slice(0, 100), commit, missing, held }
}

/** The deepest place that the validator complains of: of a union every form is tried. */
function unlikeSchema() {
  const errors = validate.errors ?? []
  const deepest = errors.reduce((a, b) => (b.instancePath.length > a.instancePath.length ? b : a), errors[0]!)
  const { instancePath, params } = deepest
  const place = instancePath
    .slice(1, 200)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')
  const named = params.missingProperty ?? params.additionalProperty
  const what =
    params.missingProperty !== undefined
      ? `lacks ${JSON.stringify(named)}`
      : named !== undefined
        ? `has ${JSON.stringify(named.slice(0, 80))}, which is not known there`
        : 'is not what a bundle has there'
  return refused('wrong_shape', `${place === '' ? '' : `${place}: `}${what}`, {
    hint: 'Write and read bundles with the same version of certify.',
  })
}

function heldFile(file: WrittenFile, origin: Origin, limits: Limits, budget: Budget): Held {
  const { path, sha256, bytes, format, json, info, problems, modifiedAt, tracked } = file
  known(path, sha256, bytes)
  if (/^\/|^[A-Za-z]:|[\\\0]|(?:^|\/)\.\.(?:\/|$)/.test(path)) throw refused('wrong_shape', 'path: does not lie in a workspace')
  const kind = kindOfFormat(format)
  if (kind === null || kind !== file.facts.kind || (format === POINTED_JSON) !== (json !== undefined))
    throw refused('wrong_shape', `format: ${JSON.stringify(format.slice(0, 80))} is none that is known for ${file.facts.kind}`, {
      hint: 'Write and read bundles with the same version of certify.',
    })
  const facts = inside(
    () => 'facts',
    () => readFacts(file.facts, limits, budget),
  )
  return {
    evidence: {
      ref: { path, origin, sha256 },
      bytes,
      format,
      ...(json !== undefined && { json }),
      kind,
      info,
      facts: maskFacts(facts),
      problems: placed(problems, path, limits),
      modifiedAt,
      tracked,
    },
  }
}

function heldReject(file: WrittenReject, origin: Origin, limits: Limits): Held {
  const { path, sha256, bytes, format, claimedBy } = file
  // Its path may be why it was rejected: one that leads out of the workspace.
  known(path, sha256, bytes)
  const problems = placed(file.problems, path, limits)
  const kind = kindOfFormat(format)
  const why = claimedBy.length > 0 ? reason('evidence_ambiguous', { path, formats: claimedBy }) : reasonOf(problems[0], path)
  return { rejected: { path, origin, sha256, bytes, format, kind, problems, reason: why } }
}

function known(path: string, sha256: string | null, bytes: number | null): void {
  if (path === '' || path.length > LONGEST_PATH) throw refused('wrong_shape', 'path: is none')
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) throw refused('wrong_shape', 'sha256: is none')
  if (bytes !== null && (!Number.isSafeInteger(bytes) || bytes < 0)) throw refused('bad_number', `bytes: ${bytes} is no size`)
}

function placed(problems: readonly Problem[], path: string, limits: Limits): Problem[] {
  return problems.slice(0, limits.problems).map((one) => ({ ...one, path, message: one.message.slice(0, limits.textLength) }))
}

/** A job has one file of a path. */
function onceEach(held: readonly Held[]): void {
  const paths = new Set<string>()
  for (const one of held) {
    const path = one.evidence?.ref.path ?? one.rejected!.path
    if (paths.has(path)) throw refused('duplicate_name', `has two files ${JSON.stringify(path.slice(0, 200))}`)
    paths.add(path)
  }
}
