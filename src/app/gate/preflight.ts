// Before the wait: would this gate ask anybody, and is there anything to ask? Nothing waits at a gate that holds nothing back.

import { environmentsOf } from '../../gates/approvals.ts'
import type { Snapshot } from '../../model/approval.ts'
import { renderBrief } from '../../reporting/renderers/brief.ts'
import type { Judged } from '../judge.ts'
import type { Ports } from '../ports.ts'
import { type Asked, issueOf, reviewsOf, snapshotText } from './asked.ts'

export interface Preflight {
  ready: boolean
  /** Names of the environments to wait in; none for a fallback. */
  environments: string[]
  snapshot: string
  brief: string
  exit: 0 | 1 | 2
}

export async function preflight(asked: Asked, { result }: Judged, runUrl: string, ports: Ports): Promise<Preflight> {
  const { gate, subject } = asked
  const refusals = [...asked.refusals, ...asked.stale]
  const state = result.gates.find((one) => one.id === gate.number)?.state
  const waits = state === 'awaiting_approval' && refusals.length === 0
  const environments = asked.mechanism === 'environment' ? environmentsOf(gate) : []
  const reviews = Object.fromEntries(environments.map((name) => [name, keysOf(asked, name)]))
  const snapshot: Snapshot = { gate: gate.number, ...subject, reviews, at: ports.clock.now().toISOString() }
  const brief = renderBrief({ result, gate: gate.number, code: asked.code, refusals, warnings: asked.warnings, runUrl })
  if (waits && asked.mechanism === 'issue') await reviewsOf(ports).openIssue(issueOf(asked), brief)
  return {
    ready: waits,
    environments,
    snapshot: snapshotText(snapshot),
    brief,
    exit: waits ? 0 : asked.refusals.length > 0 ? 2 : 1,
  }
}

function keysOf({ reviews }: Asked, environment: string): string[] {
  return reviews.filter((one) => one.environments.includes(environment) && one.state !== 'pending').map((one) => one.key)
}
