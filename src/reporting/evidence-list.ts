// The list that the evidence digest is taken over (decision 25), and how a file is named in a report.
import type { EvidenceRef, Origin } from '../model/evidence.ts'

/** `workspace` or `artifact:NAME`; never a temporary path, so that the digest is the same on every machine. */
export function originOf(origin: Origin): string {
  return origin.type === 'workspace' ? 'workspace' : `artifact:${origin.name}`
}

/** A path in the workspace, `artifact:NAME/path` elsewhere. */
export function nameOf(ref: { path: string; origin: Origin }): string {
  return ref.origin.type === 'workspace' ? ref.path : `${originOf(ref.origin)}/${ref.path}`
}

/**
 * `[origin, path, sha256]` of each file, sorted by code units, each once. Hash its canonical JSON. A file out of a bundle counts
 * as in the workspace where it was made: however many jobs measured it, equal evidence has one digest.
 */
export function evidenceList(evidence: readonly { ref: EvidenceRef }[]): [origin: string, path: string, sha256: string][] {
  const entries = new Map<string, [string, string, string]>()
  for (const { ref } of evidence) {
    const origin = ref.origin.bundle === undefined ? originOf(ref.origin) : 'workspace'
    const entry: [string, string, string] = [origin, ref.path, ref.sha256]
    entries.set(JSON.stringify(entry), entry)
  }
  return [...entries.values()].sort((a, b) => byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]) || byCodeUnit(a[2], b[2]))
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
