// Documents and checklists: prose that rules are held against. The only evidence that is read as text.
import { collect } from '../evidence/collect.ts'
import { readDocumentEvidence } from '../evidence/document-evidence.ts'
import type { SourceFile } from '../evidence/format.ts'
import { DEFAULT_LIMITS } from '../evidence/limits.ts'
import type { Config } from '../model/config.ts'
import type { EvidenceClaim, Gathered, Rejected } from '../model/evidence.ts'
import { CertifyError } from '../model/problem.ts'
import type { Ports } from './ports.ts'
import { refused } from './refused.ts'

type Prose = Pick<Gathered, 'evidence' | 'rejected'>

const PROSE_BYTES = DEFAULT_LIMITS.textLength * 64

export function readDocuments(config: Config, ports: Ports): Prose {
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
export async function readChecklists(config: Config, ports: Ports, branch: string | undefined): Promise<Prose> {
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
