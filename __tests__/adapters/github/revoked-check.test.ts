// What a revoked certificate's commit shows: a failed check of the verdict's name, once, however often it is told.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { tellRevoked } from '../../../src/adapters/github/revoked-check.ts'
import { HEAD, runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({ permissions: { checks: 'write' } })
})
afterEach(async () => {
  await github.stop()
})

const TOLD = { commit: HEAD, id: 'CERT-1', name: 'api', text: 'It was revoked.' }
const shown = () => github.state.checkRuns.map(({ name, external_id, conclusion }) => [name, external_id, conclusion])
const SHOWN = ['api verdict', 'certify:revoked CERT-1', 'failure']

it('is a failed check of the name that its certificate has, posted once', async () => {
  const run = await runOn(github)
  await tellRevoked(TOLD, run)
  await tellRevoked(TOLD, run)
  expect(shown()).toEqual([SHOWN])
  expect(run.log.warnings).toEqual([])
})

it('is posted beside what the commit shows of other certificates and names, and of its own where that is no failure', async () => {
  const run = await runOn(github)
  const { owner, repo } = run.context
  const check = { owner, repo, head_sha: HEAD, status: 'completed', conclusion: 'success' } as const
  await run.client.rest.checks.create({ ...check, name: 'api verdict', external_id: 'certify:revoked CERT-1' })
  for (const other of [{ id: 'CERT-2' }, { name: 'docs' }]) await tellRevoked({ ...TOLD, ...other }, run)
  await tellRevoked(TOLD, run)
  expect(shown()).toHaveLength(4)
  expect(shown().at(-1)).toEqual(SHOWN)
})

it('is posted where what is shown cannot be read, and where it cannot be posted that is a warning', async () => {
  const run = await runOn(github)
  github.faults.order(/GET .*check-runs/, { status: 502 }, 20)
  await tellRevoked(TOLD, run)
  expect(shown()).toEqual([SHOWN])
  github.state.permissions = {}
  await tellRevoked(TOLD, run)
  expect(run.log.warnings.at(-1)).toMatch(/does not show that its certificate was revoked.*checks: write/)
})
