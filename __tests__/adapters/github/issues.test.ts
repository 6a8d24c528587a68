// Issues and sub-issues by the API: closed is what GitHub says is closed; everything else is no answer, and says why.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiIssues } from '../../../src/adapters/github/issues.ts'
import { runOn } from '../../support/github/run.ts'
import { GitHub } from '../../support/github/server.ts'
import type { Issue } from '../../support/github/state.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({ permissions: { issues: 'read' } })
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.stop()
})

function add(change: Partial<Issue> = {}): number {
  const issue = github.state.addIssue('Ship', '', { login: 'alice', type: 'User' })
  Object.assign(issue, change)
  return issue.number
}

async function asked(): Promise<ApiIssues> {
  const { client, context } = await runOn(github)
  return new ApiIssues(client, context)
}

const unknown = (why: RegExp) => ({ state: 'unknown', asked: true, why: expect.stringMatching(why) })

describe('an issue', () => {
  it('is open or closed, asked for once', async () => {
    const [open, closed] = [add(), add({ state: 'closed' })]
    const issues = await asked()
    expect([await issues.issue(open), await issues.issue(closed), await issues.issue(closed)]).toEqual([
      { state: 'open' },
      { state: 'closed' },
      { state: 'closed' },
    ])
    expect(github.requests.map((one) => one.route)).toEqual(Array(2).fill('GET /repos/{owner}/{repo}/issues/{issue_number}'))
  })

  it('that is not there, is a pull request, or was moved away is no answer', async () => {
    github.state.addPull(3)
    const moved = add({ state: 'closed', movedTo: 'acme/other' })
    const issues = await asked()
    expect(await issues.issue(99)).toEqual(unknown(/#99.*not found/))
    expect(await issues.issue(3)).toEqual(unknown(/#3 is a pull request/))
    expect(await issues.issue(moved)).toEqual(unknown(/moved to another repository/))
    expect(await issues.subIssues(3)).toEqual(unknown(/#3 is a pull request/))
  })

  it('that the token may not see, or whose answer does not come, is no answer', async () => {
    const closed = add({ state: 'closed' })
    github.state.permissions = {}
    expect(await (await asked()).issue(closed)).toEqual(unknown(/issues: read/))
    github.state.permissions = { issues: 'read' }
    github.faults.order(/issues/, { status: 502 }, 20)
    expect(await (await asked()).issue(closed)).toEqual(unknown(/answers with an error \(502\)/))
  })
})

describe('sub-issues', () => {
  const SUB = /sub_issues/

  it('are listed with those that are open, over several pages', async () => {
    const subs = Array.from({ length: 130 }, (_, at) => add({ state: at === 117 ? 'open' : 'closed' }))
    const parent = add({ subIssues: subs })
    expect(await (await asked()).subIssues(parent)).toEqual({ state: 'listed', open: [subs[117]], total: 130 })
    expect(github.requests.filter((one) => SUB.test(one.route)).map((one) => one.query.per_page)).toEqual(['100', '100'])
  })

  it('of an issue that has none are none', async () => {
    expect(await (await asked()).subIssues(add())).toEqual({ state: 'listed', open: [], total: 0 })
  })

  it('of which the token sees only some are no answer', async () => {
    const parent = add({ subIssues: [add({ state: 'closed' }), 4711] })
    expect(await (await asked()).subIssues(parent)).toEqual(unknown(/of the 2 sub-issues .* only 1 can be read/))
  })

  it('that cannot be listed are no answer', async () => {
    const parent = add({ subIssues: [add({ state: 'closed' })] })
    github.faults.order(SUB, { status: 404 })
    expect(await (await asked()).subIssues(parent)).toEqual(unknown(/sub-issues of #\d+ cannot be read/))
    expect(await (await asked()).subIssues(99)).toEqual(unknown(/#99/))
  })
})
