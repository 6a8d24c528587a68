// What a missing report's step says is enough: whoever does it, and nothing else, has the report counted.
import { describe, expect, it } from '@jest/globals'
import type { Result } from '../../src/model/result.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, world } from '../support/ports.ts'
import { junit, lcov } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const HEAD = 'version: 1\ntarget: { local: 2 }\n'
const JUNIT = junit([{ suite: 'shop', name: 'adds' }])
/** Names reports of its own at level 1: discovery then keeps out of coverage and tests. */
const OWN = `${HEAD}metrics:\n  test_coverage: { evidence: [unit/lcov.info, unit/junit.xml] }\n`
const FILES = { 'unit/lcov.info': lcov(10, 10), 'unit/junit.xml': JUNIT }

async function judge(policy: string, files: Record<string, string>): Promise<Result> {
  return evaluate(invocation(), world({ [CONFIG]: policy, ...files }))
}

function lack(result: Result, id: string): { text: string; files: string[] } {
  const { steps } = result.levels.flatMap((level) => level.criteria).find((one) => one.id === id)!
  const step = steps.find((one) => one.kind === 'supply')
  return { text: step?.text ?? '', files: step?.items.map((item) => item.name) ?? [] }
}

describe('a report that is missing', () => {
  it('of a kind that the policy names elsewhere has to be named too: written alone it is not read', async () => {
    const before = lack(await judge(OWN, FILES), 'integration_test_coverage')
    expect(before).toEqual({
      text: "Have an earlier step write coverage/integration/lcov.info, and name it in the policy as the metric's evidence",
      files: ['coverage/integration/lcov.info'],
    })
    const written = { ...FILES, 'coverage/integration/lcov.info': lcov(10, 10, 'src/other.js') }
    expect(lack(await judge(OWN, written), 'integration_test_coverage')).toEqual(before)
    const named = `${OWN}  integration_test_coverage: { evidence: coverage/integration/lcov.info }\n`
    expect(lack(await judge(named, written), 'integration_test_coverage').files).toEqual([])
  })

  it('that discovery would find needs no more than to be written', async () => {
    const text = 'Have an earlier step write coverage/integration/lcov.info'
    expect(lack(await judge(HEAD, {}), 'integration_test_coverage').text).toBe(text)
    const written = { 'coverage/integration/lcov.info': lcov(10, 10) }
    expect(lack(await judge(HEAD, written), 'integration_test_coverage').files).toEqual([])
  })

  it('has to be named wherever discovery is switched off', async () => {
    const result = await judge(`${HEAD}discovery: false\n`, {})
    expect(lack(result, 'test_coverage').text).toMatch(/, and name it in the policy as the metric's evidence$/)
  })

  it('is told by a gate in the same way: a policy that names tests has to name those of the gate', async () => {
    const { gates } = await judge(OWN, { 'unit/lcov.info': FILES['unit/lcov.info'], 'unit/junit.xml': JUNIT })
    const reasons = gates[1]!.exit.flatMap((item) => item.reasons).filter((one) => one.code === 'evidence_missing')
    expect(reasons.map((one) => one.fix)).toContain(
      'Have an earlier step write reports/integration/junit.xml, and name it in the policy as evidence',
    )
  })
})
