// The result of a run that could not be judged: complete, with nothing in it that passes.
import type { Resolved } from '../model/config.ts'
import type { Problem } from '../model/problem.ts'
import type { Reason } from '../model/reason.ts'
import type { Result } from '../model/result.ts'
import { buildResult, type ReportInput } from '../reporting/model.ts'

export interface Unjudged extends Pick<ReportInput, 'version' | 'name' | 'now' | 'clock' | 'subject' | 'digest'> {
  resolved: Resolved | null
  /** Where the config should be. */
  path: string
  reasons: Reason[]
  notices: readonly Problem[]
}

export function unjudgedResult({ resolved, path, reasons, ...input }: Unjudged): Result {
  const none: Resolved = {
    config: null,
    problems: [],
    notices: [],
    loosened: [],
    ignored: [],
    digest: null,
    source: path,
  }
  return buildResult({
    ...input,
    resolved: resolved ?? none,
    changedInHead: null,
    gathered: { evidence: [], rejected: [], unmet: [], notices: [] },
    admitted: [],
    refused: [],
    metrics: [],
    levels: [],
    gates: [],
    approvals: [],
    comparison: null,
    certificate: null,
    decision: {
      verdict: 'error',
      level: 0,
      target: 1,
      proceed: false,
      pendingFor: null,
      warnings: 0,
      failedCriteria: [],
      shortfall: [],
      reasons,
    },
  })
}
