// `certify setup` against the stand-in: what it plans, that it asks, what it makes, and what it says the API cannot do.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient } from '../../src/adapters/github/client.ts'
import { ApiSetup } from '../../src/adapters/github/setup.ts'
import { setup } from '../../src/app/setup.ts'
import { KeptLog } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { invocation, world } from '../support/ports.ts'

const CONFIG = `version: 1
certification_gates:
  gate_3: { environment: certify-gate-3, refs: [main, release] }
  gate_4: { environment: certify-gate-4 }
`

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({
    permissions: { contents: 'read', actions: 'write', administration: 'write', members: 'read' },
    private: false,
  })
  for (const login of ['carol', 'dave']) github.state.account(login)
  github.state.teams.set('acme/release', 8001)
})
afterEach(async () => {
  await github.stop()
  expect(github.violations).toEqual([])
})

interface Asked {
  reviewers?: string[]
  yes?: boolean
  dryRun?: boolean
  json?: boolean
  config?: string
  /** What the person at the terminal says; left out: nobody sits there. */
  answer?: boolean
}

async function run({
  reviewers = ['carol', 'acme/release'],
  yes = false,
  dryRun = false,
  json = false,
  config = CONFIG,
  answer,
}: Asked = {}) {
  const shown: string[] = []
  const confirm = async (text: string, question: string): Promise<boolean> => {
    shown.push(text, question)
    return answer === true
  }
  const client = await createClient({ token: github.token, env: { GITHUB_API_URL: github.url }, log: new KeptLog(), pauseMs: 5 })
  const place = { owner: 'acme', repo: 'shop', serverUrl: 'https://github.com' }
  const host = new ApiSetup(client, place, answer === undefined ? null : confirm)
  const ended = await setup(
    { ...invocation({ dryRun, json }), reviewers, yes },
    world({ '.github/certification.yml': config }),
    host,
  )
  return { ...ended, shown }
}

const writes = () =>
  github.calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/environments/')[1]}`)

describe('consent', () => {
  it('is needed: without a terminal and without --yes nothing is changed', async () => {
    const { exit, output } = await run()
    expect(exit).toBe(1)
    expect(output).toContain('required reviewers: add carol, acme/release')
    expect(output).toContain('nothing was changed')
    expect(writes()).toEqual([])
  })

  it('is asked for at a terminal, after the plan was shown', async () => {
    const { exit, shown } = await run({ answer: false })
    expect(shown[0]).toMatch(/environment certify-gate-3 \(gate 3\)\n {2}\+ create it\n/)
    expect(shown[1]).toBe('Change these environments?')
    expect(exit).toBe(1)
    expect(writes()).toEqual([])
  })

  it('is not taken from --yes with a dry run', async () => {
    await run({ yes: true, dryRun: true })
    expect(writes()).toEqual([])
  })
})

