// Reviews, environments and the question they answer, all in order unless a test breaks something.
import type { ApprovalInput } from '../../src/gates/approvals.ts'
import type { EnvironmentRules, GateApproval, KeyedReview, Snapshot } from '../../src/model/approval.ts'
import type { GateConfig, SignOffRule } from '../../src/model/config.ts'
import { seedConfig } from './config.ts'

export const CODE = '7KQ2-9XPA'
export const SUBJECT = {
  run: 1001,
  attempt: 1,
  commit: 'a'.repeat(40),
  evidenceDigest: `sha256:${'e'.repeat(64)}`,
  policyDigest: `sha256:${'c'.repeat(64)}`,
}
export const PEOPLE = { anna: 1, ben: 2, cleo: 3, dan: 4 } as const
export type Name = keyof typeof PEOPLE

let reviews = 0

export function review(login: Name, change: Partial<KeyedReview> = {}): KeyedReview {
  return {
    environments: ['certify-gate-3'],
    state: 'approved',
    user: { id: PEOPLE[login], login },
    comment: '',
    key: `k${++reviews}`,
    ...change,
  }
}

export function environment(
  name: string,
  users: Name[] = ['anna', 'ben'],
  change: Partial<EnvironmentRules> = {},
): EnvironmentRules {
  return {
    name,
    exists: true,
    url: null,
    users: users.map((login) => ({ id: PEOPLE[login], login })),
    teams: [],
    preventSelfReview: true,
    adminsBypass: false,
    waitMinutes: 0,
    branches: 'named',
    patterns: ['main'],
    ...change,
  }
}

export function gateThree(change: Partial<GateConfig> = {}): GateConfig {
  return { ...seedConfig().gates[2]!, ...change }
}

export function signOff(role: string, change: Partial<SignOffRule> = {}): SignOffRule {
  return { role, users: [], teams: [], environment: null, required: true, distinct: true, ...change }
}

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return { gate: 3, ...SUBJECT, reviews: {}, at: '2026-11-22T08:00:00.000Z', ...change }
}

/** After the wait, asked of one reviewer. */
export function approvalInput(change: Partial<ApprovalInput> = {}): ApprovalInput {
  return {
    gate: gateThree(),
    reviews: [],
    snapshot: snapshot(),
    environments: [environment('certify-gate-3')],
    excluded: [],
    subject: SUBJECT,
    code: CODE,
    refusals: [],
    stale: [],
    wait: null,
    waited: true,
    timedOut: false,
    mechanism: 'environment',
    now: '2026-11-22T09:00:00.000Z',
    ...change,
  }
}

/** What `settleApproval` makes of gate 3 approved by Anna. */
export function approved(change: Partial<GateApproval> = {}): GateApproval {
  return {
    gate: 3,
    state: 'approved',
    slots: [
      {
        role: 'final',
        environment: 'certify-gate-3',
        required: true,
        filledBy: { id: 1, login: 'anna' },
        comment: '',
        code: 'none',
        answers: [],
      },
    ],
    refused: [],
    reasons: [],
    environments: [environment('certify-gate-3')],
    ...SUBJECT,
    approvedBefore: '2026-11-22T09:00:00.000Z',
    mechanism: 'environment',
    goLive: null,
    ...change,
  }
}
