// A path that was asked for and cannot be opened, as a rejected file: it stays visible and holds back who asked for it.
import type { EvidenceClaim, Rejected } from '../model/evidence.ts'
import { reason } from '../model/reason.ts'
import type { Unusable } from './ports.ts'

export function refused(unusable: Unusable, claim: EvidenceClaim): Rejected {
  return {
    path: unusable.path,
    origin: unusable.origin,
    sha256: null,
    bytes: null,
    format: null,
    kind: null,
    declaredBy: claim,
    problems: [{ code: unusable.code, message: unusable.message, path: unusable.path }],
    reason: reason('evidence_unreadable', { path: unusable.path, why: unusable.message }),
  }
}
