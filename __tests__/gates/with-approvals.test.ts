// What people's word does to levels and gates: it opens what was ready, and nothing else.
import { describe, expect, it } from '@jest/globals'
import { decide } from '../../src/certificate/decide.ts'
import { requirementJudge } from '../../src/gates/checks.ts'
import { evaluateGates } from '../../src/gates/evaluate.ts'
import { evaluateLevels } from '../../src/levels/evaluate.ts'
import type { GateApproval } from '../../src/model/approval.ts'
import type { Config } from '../../src/model/config.ts'
import { approved } from '../support/approvals.ts'
import { gateInput, metricValue, readyConfig, seedMetrics } from '../support/judged.ts'

function judge(approvals: GateApproval[], change: (config: Config) => void = () => {}, metrics = {}) {
  const config = readyConfig(change)
  const signed = approvals.some((one) => one.gate === 4 && one.state === 'approved')
  const values = seedMetrics({
    ...(signed ? { deployment_approval: metricValue('deployment_approval', 'system', 100) } : {}),
    ...metrics,
  })
  const input = { ...gateInput(config, { metrics: values }), approvals }
  const reviewed = new Set(approvals.filter((one) => one.state === 'approved').map((one) => one.gate))
  const levels = evaluateLevels({ ...input, reviewed, judge: requirementJudge(input) })
  const gates = evaluateGates({ ...input, levels })
  const decision = decide({ config, target: 4, levels, gates, errors: [] })
  return { levels: levels.map((one) => one.state), gates: gates.map((one) => one.state), decision }
}

const live = { actor: 'ben', at: '2026-11-22T10:00:00.000Z', approval: 'f'.repeat(64) }

it('without it both wait', () => {
  expect(judge([])).toMatchObject({
    levels: ['passed', 'passed', 'pending_review', 'blocked'],
    gates: ['open', 'open', 'awaiting_approval', 'entry_failed'],
  })
})

it("gate 3's approval is level 3's review, opens it and lets gate 4 be asked", () => {
  expect(judge([approved()])).toMatchObject({
    levels: ['passed', 'passed', 'passed', 'pending_review'],
    gates: ['open', 'open', 'open', 'awaiting_approval'],
    decision: { verdict: 'pending', level: 3, pendingFor: 'approval' },
  })
})

describe('gate 4', () => {
  it('approved, waits for the dispatch that goes live', () => {
    expect(judge([approved(), approved({ gate: 4 })])).toMatchObject({
      gates: ['open', 'open', 'open', 'approved'],
      decision: { verdict: 'pending', pendingFor: 'approval', proceed: false },
    })
  })

  it('gone live, is open: every level is reached', () => {
    expect(judge([approved(), approved({ gate: 4, goLive: live })])).toMatchObject({
      levels: ['passed', 'passed', 'passed', 'passed'],
      gates: ['open', 'open', 'open', 'open'],
      decision: { verdict: 'passed', level: 4 },
    })
  })

  it('that goes on by itself opens with the approval', () => {
    const itself = (config: Config): void => {
      config.gates[3]!.autoProgression = true
    }
    expect(judge([approved(), approved({ gate: 4 })], itself).gates[3]).toBe('open')
  })

  it('approved while gate 3 is not, opens nothing', () => {
    expect(judge([approved({ gate: 4, goLive: live })]).gates.slice(2)).toEqual(['awaiting_approval', 'entry_failed'])
  })
})

describe.each([
  ['rejected', 'rejected', 'failed'],
  ['expired', 'expired', 'failed'],
  ['bypassed_or_unknown', 'awaiting_approval', 'failed'],
  ['refused', 'error', 'error'],
  ['void', 'awaiting_approval', 'pending'],
  ['awaiting', 'awaiting_approval', 'pending'],
] as const)('%s', (state, gate, verdict) => {
  it(`leaves the gate ${gate} and the verdict ${verdict}`, () => {
    const result = judge([approved({ state, slots: [] })])
    expect(result.gates[2]).toBe(gate)
    expect(result.decision.verdict).toBe(verdict)
    expect(result.decision.level).toBe(2)
  })
})

it('an approval does not mend what was measured', () => {
  const short = { service_reliability: { value: 99 } }
  const result = judge([approved(), approved({ gate: 4, goLive: live })], () => {}, short)
  expect(result.gates[2]).toBe('exit_failed')
  expect(result.decision).toMatchObject({ verdict: 'failed', level: 2 })
})

it('a no is told as a no: nobody is said to be waited for any more', () => {
  const reasons = [{ code: 'gate_rejected' as const, args: { gate: 3, by: 'ben', environment: 'certify-gate-3' } }]
  const config = readyConfig()
  const input = { ...gateInput(config), approvals: [approved({ state: 'rejected', slots: [], reasons })] }
  const levels = evaluateLevels({ ...input, declined: new Set([3]), judge: requirementJudge(input) })
  const gates = evaluateGates({ ...input, levels })
  const decision = decide({ config, target: 3, levels, gates, errors: [] })
  const codes = decision.reasons.map((one) => one.code)
  expect(codes).toContain('gate_rejected')
  expect(codes).not.toContain('awaiting_approval')
})
