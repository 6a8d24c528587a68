// The schedule of docs/recertify.md, word for word: what is certified is listed, scanned, and looked at again by the released workflow.
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { sarif } from '../support/ready-repository.ts'
import { Certified, type Moment, SIGNER } from '../support/workflows/certified.ts'
import { logOf, recordsOf, SHA } from '../support/workflows/gate-scene.ts'
import type { RunEnd } from '../support/workflows/model.ts'
import { play } from '../support/workflows/play.ts'
import { unzip } from '../support/workflows/unzip.ts'

const FILE = '.github/workflows/recertify.yml'
const SHOWN = [...readFileSync('docs/recertify.md', 'utf8').matchAll(/^```yaml\n(name: Recertify\n.*?)^```/gms)].map(
  (match) => match[1]!,
)
const RECERTIFIER = SIGNER.replace('issue', 'recertify')
const VULNERABLE = sarif([{ rule: 'injection', level: 'error', path: 'src/shop.js', line: 3, message: 'an injection' }])
/** What somebody would write there: it leaves the reports of that commit. */
const SCAN = '#!/bin/sh\nmkdir -p reports/component\ncp made/scan.sarif reports/component/semgrep.sarif\n'
/** It ends so soon that it is due at once. */
const SHORT = 'certificate: { validity: P7D, '
const LONG = 'certificate: { validity: P6M, '

const certified = await Certified.create()
if (certified === null) console.warn('skipped: renewals signed by a workflow, because there is no openssl to play Sigstore with')

it('is shown once on its page', () => {
  expect(SHOWN).toHaveLength(1)
})

;(certified === null ? describe.skip : describe)('a schedule over a repository with one certificate', () => {
  const one = certified as Certified
  const state = one?.scene.github.state
  let issued: Moment
  let runs = 5000

  const under = (certificate: string): void => one.policy((text) => text.replace('certificate: { ', certificate))
  const typesOf = (): string[] => recordsOf(one.scene.github).map(({ type }) => type)
  const added = (since: number): string[] => typesOf().slice(since)

  /** The run of a night, in which that was found; null: there is nothing to scan with. */
  async function night(found: string | null, shown = SHOWN[0]!): Promise<RunEnd> {
    const { world } = one.scene
    const { files } = world
    // Sigstore is played.
    const workflow = shown.replace('artifacts: recertify-*', `artifacts: recertify-*, trusted-root: "${one.roots}"`)
    const { inputs: _, ...payload } = world.event.payload
    const scanned = { ...files, 'scan.sh': SCAN, ...(found === null ? {} : { 'made/scan.sarif': found }) }
    const event = { ...world.event, name: 'schedule', payload }
    runs += 1
    return play({ ...world, run: runs, files: scanned, event, workflows: { [FILE]: workflow } }, FILE)
  }

  beforeAll(async () => {
    under(SHORT)
    const release = await one.released()
    await one.goLive(release.ended.get('certify')!.outputs.approval!)
    expect(typesOf().at(-1)).toBe('certificate.issued')
    issued = one.moment
    one.sigstore.identity = { ...one.sigstore.identity, workflow: `${RECERTIFIER}@refs/tags/v1` }
  }, 120_000)
  afterEach(() => one.back(issued))
  afterAll(async () => {
    const { violations } = one.scene.github
    await one.stop()
    expect(violations).toEqual([])
  })

  it('renews it on a scan of its commit, signed by the released workflow; the next night does nothing more', async () => {
    const { id } = one.last
    const before = typesOf().length
    under(LONG)
    const end = await night(`${sarif()}\n`)
    expect(end.jobs.map(({ path, result }) => [path, result])).toEqual([
      ['list', 'success'],
      [`scan (${SHA})`, 'success'],
      ['recertify/recertify', 'success'],
    ])
    expect(added(before)).toEqual(['evaluation', 'certificate.renewed'])
    const { certificate, signing, renews } = recordsOf(one.scene.github).at(-1)!.data as {
      certificate: { id: string; commit: string }
      signing: { state: string }
      renews: string
    }
    expect([renews, signing.state, certificate.commit]).toEqual([id, 'signed', SHA])
    expect(end.ended.get('recertify')!.outputs['ledger-head']).toMatch(/^[0-9a-f]{64}$/)
    const left = state.artifacts.findLast(({ name }) => name === 'certify-renewed')!
    const paths = [...unzip(left.blob)].map(([path]) => path)
    expect(paths).toContain(`${certificate.id}/certificate/certificate.sigstore.json`)
    // The door knows both workflows that are released with the action.
    expect(await one.door({ commit: SHA, level: '4' })).toMatchObject({ exit: 0, refusal: '' })
    const renewed = one.moment
    const next = await night(`${sarif()}\n`)
    expect([next.conclusion, one.moment]).toEqual(['success', renewed])
  }, 120_000)

  it('tells of a vulnerability once, and keeps the certificate where the policy only warns', async () => {
    const before = typesOf().length
    under(LONG)
    const end = await night(VULNERABLE)
    expect([end.conclusion, added(before)]).toEqual(['success', ['evaluation', 'notification', 'notification']])
    const job = end.jobs.find(({ path }) => path === 'recertify/recertify')
    expect(logOf(job)).toMatch(/no longer meets level 4: security_score/)
    expect(job!.steps.find(({ name }) => name === 'certify')!.summary).toContain('no longer meets')
    const told = one.moment
    await night(VULNERABLE)
    expect(one.moment).toBe(told)
  }, 120_000)

  it('revokes for it where the policy says so: the commit shows it, and the door refuses', async () => {
    const before = typesOf().length
    under(`${SHORT}recertify: { on_failure: revoke }, `)
    const end = await night(VULNERABLE)
    expect([end.conclusion, added(before)]).toEqual(['success', ['evaluation', 'certificate.revoked']])
    expect(state.checkRuns.at(-1)).toMatchObject({ head_sha: SHA, conclusion: 'failure' })
    expect([...state.git.files('certify-ledger').keys()]).toContain('revocations.json')
    expect((await one.door({ commit: SHA, level: '4' })).refusal).toBe('POLICY_MISMATCH')
  }, 120_000)

  it('renews nothing where the job scans what it did not check out', async () => {
    const before = typesOf().length
    under(LONG)
    const careless = SHOWN[0]!.replace(/\n +with: \{ ref: "\$\{\{ matrix\.commit \}\}" \}/, '')
    expect(careless).not.toBe(SHOWN[0])
    const end = await night(`${sarif()}\n`, careless)
    const scan = end.jobs.find(({ path }) => path.startsWith('scan ('))
    expect([scan!.result, logOf(scan)]).toEqual(['failure', expect.stringMatching(/said to be of a{12}, and .* is checked out/)])
    const recertified = end.jobs.find(({ path }) => path === 'recertify/recertify')
    expect([recertified!.result, logOf(recertified)]).toEqual(['failure', expect.stringMatching(/nothing came of it/)])
    expect(added(before)).toEqual(['notification'])
  }, 120_000)
})
