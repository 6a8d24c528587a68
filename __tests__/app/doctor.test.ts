// `certify doctor` against the stand-in: silent on a good set-up, and on each bad one it names the fault and its fix.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { doctor } from '../../src/app/doctor.ts'
import type { Finding } from '../../src/model/setup.ts'
import { GitHub } from '../support/github/server.ts'
import type { State } from '../support/github/state.ts'
import { doctored, type Files, GOOD, requiredCheck, requiredWorkflow, setUp } from '../support/good-setup.ts'
import { invocation, world } from '../support/ports.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start({ permissions: { contents: 'read', actions: 'read' } })
  setUp(github)
})
afterEach(async () => {
  await github.stop()
  expect(github.violations).toEqual([])
})

async function findings(files: Files = GOOD, change = {}): Promise<Finding[]> {
  const { ports, host } = await doctored(github, files, change)
  const { output } = await doctor(invocation({ json: true }), ports, host)
  return JSON.parse(output).findings
}

const wrong = (all: Finding[]): Finding[] => all.filter(({ state }) => state !== 'ok' && state !== 'not_looked_at')
const unseen = (all: Finding[]): string[] => all.filter(({ state }) => state === 'not_looked_at').map(({ id }) => id)

describe('a good set-up', () => {
  it('has nothing but what is well, each check said', async () => {
    const all = await findings()
    expect(all.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(new Set(all.map(({ id }) => id)).size).toBe(12)
    expect(all.filter(({ id }) => id === 'environment')).toHaveLength(2)
  })

  it('ends with 0, and says that the gates hold', async () => {
    const { ports, host } = await doctored(github, GOOD)
    const ended = await doctor(invocation({ failOn: 'warn' }), ports, host)
    expect(ended).toMatchObject({ exit: 0, output: expect.stringMatching(/^✓ the gates hold\n/) })
  })

  it('is as good from an administrator’s laptop', async () => {
    github.state.permissions.administration = 'read'
    expect(wrong(await findings(GOOD, { inAction: false }))).toEqual([])
  })
})

interface Bad {
  name: string
  files?: (good: Files) => Partial<Files>
  host?: (state: State) => void
  /** Another check that rightly finds something too. */
  also?: string
  finds: { id: string; state: Finding['state']; what: RegExp; risk: RegExp; fix: RegExp | null }
}

const pulls = (from: string | RegExp, to: string) => (good: Files) => {
  expect(good.pulls).toMatch(from)
  return { pulls: good.pulls.replace(from, to) }
}
const config = (from: string | RegExp, to: string) => (good: Files) => ({ config: good.config.replace(from, to) })
const gate3 = (change: object) => (state: State) => void Object.assign(state.environments.get('certify-gate-3')!, change)

const BAD: Bad[] = [
  {
    name: 'an environment that does not exist',
    host: (state) => void state.environments.delete('certify-gate-4'),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-4 \(gate 4\)/,
      risk: /does not exist/,
      fix: /certify setup/,
    },
  },
  {
    name: 'an environment that asks nobody',
    host: gate3({ reviewers: null, preventSelfReview: true }),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-3/,
      risk: /no required reviewers/,
      fix: /Required reviewers.*settings\/environments\/\d+\/edit/,
    },
  },
  {
    name: 'self-review',
    host: gate3({ preventSelfReview: false }),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-3/,
      risk: /approve what they started/,
      fix: /Prevent self-review/,
    },
  },
  {
    name: 'administrators who may bypass',
    host: gate3({ adminsBypass: true }),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-3/,
      risk: /administrators may bypass/,
      fix: /untick "Allow administrators/,
    },
  },
  {
    name: 'an environment that any branch may use',
    host: gate3({ branches: 'any' }),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-3/,
      risk: /any branch may use it, and the policy names main/,
      fix: /Deployment branches/,
    },
  },
  {
    name: 'two sign-offs in one environment',
    files: config('refs: [main] }\n', 'refs: [main], sign_offs: [{ role: technical }, { role: security }] }\n'),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /certify-gate-3/,
      risk: /2 sign-offs.*GitHub takes one/,
      fix: /environment of its own/,
    },
  },
  {
    name: 'one person for two sign-offs',
    files: config(
      'certify-gate-3, refs: [main] }',
      'certify-gate-3, refs: [main], sign_offs: [{ role: technical, environment: certify-gate-4 }, { role: security, environment: gate-s }] }',
    ),
    host: (state) =>
      void state.addEnvironment('gate-s', {
        reviewers: ['dave'],
        preventSelfReview: true,
        adminsBypass: false,
        branches: ['main'],
      }),
    finds: {
      id: 'environment',
      state: 'broken',
      what: /gate 3/,
      risk: /2 people have to sign, and dave alone/,
      fix: /add reviewers/,
    },
  },
  {
    name: "another job in a gate's environment",
    files: ({ release }) => ({ release: release.replace('environment: production', 'environment: { name: certify-gate-4 }') }),
    finds: {
      id: 'environment',
      state: 'risk',
      what: /certify-gate-4/,
      risk: /job deploy in .*release.yml waits in it too/,
      fix: /environment of its own/,
    },
  },
  {
    name: 'a fallback that nobody may use',
    files: (good) => ({ config: `${good.config}certification_validation: { manual_review: { mechanism: issue } }\n` }),
    finds: { id: 'environment', state: 'broken', what: /an issue/, risk: /nobody may approve/, fix: /approvers/ },
  },
  {
    name: 'a plan without required reviewers',
    host: (state) => {
      state.private = true
      state.plan = 'team'
    },
    finds: {
      id: 'plan',
      state: 'broken',
      what: /plan/,
      risk: /cannot have required reviewers/,
      fix: /Enterprise.*mechanism: issue/,
    },
  },
  {
    name: 'a producer that is not waited for',
    files: pulls('needs: [scan]', 'needs: [lint]'),
    finds: {
      id: 'needs',
      state: 'broken',
      what: /job certify in .*ci.yml/,
      risk: /does not wait for (test|scan), which uploads/,
      fix: /needs: \[lint, (test|scan)\]/,
    },
  },
  {
    name: 'evidence that no job makes',
    files: pulls('name: scan,', 'name: scans,'),
    finds: {
      id: 'needs',
      state: 'broken',
      what: /job certify/,
      risk: /no job of this workflow uploads an artifact scan/,
      fix: /it has tests-.*scans/,
    },
  },
  {
    name: 'a job that is skipped with the one before it',
    files: (good) => ({ pulls: good.pulls.replace('needs: [scan]\n    if: always()', 'needs: [scan]') }),
    finds: {
      id: 'skipped',
      state: 'broken',
      what: /job certify in .*ci.yml/,
      risk: /skipped when scan fails.*counts as success/,
      fix: /^if: always\(\)$/,
    },
  },
  {
    name: 'a producer that may be skipped',
    files: pulls('needs: test\n    if: always()', "needs: test\n    if: github.actor != 'bot'"),
    finds: {
      id: 'skipped',
      state: 'risk',
      what: /job scan/,
      risk: /may be skipped \(if: github.actor != 'bot'\)/,
      fix: /expected_skips: \[scan\]/,
    },
  },
  {
    name: 'needs that are not passed on',
    files: pulls(/ {8}env:\n {10}CERTIFY_NEEDS.*\n/, ''),
    finds: {
      id: 'skipped',
      state: 'risk',
      what: /job certify/,
      risk: /not told how scan ended/,
      fix: /CERTIFY_NEEDS: "\$\{\{ toJSON\(needs\) \}\}"/,
    },
  },
  {
    name: 'a workflow that runs for some paths only',
    files: pulls('pull_request:\n', 'pull_request: { paths: ["src/**"] }\n'),
    finds: {
      id: 'skipped',
      state: 'risk',
      what: /ci.yml/,
      risk: /runs on pull_request only where certain paths change/,
      fix: /take paths: out/,
    },
  },
  {
    name: 'a verdict that is swallowed',
    files: pulls('- uses: acme/certify', '- continue-on-error: true\n        uses: acme/certify'),
    finds: {
      id: 'skipped',
      state: 'broken',
      what: /job certify/,
      risk: /succeed whatever the verdict/,
      fix: /continue-on-error out/,
    },
  },
  {
    name: 'a token that may not do it',
    files: ({ release }) => ({ release: release.replace('      actions: read\n', '') }),
    finds: {
      id: 'permissions',
      state: 'broken',
      what: /job certify in .*release.yml/,
      risk: /lacks actions: read: GitHub does not start the run/,
      fix: /permissions: \{ contents: write, actions: read/,
    },
  },
  {
    name: 'a token that may do too much',
    files: pulls('    permissions:\n      contents: read\n', '    permissions:\n      contents: write\n'),
    finds: {
      id: 'permissions',
      state: 'risk',
      what: /job certify/,
      risk: /reads reports with a token that holds contents: write/,
      fix: /take it from this job/,
    },
  },
  {
    name: 'a required check of another name',
    host: (state) =>
      void state.branchRules.set('main', [requiredCheck('certify'), requiredCheck('certify system'), requiredWorkflow]),
    finds: {
      id: 'required',
      state: 'broken',
      what: /required checks/,
      risk: /"certify system" is required, and nothing reports/,
      fix: /require "certify verdict"/,
    },
  },
  {
    name: 'a check that is not required',
    host: (state) => {
      state.branchRules.set('main', [{ ...requiredWorkflow, ruleset_source_type: 'Repository' }])
      state.protectedBranches.set('main', ['lint'])
    },
    finds: {
      id: 'required',
      state: 'broken',
      what: /required checks/,
      risk: /merged whatever the verdict/,
      fix: /require the check "certify verdict"/,
    },
  },
  {
    name: "a job of the check's own name",
    files: pulls('  scan:\n', '  scan:\n    name: Certify Verdict\n'),
    finds: { id: 'required', state: 'broken', what: /job scan/, risk: /like the check with the verdict/, fix: /another name/ },
  },
  {
    name: 'a workflow that no organisation requires',
    host: (state) => void state.branchRules.set('main', [requiredCheck('certify verdict')]),
    finds: { id: 'required', state: 'risk', what: /workflow/, risk: /the check is advice/, fix: /organisation's ruleset/ },
  },
  {
    name: 'a merge queue that nobody answers',
    files: pulls('  merge_group:\n', ''),
    host: (state) => void state.branchRules.get('main')!.push({ type: 'merge_queue' }),
    finds: { id: 'required', state: 'broken', what: /ci.yml/, risk: /merge queue.*waits for ever/, fix: /merge_group/ },
  },
  {
    name: 'artifacts that do not outlive the review',
    host: (state) => {
      state.permissions.administration = 'read'
      state.actionsSettings.retentionDays = 1
    },
    finds: {
      id: 'retention',
      state: 'broken',
      what: /artifact retention/,
      risk: /kept for 1 day\(s\), and a review may take 48 h/,
      fix: /2 days or more/,
    },
  },
  {
    name: 'an artifact that does not outlive the review',
    files: ({ release }) => ({ release: release.replace('retention-days: 30', 'retention-days: 1') }),
    finds: {
      id: 'retention',
      state: 'broken',
      what: /job test in .*release.yml/,
      risk: /keeps tests-all for 1 day/,
      fix: /retention-days: 2 or more/,
    },
  },
  {
    name: 'artifacts on a server that has no such',
    also: 'pins',
    files: (good) => ({
      server: 'https://git.acme.example',
      pulls: good.pulls.replace(/upload-artifact@\w+\n {8}with: \{ name: scan/, 'upload-artifact@v4\n        with: { name: scan'),
    }),
    finds: {
      id: 'actions',
      state: 'broken',
      what: /job scan/,
      risk: /does not work on GitHub Enterprise Server/,
      fix: /version 3/,
    },
  },
  {
    name: 'actions by tag',
    files: pulls(/actions\/checkout@\w+ # v6.0.2/, 'actions/checkout@v6'),
    finds: { id: 'pins', state: 'risk', what: /ci.yml/, risk: /^actions\/checkout@v6: a tag can be moved/, fix: /40 digits/ },
  },
  {
    name: 'certify by branch',
    files: pulls(/acme\/certify@\w+/, 'acme/certify@main'),
    finds: { id: 'pins', state: 'broken', what: /ci.yml/, risk: /acme\/certify@main follows a branch/, fix: /40 digits/ },
  },
  {
    name: 'a glob that nobody counts',
    files: config(', expect: 2', ''),
    finds: {
      id: 'evidence',
      state: 'risk',
      what: /evidence \(.*certification.yml:3/,
      risk: /\*\*\/\*\.xml may match any number/,
      fix: /expect: N/,
    },
  },
  {
    name: 'a policy that only advises',
    files: (good) => ({ config: `${good.config}mode: advisory\n` }),
    finds: { id: 'policy', state: 'risk', what: /certification.yml/, risk: /fails nothing/, fix: /mode: enforce/ },
  },
  {
    name: 'Actions that are switched off',
    host: (state) => {
      state.permissions.administration = 'read'
      state.actionsSettings.enabled = false
    },
    finds: { id: 'actions', state: 'broken', what: /GitHub Actions/, risk: /switched off/, fix: /Settings > Actions/ },
  },
]

describe('a bad set-up', () => {
  it.each(BAD)('with $name: its fault and its fix', async ({ files, host, finds, also }) => {
    host?.(github.state)
    const found = wrong(await findings({ ...GOOD, ...files?.(GOOD) }))
    const { id, state, what, risk, fix } = finds
    const match = { id, state, what: expect.stringMatching(what), risk: expect.stringMatching(risk) }
    expect(found).toContainEqual({ ...match, fix: fix === null ? null : expect.stringMatching(fix) })
    // Nothing that is well is blamed with it.
    expect(found.filter((one) => one.id !== id && one.id !== also)).toEqual([])
  })

  it('without a policy says so, and judges the rest', async () => {
    const { ports, host } = await doctored(github, GOOD)
    ports.files.content.delete('.github/certification.yml')
    const { output, exit } = await doctor(invocation(), ports, host)
    expect(output).toContain('there is no config on the default branch')
    expect(exit).toBe(0)
  })

  it('with a policy that cannot be used says so, and looks at the workflows all the same', async () => {
    const found = wrong(
      await findings({
        ...GOOD,
        config: 'version: 2\n',
        pulls: GOOD.pulls.replace('needs: [scan]\n    if: always()', 'needs: [scan]'),
      }),
    )
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      ['policy', 'broken'],
      ['skipped', 'broken'],
    ])
  })

  it('of files that are no workflows is unknown, not well', async () => {
    const found = wrong(await findings({ ...GOOD, release: 'jobs: [' }))
    expect(found).toEqual([expect.objectContaining({ state: 'unknown', what: '.github/workflows/release.yml' })])
  })
})

describe('a workflow as init writes it', () => {
  it.each([
    ['step', (good: Files) => ({ pulls: good.pulls.replace('acme/certify@', 'OWNER/certify@') })],
    ['reusable workflow', (good: Files) => ({ release: good.release.replace('acme/certify/', 'OWNER/certify/') })],
  ])('runs no certify as long as OWNER stands in its %s', async (_, change) => {
    const found = await findings({ ...GOOD, ...change(GOOD) })
    expect(found.filter(({ id }) => id === 'workflow')).toEqual([
      {
        id: 'workflow',
        what: expect.stringMatching(/^\.github\/workflows\/(ci|release)\.yml$/),
        state: 'broken',
        risk: expect.stringMatching(/uses OWNER\/certify, where OWNER stands for/),
        fix: 'put the owner in its place',
      },
    ])
  })
})

describe('what cannot be told', () => {
  it('is unknown with the permission that would tell, and never well', async () => {
    github.state.private = true
    github.state.plan = 'enterprise'
    github.state.permissions = { contents: 'read' }
    const found = wrong(await findings())
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      ['environment', 'unknown'],
      ['environment', 'unknown'],
      ['retention', 'unknown'],
    ])
    for (const { risk } of found) expect(risk).toContain('actions: read')
  })

  it('without a token is unknown; what files tell is told', async () => {
    const { ports } = await doctored(
      github,
      { ...GOOD, pulls: GOOD.pulls.replace('needs: [scan]\n    if: always()', 'needs: [scan]') },
      { inAction: false },
    )
    const { output, exit } = await doctor(invocation({ json: true }), ports, null)
    const all: Finding[] = JSON.parse(output).findings
    const unknown = all.filter(({ state }) => state === 'unknown')
    expect([...new Set(unknown.map(({ id }) => id))]).toEqual(['plan', 'environment', 'required', 'retention', 'actions'])
    for (const { risk } of unknown) expect(risk).toMatch(/^needs GitHub: set GITHUB_TOKEN/)
    expect(all).toContainEqual(expect.objectContaining({ id: 'skipped', state: 'broken' }))
    expect(exit).toBe(1)
    expect(github.calls).toEqual([])
  })

  it('counts as what --fail-on says', async () => {
    const exits = []
    for (const failOn of ['never', 'failed', 'pending', 'warn'] as const) {
      const { ports } = await doctored(github, GOOD, { inAction: false })
      exits.push((await doctor(invocation({ failOn }), ports, null)).exit)
    }
    expect(exits).toEqual([0, 0, 1, 1])
  })
})

