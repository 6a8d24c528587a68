import { describe, expect, it } from '@jest/globals'
import { conclude, type FailOn } from '../../src/certificate/conclude.ts'
import type { Decision } from '../../src/model/judgement.ts'

type Of = Pick<Decision, 'verdict' | 'pendingFor' | 'warnings'>
const passed: Of = { verdict: 'passed', pendingFor: null, warnings: 0 }
const warned: Of = { verdict: 'passed', pendingFor: null, warnings: 2 }
const approval: Of = { verdict: 'pending', pendingFor: 'approval', warnings: 2 }
const evidence: Of = { verdict: 'pending', pendingFor: 'evidence', warnings: 2 }
const failed: Of = { verdict: 'failed', pendingFor: null, warnings: 2 }
const error: Of = { verdict: 'error', pendingFor: null, warnings: 2 }

const TABLE: [string, Of, FailOn, 0 | 1 | 2, string][] = [
  ['passed', passed, 'never', 0, 'success'],
  ['passed', passed, 'failed', 0, 'success'],
  ['passed', passed, 'pending', 0, 'success'],
  ['passed', passed, 'warn', 0, 'success'],
  ['passed with warnings', warned, 'never', 0, 'success'],
  ['passed with warnings', warned, 'failed', 0, 'success'],
  ['passed with warnings', warned, 'pending', 0, 'success'],
  ['passed with warnings', warned, 'warn', 1, 'failure'],
  ['pending for approval', approval, 'never', 0, 'action_required'],
  ['pending for approval', approval, 'failed', 0, 'action_required'],
  ['pending for approval', approval, 'pending', 1, 'action_required'],
  ['pending for approval', approval, 'warn', 1, 'action_required'],
  ['pending for evidence', evidence, 'never', 0, 'action_required'],
  ['pending for evidence', evidence, 'failed', 1, 'action_required'],
  ['pending for evidence', evidence, 'pending', 1, 'action_required'],
  ['pending for evidence', evidence, 'warn', 1, 'action_required'],
  ['failed', failed, 'never', 0, 'failure'],
  ['failed', failed, 'failed', 1, 'failure'],
  ['failed', failed, 'pending', 1, 'failure'],
  ['failed', failed, 'warn', 1, 'failure'],
  ['error', error, 'never', 2, 'failure'],
  ['error', error, 'failed', 2, 'failure'],
  ['error', error, 'pending', 2, 'failure'],
  ['error', error, 'warn', 2, 'failure'],
]

describe('enforce', () => {
  it.each(TABLE)('%s (%j) under fail-on %s: exit %d, %s', (_name, decision, failOn, exit, conclusion) => {
    expect(conclude(decision, failOn, 'enforce')).toEqual({ exit, conclusion })
  })
})

describe('advisory', () => {
  it.each(TABLE)(
    '%s (%j) under fail-on %s: only an error stops the step, and nothing but a pass is a success',
    (name, decision, failOn) => {
      const expected =
        name === 'error'
          ? { exit: 2, conclusion: 'failure' }
          : { exit: 0, conclusion: name.startsWith('passed') ? 'success' : 'neutral' }
      expect(conclude(decision, failOn, 'advisory')).toEqual(expected)
    },
  )
})
