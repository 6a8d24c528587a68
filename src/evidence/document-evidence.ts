// A document read from the workspace or the trusted ref, as evidence.
import { createHash } from 'node:crypto'
import type { DocumentFacts, Evidence } from '../model/evidence.ts'
import { readDocument } from './document.ts'

export interface DocumentFile {
  path: string
  /** Metric whose rules name it. */
  metric: string
  tracked: boolean | null
  changedAt: string | null
  /** Does the path, relative to the workspace, exist? */
  exists(path: string): boolean
}

export function readDocumentEvidence(text: string, file: DocumentFile): Evidence<DocumentFacts> {
  const bytes = new TextEncoder().encode(text)
  const facts = readDocument(text, {
    path: file.path,
    tracked: file.tracked,
    changedAt: file.changedAt,
    resolves: (target) => {
      const path = resolved(file.path, target)
      return path === null ? null : path === '' || file.exists(path)
    },
  })
  return {
    ref: { path: file.path, origin: { type: 'workspace' }, sha256: createHash('sha256').update(bytes).digest('hex') },
    bytes: bytes.length,
    format: 'document-md',
    kind: 'documentation',
    info: { producer: null, commit: null, createdAt: null },
    facts,
    problems: [],
    declaredBy: { metrics: [file.metric], level: null, component: null, discovered: false, committed: true },
    modifiedAt: null,
    tracked: file.tracked === true,
  }
}

/** A link's target as a workspace path; a leading slash is the repository's root. null: outside, so nobody here can tell. */
function resolved(from: string, target: string): string | null {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
