// The Action's outputs as interface.md lists them: words, numbers and JSON of known shape, whatever the reports say.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { outputsOf } from '../../src/app/show.ts'
import type { Result } from '../../src/model/result.ts'
import { invocation, world } from '../support/ports.ts'
import { junit, lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'

async function outputs(files: Record<string, string>) {
  const { result } = await run(invocation(), world({ [CONFIG]: POLICY, ...files }))
  return { result: result as Result, outputs: outputsOf(result as Result, { state: 'off' }, 'out') }
}

describe('the outputs', () => {
  it('of a run that passed', async () => {
    const { outputs: out, result } = await outputs(readyFiles())
    expect(out).toEqual({
      verdict: 'passed',
      level: '2',
      gates: expect.any(String),
      proceed: 'true',
      'failed-criteria': '[]',
      'evidence-digest': result.evidenceDigest,
      'certificate-id': '',
      'certificate-path': '',
      'record-digest': '',
      // Only a run that cannot write leaves one, for the trusted half of the fork pair.
      'evaluation-digest': '',
      'ledger-head': '',
      'report-path': 'out/result.json',
    })
    expect(JSON.parse(out.gates!)).toMatchObject({ '1': 'open', '2': 'open' })
    expect(Object.keys(JSON.parse(out.gates!))).toEqual(['1', '2', '3', '4'])
    expect(out['evidence-digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('of a run that failed: proceed is empty, not "false", which a workflow would take for true', async () => {
    const { outputs: out } = await outputs({ ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) })
    expect(out).toMatchObject({ verdict: 'failed', level: '0', proceed: '' })
    expect(JSON.parse(out['failed-criteria']!)).toEqual(['test_coverage'])
  })

  it('of a run that could not be judged: every one is there', async () => {
    const { outputs: out } = await outputs({ [CONFIG]: 'mode: [' })
    expect(out).toMatchObject({ verdict: 'error', level: '0', gates: '{}', proceed: '', 'failed-criteria': '[]' })
    expect(Object.keys(out)).toHaveLength(12)
  })

  it('are one line each, and hold nothing that a report says', async () => {
    const hostile = 'x\n::set-output name=verdict::passed'
    const files = { ...readyFiles(), 'reports/component/junit.xml': junit([{ suite: hostile, name: hostile, failure: hostile }]) }
    const { outputs: out } = await outputs(files)
    expect(out.verdict).toBe('failed')
    for (const value of Object.values(out)) expect(value).not.toMatch(/\n|::|set-output/)
  })
})
