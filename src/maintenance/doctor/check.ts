// What a check of the set-up is given, and the ways to say what it found.
import type { Config, EvidenceEntry } from '../../model/config.ts'
import type { Finding, SetupFacts } from '../../model/setup.ts'
import type { Use } from './uses.ts'
import type { Workflow } from './workflow.ts'

export interface Examined {
  facts: SetupFacts
  workflows: Workflow[]
  /** Every use of certify in them. */
  uses: Use[]
}

/** What one check found, without its id; nothing wrong with what it looked at is well. */
export type Found = Omit<Finding, 'id'>

export interface Check {
  id: string
  /** What it looks at, for the line that says that all is well. */
  what: string
  /** What there has to be to look at: workflow files that can be read, a use of certify in them, one that judges. */
  needs: 'workflows' | 'use' | 'judge' | null
  look(examined: Examined): Found[]
}

/** Why nothing that the policy says was looked at. */
export const NO_POLICY = 'the policy cannot be used'

export function broken(what: string, risk: string, fix: string): Found {
  return { what, state: 'broken', risk, fix }
}

export function risk(what: string, why: string, fix: string): Found {
  return { what, state: 'risk', risk: why, fix }
}

/** `why` as a Told says it. */
export function unknown(what: string, why: string): Found {
  return { what, state: 'unknown', risk: why, fix: null }
}

/** There was nothing to look at: that is not well, and nobody's mistake either. */
export function unseen(what: string, why: string): Found {
  return { what, state: 'not_looked_at', risk: why, fix: null }
}

export function well(what: string): Found {
  return { what, state: 'ok', risk: null, fix: null }
}

/** Gates that a person opens. */
export function manualGates({ config }: SetupFacts) {
  return (config?.gates ?? []).filter((gate) => gate.enabled && gate.manualApproval)
}

/** Every entry of evidence that the policy has, and whose it is. */
export function declaredIn(config: Config): { entry: EvidenceEntry; of: string }[] {
  return [
    ...config.evidence.map((entry) => ({ entry, of: 'evidence' })),
    ...config.metrics.flatMap((metric) => metric.evidence.map((entry) => ({ entry, of: `metrics.${metric.id}` }))),
    ...config.components.flatMap((one) => one.evidence.map((entry) => ({ entry, of: `components.${one.id}` }))),
  ]
}

export function list(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
