// An evidence bundle as `certify inspect` shows it: itself, then each of its files as where the bundle was made.
import type { ByteSource, Limits } from '../format.ts'
import { HashedSource } from '../hashed-source.ts'
import { type InspectEntry, NOTHING, plain, problemsOf } from '../inspect.ts'
import { blockOf } from '../inspect-block.ts'
import { type Held, readBundle } from './read.ts'

/** A bundle as an entry, and each of its files as one would see it where the bundle was made. */
export function inspectBundle(source: ByteSource, limits: Limits): InspectEntry[] {
  const path = source.path
  const entry: InspectEntry = { ...NOTHING, path, format: 'evidence-bundle' }
  const file = new HashedSource(source, limits)
  try {
    Object.assign(entry, file.finish())
    const budget = { lines: limits.bundleLines }
    const { tool, commit, missing, held } = readBundle(file, { type: 'workspace' }, limits, budget)
    const inside = held.map((one) => inspectHeld(one, path))
    const files = held.filter((one) => one.evidence !== undefined).length
    const problems = missing.map((glob) => ({ code: 'missing', message: `${glob} matched no file where the bundle was made` }))
    const bundle = { commit, files, rejected: held.length - files, missing }
    return [{ ...entry, ok: true, producer: tool, problems, bundle }, ...inside]
  } catch (error) {
    return [{ ...entry, problems: problemsOf(error) }]
  }
}

function inspectHeld({ evidence, rejected }: Held, from: string): InspectEntry {
  if (evidence === undefined) {
    const { path, format, kind, sha256, bytes, problems } = rejected
    return { ...NOTHING, path, from, format, kind, sha256, bytes, problems: problems.map(plain) }
  }
  const { ref, format, kind, info, bytes, facts, problems } = evidence
  return {
    path: ref.path,
    from,
    ok: true,
    format,
    kind,
    producer: info.producer,
    sha256: ref.sha256,
    bytes,
    problems: problems.map(plain),
    ...blockOf(facts, problems),
  }
}