describe('with consent', () => {
  it('makes the environments with reviewers, without self-review, for the branches of the policy', async () => {
    await run({ answer: true })
    expect(github.state.environments.get('certify-gate-3')).toMatchObject({
      reviewers: ['carol', 'acme/release'],
      preventSelfReview: true,
      waitMinutes: 0,
      branches: 'named',
      patterns: [
        { name: 'main', type: 'branch' },
        { name: 'release', type: 'branch' },
      ],
    })
    // The policy names no refs for gate 4: the default branch.
    expect(github.state.environments.get('certify-gate-4')).toMatchObject({ patterns: [{ name: 'main', type: 'branch' }] })
  })

  it('reads them again and says what the API cannot do, and where it is done', async () => {
    const { exit, output } = await run({ yes: true })
    const { id } = github.state.environments.get('certify-gate-4')!
    expect(exit).toBe(1)
    expect(output).toContain('2 environments set up')
    expect(output.replace(/\s+/g, ' ')).toContain('certify-gate-4: administrators may bypass it → untick "Allow administrators')
    expect(output.replace(/\s+/g, '')).toContain(`https://github.com/acme/shop/settings/environments/${id}/edit`)
  })

  it('leaves what is there: reviewers, wait, bypass; takes away what would let others in', async () => {
    github.state.addEnvironment('certify-gate-4', {
      reviewers: ['dave'],
      waitMinutes: 5,
      adminsBypass: false,
      branches: ['main', 'dev'],
    })
    github.state.addEnvironment('certify-gate-3', {
      reviewers: ['carol'],
      preventSelfReview: true,
      adminsBypass: false,
      branches: ['main', 'dev'],
    })
    const { output } = await run({ yes: true, reviewers: ['carol'], config: CONFIG.replace(', release', '') })
    expect(output).toContain('no longer from dev')
    const [three, four] = [3, 4].map((gate) => github.state.environments.get(`certify-gate-${gate}`)!)
    expect(three).toMatchObject({ reviewers: ['carol'], patterns: [{ name: 'main' }], adminsBypass: false })
    expect(four).toMatchObject({
      reviewers: ['dave', 'carol'],
      waitMinutes: 5,
      preventSelfReview: true,
      patterns: [{ name: 'main' }, { name: 'dev' }],
    })
  })

  it('keeps the tags that an environment is limited to, where the policy names no refs', async () => {
    const four = github.state.addEnvironment('certify-gate-4', { reviewers: ['dave'], adminsBypass: false, branches: ['v*'] })
    four.patterns[0]!.type = 'tag'
    await run({ yes: true, config: CONFIG.replace('gate_3: {', 'gate_3: { enabled: false,') })
    expect(four).toMatchObject({ preventSelfReview: true, branches: 'named', patterns: [{ name: 'v*', type: 'tag' }] })
  })

  it('is done where all is as it should be: nothing is asked and nothing sent', async () => {
    const rules = { reviewers: ['carol'], preventSelfReview: true, adminsBypass: false, branches: ['main'] }
    for (const gate of [3, 4]) github.state.addEnvironment(`certify-gate-${gate}`, rules)
    const { exit, output } = await run({ reviewers: [], config: CONFIG.replace(', release', ''), answer: true })
    expect(exit).toBe(0)
    expect(output.match(/is as it should be/g)).toHaveLength(2)
    expect(writes()).toEqual([])
  })

  it('takes the people that the policy lists for a sign-off', async () => {
    const config = CONFIG.replace('environment: certify-gate-4', 'sign_offs: [{ role: final, environment: go, users: [dave] }]')
    await run({ yes: true, config })
    expect(github.state.environments.get('go')).toMatchObject({ reviewers: ['carol', 'acme/release', 'dave'] })
  })

  it('tells it as one document under --json, which nobody is asked about', async () => {
    const refused = JSON.parse((await run({ json: true, answer: true })).output)
    expect(refused).toMatchObject({ changed: 'refused', left: [] })
    const { output } = await run({ json: true, yes: true })
    expect(JSON.parse(output)).toMatchObject({
      changed: 'all',
      plan: [{ name: 'certify-gate-3', gate: 3, changes: expect.arrayContaining(['create it']) }, { name: 'certify-gate-4' }],
      left: [
        { environment: 'certify-gate-3', setting: 'administrators may bypass it', url: expect.stringContaining('/edit') },
        {},
      ],
    })
  })
})

describe('what cannot be done', () => {
  it("a workflow's own token: an error that says which it takes", async () => {
    github.state.permissions = { contents: 'write', actions: 'write' }
    await expect(run({ yes: true, reviewers: ['carol'] })).rejects.toMatchObject({
      code: 'needs_administration',
      message: expect.stringContaining('administration: write'),
      hint: expect.stringContaining('GH_TOKEN'),
    })
    expect(github.state.environments.size).toBe(0)
  })

  it('no token: an error', async () => {
    await expect(setup({ ...invocation(), reviewers: [], yes: true }, world({}), null)).rejects.toMatchObject({
      code: 'needs_github',
    })
  })

  it('nobody named', async () => {
    await expect(run({ yes: true, reviewers: [] })).rejects.toMatchObject({ hint: expect.stringContaining('--reviewers') })
  })

  it.each(['nobody-here', 'acme/gone'])('somebody who does not exist: %s', async (name) => {
    await expect(run({ yes: true, reviewers: [name] })).rejects.toMatchObject({ code: 'reviewer_unknown' })
    expect(writes()).toEqual([])
  })

  it('more reviewers than an environment takes', async () => {
    const many = Array.from({ length: 7 }, (_, at) => github.state.account(`r${at}`).login)
    await expect(run({ yes: true, reviewers: many })).rejects.toMatchObject({ code: 'too_many_reviewers' })
    expect(writes()).toEqual([])
  })

  it('a plan without required reviewers: said before, or when GitHub says so', async () => {
    github.state.private = true
    await expect(run({ yes: true })).rejects.toMatchObject({
      code: 'plan_lacks_reviewers',
      hint: expect.stringContaining('mechanism: issue'),
    })
    github.state.plan = 'free'
    const before = writes().length
    await expect(run({ yes: true })).rejects.toMatchObject({ code: 'plan_lacks_reviewers' })
    expect(writes()).toHaveLength(before)
  })

  it('a policy that names a fallback has no environment to set up', async () => {
    const { exit, output } = await run({
      config: `${CONFIG}certification_validation: { manual_review: { mechanism: issue, approvers: [carol] } }\n`,
    })
    expect([exit, output.trim()]).toEqual([0, 'no gate waits in an environment: there is nothing to set up'])
  })
})
