// The same bytes twice count once (decision 6): a copied report adds nothing, and speaks for no second level.
import type { Evidence } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'

export interface Candidate {
  evidence: Evidence
  levels: readonly (LevelId | null)[]
}

/** Keeps the first of equal files, those that were asked for by name before those that were found. */
export function unique<C extends Candidate>(candidates: readonly C[]): { kept: C[]; copies: { copy: C; of: C }[] } {
  const kept = new Map<string, C>()
  const copies: { copy: C; of: C }[] = []
  for (const candidate of [...candidates].sort(byClaim)) {
    const key = keyOf(candidate)
    const first = key === null ? undefined : kept.get(key)
    if (key === null || first === undefined) {
      kept.set(key ?? `${kept.size}`, candidate)
      continue
    }
    copies.push({ copy: candidate, of: first })
    if (first.levels.join() === candidate.levels.join())
      kept.set(key, { ...first, evidence: alsoFor(first.evidence, candidate.evidence) })
  }
  return { kept: [...kept.values()], copies }
}

/**
 * Clean scans of two packages, or of two levels, are often equal byte by byte, as are two documents. A test report never is:
 * its times differ.
 */
function keyOf({ evidence, levels }: Candidate): string | null {
  const { sha256 } = evidence.ref
  const component = evidence.declaredBy.component ?? ''
  switch (evidence.kind) {
    case 'documentation':
    case 'checklist':
      return null
    case 'security':
      return `${sha256} ${component} ${levels.join()}`
    case 'tests':
      return sha256
    default:
      // JSON that is read by other pointers says other things.
      return `${sha256} ${component} ${JSON.stringify(evidence.json ?? null)}`
  }
}

function alsoFor(first: Evidence, copy: Evidence): Evidence {
  const metrics = [...new Set([...first.declaredBy.metrics, ...copy.declaredBy.metrics])]
  return { ...first, declaredBy: { ...first.declaredBy, metrics } }
}

function byClaim(a: Candidate, b: Candidate): number {
  return rank(a.evidence) - rank(b.evidence) || compare(placeOf(a.evidence), placeOf(b.evidence))
}

function rank({ declaredBy }: Evidence): number {
  if (declaredBy.discovered) return 2
  return declaredBy.metrics.length > 0 ? 0 : 1
}

/** Where a file is, for sorting: the workspace first, then artifacts by name. */
export function placeOf({ ref }: Evidence): string {
  return ref.origin.type === 'workspace' ? ` ${ref.path}` : `${ref.origin.name}/${ref.path}`
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
