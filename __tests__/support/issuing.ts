// Something to certify: the seed's policy, everything at 100 %, gates 3 and 4 approved; judged as the app judges it.
import { decide } from '../../src/certificate/decide.ts'
import { type Issue, type Issuing, issueCertificate } from '../../src/certificate/issue.ts'
import { sha256 } from '../../src/certificate/ledger/seal.ts'
import { requirementJudge } from '../../src/gates/checks.ts'
import { evaluateGates } from '../../src/gates/evaluate.ts'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { GateApproval } from '../../src/model/approval.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Config, Loosening } from '../../src/model/config.ts'
import type { EvaluationData } from '../../src/model/evaluation.ts'
import type { MetricValue } from '../../src/model/metric.ts'
import { buildResult } from '../../src/reporting/model.ts'
import { approved } from './approvals.ts'
import { ID } from './certificates.ts'
import { gateInput, NOW, readyConfig, seedEvidence, seedMetrics } from './judged.ts'
import { evaluationData } from './ledger/evaluations.ts'
import { NO_COMPARISON } from './result.ts'

export { NOW }

export interface IssuingSpec {
  config?: (config: Config) => void
  metrics?: Record<string, Partial<MetricValue>>
  approvals?: GateApproval[]
  loosened?: Loosening[]
  data?: Partial<EvaluationData>
  change?: Partial<Issuing>
}

/** With the approval that opens it: the word to go live, too. */
export function approvalOf(gate: 3 | 4, role = 'final', change: Partial<GateApproval> = {}): GateApproval {
  const environment = `certify-gate-${gate}`
  const base = approved({ gate })
  return {
    ...base,
    slots: base.slots.map((slot) => ({ ...slot, role, environment })),
    goLive: gate === 4 ? { actor: 'anna', at: NOW.toISOString(), approval: 'a'.repeat(64) } : null,
    ...change,
  }
}

const ALL_DONE = { deployment_approval: { state: 'known' as const, value: 100, reasons: [] } }

export function issuing(spec: IssuingSpec = {}): Issuing {
  const config = readyConfig((one) => {
    one.checklists = [{ id: 'production_readiness', source: null, items: [] }]
    for (const gate of one.gates) gate.deliverables = gate.deliverables.filter((item) => item.check.fn !== 'checklist')
    spec.config?.(one)
  })
  const approvals = spec.approvals ?? [approvalOf(3, 'technical'), approvalOf(4)]
  const metrics = seedMetrics({ ...ALL_DONE, ...spec.metrics })
  const input = gateInput(config, { metrics, approvals })
  const { now, baselines, history } = input
  const levels = evaluateLevels({
    config,
    metrics,
    now,
    baselines,
    history,
    judge: requirementJudge(input),
    reviewed: new Set(approvals.filter((one) => one.state === 'approved').map((one) => one.gate)),
  })
  const gates = evaluateGates({ ...input, levels })
  const decision = decide({ config, target: 4, levels, gates, errors: [] })
  const policy = { object: '0'.repeat(64), digest: DIGEST, source: SOURCE }
  const data = evaluationData(1, { evaluatedAt: NOW.toISOString(), policy, ...spec.data })
  const result = buildResult({
    version: '1.0.0',
    name: 'certify',
    now,
    clock: 'system',
    subject: data.subject,
    resolved: { config, problems: [], notices: [], loosened: spec.loosened ?? [], ignored: [], digest: DIGEST, source: SOURCE },
    changedInHead: null,
    gathered: { evidence: [], rejected: [], unmet: [], notices: [] },
    admitted: seedEvidence().map((one) => ({ ...one, ref: { ...one.ref, sha256: sha256(one.ref.path) } })),
    refused: [],
    metrics,
    levels,
    gates,
    approvals,
    comparison: NO_COMPARISON,
    certificate: null,
    decision,
    notices: [],
    digest: data.evidenceDigest,
  })
  return {
    config,
    result,
    metrics,
    evaluation: { seq: 1, hash: '1'.repeat(64), data },
    approvals: approvals.map((approval) => ({ approval, record: String(approval.gate).repeat(64) })),
    decisions: new Map([
      [3, '5'.repeat(64)],
      [4, '6'.repeat(64)],
    ]),
    subjects: [],
    now: NOW,
    id: ID,
    serial: 1,
    ledger: { place: 'branch certify-ledger', seq: 7, hash: '7'.repeat(64) },
    supersedes: null,
    ...spec.change,
  }
}

const DIGEST = `sha256:${'9'.repeat(64)}`
const SOURCE = '.github/certification.yml@main'

export function issued(spec: IssuingSpec = {}): Issue {
  return issueCertificate(issuing(spec))
}

/** Throws where it was refused. */
export function certificateOf(spec: IssuingSpec = {}): Certificate {
  const issue = issued(spec)
  if ('refused' in issue) throw new Error(issue.refused.join(' '))
  return issue.certificate
}

export function refusedOf(spec: IssuingSpec): string[] {
  const issue = issued(spec)
  return 'refused' in issue ? issue.refused : []
}
