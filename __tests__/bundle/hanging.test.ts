// The bundle where GitHub takes a request and never answers: the time limit of the policy ends the judging and the process.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { pullRequestEvent } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { POLICY, readyFiles } from '../support/ready-repository.ts'
import { runStep, unpackAction } from '../support/runner.ts'

let action: string
let github: GitHub

beforeAll(() => {
  action = unpackAction()
})
beforeEach(async () => {
  github = await GitHub.start()
  github.state.addFile('main', '.github/certification.yml', `${POLICY}timeout: 1\n`)
})
afterEach(() => github.stop())

it('could not judge: exit 2, said on the pull request, without waiting for the answer that never comes', async () => {
  const jobs = /\/actions\/runs\/\{run_id\}.*\/jobs/
  github.faults.order(jobs, 'hang', 100)
  const event = pullRequestEvent(github, github.state.addPull(7))
  const end = await runStep(action, { github, files: readyFiles(), event })
  expect(end.exit).toBe(2)
  expect(end.outputs).toMatchObject({ verdict: 'error', level: '0', proceed: '' })
  expect(end.stdout).toMatch(/longer than 1 s/)
  expect(github.state.checkRuns).toMatchObject([{ conclusion: 'failure' }])
  // The client would give up after twenty seconds and ask again: the process ended before.
  expect(github.requests.filter((request) => jobs.test(request.route))).toHaveLength(1)
})
