// What issuing rests on: the time that was judged at, what the ledger already holds, and the branch that it is of.
import { describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { invocation } from '../../support/ports.ts'
import { CERTIFIED, Recertifying, SARIF, VULNERABLE } from '../../support/recertifying.ts'

async function issued(one: Recertifying, change: Parameters<Recertifying['world']>[0] = {}) {
  const { exit, output, outputs } = await issue(invocation({ command: 'issue' }), one.world(change))
  return { exit, output, id: outputs!['certificate-id'] }
}

describe('what ended between the evaluation and issuing', () => {
  const SUPPRESSED = `${CERTIFIED}suppressions: [{ id: injection, owner: anna, justification: out of reach, expires: 2026-11-25 }]\n`
  const ATTESTED = CERTIFIED.replace(
    'check: "criterion:documentation_completeness"',
    'attested: { by: anna, on: 2026-11-20, evidence: "https://a.example/x", expires: 2026-11-26 }',
  )
  const WAIVED = CERTIFIED.replace(
    'certification_levels:\n',
    `certification_levels:
  level_2:
    validation_criteria:
      external_integration: { not_applicable: { reason: no such system is used here, expires: 2026-11-26 } }
`,
  )

  it.each([
    ['a suppression', SUPPRESSED, VULNERABLE, 'the suppression of injection'],
    ['a word for an item of a checklist', ATTESTED, null, 'the word for "It is described"'],
    ['a waiver', WAIVED, null, 'the waiver of external_integration'],
  ])('gives no certificate: %s', async (_, policy, findings, what) => {
    const at = async (time: string) => {
      const one = new Recertifying(policy)
      if (findings !== null) one.jobs.files.set(SARIF, findings)
      await one.jobs.wentLive()
      return issued(one.at(time))
    }
    expect(await at('2026-11-25T23:59:59Z')).toMatchObject({ exit: 0 })
    const { exit, output } = await at('2026-11-26T00:00:00Z')
    expect([exit, output]).toEqual([1, expect.stringContaining(`ended before it began: ${what} (2026-11-26).`)])
  })
})

it('an unsigned renewal comes out again at the door as of its own day', async () => {
  const one = await Recertifying.certified(
    CERTIFIED.replace('signers:', 'attest: never, door: { allow_unsigned: true }, signers:'),
  )
  one.at('2027-05-01T00:00:00Z')
  await one.looked()
  expect(one.issued).toHaveLength(2)
  expect(await one.door()).toMatchObject({ exit: 0, id: one.issued[1]!.certificate.id })
})
