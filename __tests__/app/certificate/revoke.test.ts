// Revoking ends a certificate with whatever took its place, is said to the commit until that shows it, and is nobody else's to do.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { issue } from '../../../src/app/certificate/issue.ts'
import { revoke } from '../../../src/app/certificate/revoke.ts'
import type { Ports } from '../../../src/app/ports.ts'
import type { RevokedData } from '../../../src/model/certificate.ts'
import { SUBJECT } from '../../support/gate-jobs.ts'
import { COMMIT, invocation } from '../../support/ports.ts'
import { OTHER, Recertifying } from '../../support/recertifying.ts'

let one: Recertifying
let first: string
beforeEach(async () => {
  one = await Recertifying.certified()
  first = one.issued[0]!.certificate.id
})

const revoked = (id: string, change: Partial<Ports> = {}) =>
  revoke(invocation({ command: 'revoke', certificate: id, reason: 'vulnerability', json: true }), one.world(change))
const ended = (): string[] =>
  one.records.filter(({ header }) => header.type === 'certificate.revoked').map(({ data }) => (data as RevokedData).id)
/** In May it is due, and renewed. */
const renewed = async (): Promise<string> => {
  one.at('2027-05-01T00:00:00Z')
  await one.looked()
  return one.issued.at(-1)!.certificate.id
}

describe('of a certificate that was renewed', () => {
  it.each([
    ['the first', 0],
    ['the newest', 1],
  ])('%s ends with the other, and the door stays shut', async (_, at) => {
    const ids = [first, await renewed()]
    expect(ids[1]).not.toBe(first)
    const { exit, output } = await revoked(ids[at]!)
    expect([exit, JSON.parse(output)]).toEqual([0, expect.objectContaining({ id: ids[at], also: [ids[1 - at]] })])
    expect(ended()).toEqual(ids)
    expect(await one.door()).toMatchObject({ exit: 1, refusal: 'REVOKED' })
    const again = await issue(invocation({ command: 'issue' }), one.world())
    expect([again.exit, again.output]).toEqual([1, expect.stringMatching(/was revoked: evaluate/)])
    const listed = Buffer.from(one.files.get('revocations.json')!).toString()
    for (const id of ids) expect(listed).toContain(id)
  })

  it('where it is renewed while that is written, the renewal ends too', async () => {
    const { store } = one.jobs
    store.before = async () => {
      store.before = () => {}
      await renewed()
    }
    await revoked(first)
    expect(ended()).toEqual(one.issued.map(({ certificate }) => certificate.id))
    expect(ended()).toHaveLength(2)
    expect(await one.door()).toMatchObject({ exit: 1, refusal: 'REVOKED' })
  })

  it('where only the first was revoked before, the newer one ends now', async () => {
    await revoked(first)
    const { certificate } = one.issued[0]!
    await one.copies([[certificate, 1, { supersedes: first }]])
    const { output } = await revoked(first)
    expect(ended()).toEqual([first, one.issued[1]!.certificate.id])
    expect(JSON.parse(output).also).toEqual([one.issued[1]!.certificate.id])
  })

  it('no certificate ends that is of another commit, use or repository, whatever place it says it took', async () => {
    const { certificate } = one.issued[0]!
    const change = [{ commit: OTHER }, { name: 'api' }, { repository: 'acme/other' }]
    await one.copies(change.map((each) => [certificate, 1, { ...each, supersedes: first }]))
    await revoked(first)
    expect(ended()).toEqual([first])
  })

  it('is one record where two revoke it at once, and both say so', async () => {
    const { store } = one.jobs
    store.before = async () => {
      store.before = () => {}
      await revoked(first)
    }
    expect(await revoked(first)).toMatchObject({ exit: 0 })
    expect(ended()).toEqual([first])
  })
})

it('the commit is told under the name of its certificate, and by the next run where the first ended before it', async () => {
  const told: unknown[] = []
  const cutOff = async (): Promise<void> => {
    throw new Error('cut off')
  }
  await expect(revoked(first, { tellRevoked: cutOff })).rejects.toThrow('cut off')
  const asked = invocation({ command: 'revoke', certificate: first, reason: 'requested', name: 'another' })
  await revoke(asked, one.world({ tellRevoked: async (each) => void told.push(each) }))
  expect(told).toEqual([{ commit: COMMIT, id: first, name: 'certify', text: expect.stringMatching(/a vulnerability/) }])
  expect(ended()).toEqual([first])
})

it.each<[string, Partial<Ports>]>([
  ['a pull request', { subject: { ...SUBJECT, event: 'pull_request', pullRequest: 7 } }],
  ['a merge queue', { subject: { ...SUBJECT, event: 'merge_group' } }],
  ['another branch', { branch: { name: 'feature', isDefault: false } }],
  ['no workflow, on a laptop', { inAction: false }],
])('a run of %s may not, and nothing is recorded or told', async (_, change) => {
  const before = one.bytes
  let told = 0
  await expect(revoked(first, { ...change, tellRevoked: async () => void told++ })).rejects.toMatchObject({
    code: 'not_trusted',
    hint: expect.stringContaining('default branch'),
  })
  expect([one.bytes, told]).toEqual([before, 0])
  expect(await one.door()).toMatchObject({ exit: 0 })
})