describe('what doctor shows', () => {
  it('worst first, each with its fix; names from files stay text', async () => {
    const hostile = GOOD.pulls
      .replace('  scan:\n', '  "s|c<b>\\u001b[31m::error::x":\n    if: github.ref\n    runs-on: x\n  scan:\n')
      .replace('needs: [scan]', 'needs: [scan, "s|c<b>\\u001b[31m::error::x"]')
    github.state.environments.clear()
    const { ports, host } = await doctored(github, { ...GOOD, pulls: hostile })
    const { output, summary } = await doctor(invocation(), ports, host)
    expect(output.split('\n')[0]).toBe('✗ the gates do not hold: 2 broken, 1 risk')
    const parts = output.split(/\n\n(?=\w)/).map((part) => part.split('\n')[0])
    expect(parts.slice(1)).toEqual(['broken', 'risk', 'ok'])
    expect(output.match(/→/g)).toHaveLength(3)
    expect(output).not.toMatch(/\u001b|^\s*::/m)
    expect(summary).toMatch(/\| what +\| state +\| risk +\| fix +\|/)
    expect(summary).not.toMatch(/<b>|s\|c/)
  })

  it('a folder without anything: what to begin with', async () => {
    const { output, exit } = await doctor(invocation(), world({}), null)
    expect(output).toContain('certify init writes one')
    expect(exit).toBe(1)
  })

  it('what it had nothing to look at, as neither well nor wrong', async () => {
    const { output } = await doctor(invocation({ json: true }), world({}), null)
    const { ok, findings: all } = JSON.parse(output) as { ok: boolean; findings: Finding[] }
    expect(ok).toBe(false)
    expect(unseen(all)).toEqual(['skipped', 'needs', 'permissions', 'required', 'retention', 'pins', 'evidence'])
    expect(all.filter(({ state }) => state === 'ok')).toEqual([])
    const shown = (await doctor(invocation(), world({}), null)).output
    expect(shown).toMatch(/^not looked at$/m)
    expect(shown).toContain('– pinned versions: no workflow runs certify')
    expect(shown).not.toContain('✓')
  })

  it('a policy that needs no people and names no reports: nothing to look at there, and the gates hold', async () => {
    const bare = 'version: 1\ncertification_gates: { gate_3: { enabled: false }, gate_4: { enabled: false } }\n'
    const { ports, host } = await doctored(github, { ...GOOD, config: bare })
    const { output } = await doctor(invocation({ json: true }), ports, host)
    const { ok, findings: all } = JSON.parse(output) as { ok: boolean; findings: Finding[] }
    expect(unseen(all)).toEqual(['plan', 'environment', 'needs', 'retention', 'evidence'])
    expect(ok).toBe(true)
    const page = (await doctor(invocation({ failOn: 'warn' }), ports, host)) as { output: string; exit: number }
    expect(page.output).toMatch(/^✓ the gates hold: 5 with nothing to look at\n/)
    expect(page.exit).toBe(0)
  })
})
