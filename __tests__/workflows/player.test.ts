// The tests' own workflow runner on small workflows: what it promises about GitHub is shown here, before our workflows rest on it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { pullRequestEvent } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import type { RunEnd } from '../support/workflows/model.ts'
import { play, playAgain } from '../support/workflows/play.ts'
import type { Script } from '../support/workflows/reviewers.ts'
import { type World, type WorldChange, worldOf } from '../support/workflows/world.ts'

const CI = '.github/workflows/ci.yml'
const CALLED = '.github/workflows/called.yml'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
})
afterEach(() => github.stop())

function world(jobs: string, change: Partial<WorldChange> = {}, called = ''): World {
  return worldOf({ github, workflows: { [CI]: `on: push\njobs:\n${jobs}`, [CALLED]: called }, ...change })
}

const playing = (jobs: string, change: Partial<WorldChange> = {}, called = ''): Promise<RunEnd> =>
  play(world(jobs, change, called), CI)
const results = (end: RunEnd): Record<string, string> =>
  Object.fromEntries([...end.ended].map(([path, { result }]) => [path, result]))

describe('jobs and their needs', () => {
  const CHAIN = `  a: { steps: [{ run: exit 1 }] }
  b: { needs: a, steps: [{ run: "true" }] }
  c: { needs: b, if: always(), steps: [{ run: "true" }] }
  d: { needs: c, steps: [{ run: "true" }] }
  e: { needs: c, if: "!cancelled() && needs.c.result == 'success'", steps: [{ run: "true" }] }
  f: { needs: [c], if: failure(), steps: [{ run: "true" }] }
`
  it('a failure skips everything below it, also below a job that ran all the same', async () => {
    const end = await playing(CHAIN)
    expect(results(end)).toEqual({ a: 'failure', b: 'skipped', c: 'success', d: 'skipped', e: 'success', f: 'success' })
    expect(end.conclusion).toBe('failure')
  })

  it('outputs go by steps, jobs and needs', async () => {
    const end = await playing(`  a:
    outputs: { said: "\${{ steps.s.outputs.word }}!" }
    steps: [{ id: s, run: 'printf "word<<E\\nhello\\nworld\\nE\\n" >> "$GITHUB_OUTPUT"' }]
  b:
    needs: a
    steps: [{ run: 'echo "$SAID"; echo "$JSON"', env: { SAID: "\${{ needs.a.outputs.said }}", JSON: "\${{ toJSON(needs) }}" } }]
`)
    const [step] = end.jobs.find((one) => one.path === 'b')!.steps
    expect(step!.log).toContain('hello\nworld!')
    expect(step!.log).toContain('"result": "success"')
  })

  it('steps after a failed one only run where they say so', async () => {
    const end = await playing(`  a:
    steps:
      - run: exit 3
      - run: echo one
      - { if: always(), run: echo two }
      - { if: "\${{ failure() }}", run: echo three }
`)
    expect(end.jobs[0]!.steps.map(({ outcome, exit }) => [outcome, exit])).toEqual([
      ['failure', 3],
      ['skipped', null],
      ['success', 0],
      ['success', 0],
    ])
  })

  it('a cancelled run leaves only what runs always', async () => {
    const end = await playing(
      `  a: { steps: [{ run: "true" }] }
  b: { needs: a, steps: [{ run: "true" }] }
  c: { needs: a, if: "!cancelled()", steps: [{ run: "true" }] }
  d: { needs: [a, b], if: always(), steps: [{ run: "true" }] }
`,
      { cancelledAt: ['a'] },
    )
    expect(results(end)).toEqual({ a: 'cancelled', b: 'cancelled', c: 'cancelled', d: 'success' })
    expect(end.conclusion).toBe('cancelled')
  })
})

describe('a matrix', () => {
  const jobs = (more = ''): string => `  a:
    strategy: { matrix: { word: "\${{ fromJSON('[\\"x\\",\\"y\\"]') }}" } ${more} }
    steps: [{ run: '[ "$WORD" = y ]', env: { WORD: "\${{ matrix.word }}" } }]
`
  it('runs a job for each value, and stops at the first failure', async () => {
    const end = await playing(jobs())
    expect(end.jobs.map(({ path, result }) => [path, result])).toEqual([
      ['a (x)', 'failure'],
      ['a (y)', 'cancelled'],
    ])
    expect(results(end)).toEqual({ a: 'failure' })
  })

  it('runs on where it may', async () => {
    const end = await playing(jobs(', fail-fast: false'))
    expect(end.jobs.map(({ result }) => result)).toEqual(['failure', 'success'])
  })

  it('of no values is an error', async () => {
    await expect(playing(jobs().replace(/'\[.*?\]'/, "'[]'"))).rejects.toThrow(/does not contain any values/)
  })
})

describe('a called workflow', () => {
  const called = `on:
  workflow_call:
    inputs: { word: { type: string, default: none }, needed: { type: number, required: true } }
    outputs: { said: { value: "\${{ jobs.inner.outputs.said }}/\${{ jobs.inner.result }}" } }
    secrets: { key: { required: false } }
jobs:
  inner:
    permissions: { contents: write }
    outputs: { said: "\${{ steps.s.outputs.said }}" }
    steps: [{ id: s, run: 'echo "said=$WORD-$NEEDED-$KEY" >> "$GITHUB_OUTPUT"', env: { WORD: "\${{ inputs.word }}", NEEDED: "\${{ inputs.needed }}", KEY: "\${{ secrets.key }}" } }]
`
  const caller = (more: string): string => `  call: { uses: ./.github/workflows/called.yml, ${more} }
  after: { needs: call, steps: [{ run: 'echo "$SAID"', env: { SAID: "\${{ needs.call.outputs.said }}" } }] }
`
  it('takes inputs with their defaults and secrets, and gives outputs', async () => {
    const more = `permissions: { contents: write }, with: { needed: 3 }, secrets: { key: "\${{ secrets.mine }}" }`
    const end = await playing(caller(more), { secrets: { mine: 'k' } }, called)
    expect(end.jobs.at(-1)!.steps[0]!.log).toBe('none-3-k/success\n')
    expect(end.jobs.map(({ name }) => name)).toEqual(['call / inner', 'after'])
  })

  it.each([
    [
      'an input that is not taken',
      'permissions: { contents: write }, with: { needed: 3, wrod: x }',
      /input wrod, which is not taken/,
    ],
    ['a missing input', 'permissions: { contents: write }', /lacks the input needed/],
    ['a secret that is not taken', 'permissions: { contents: write }, with: { needed: 3 }, secrets: { kye: x }', /secret kye/],
    [
      'fewer permissions than its jobs take',
      'permissions: { contents: read }, with: { needed: 3 }',
      /'contents: write', but is only allowed 'contents: read'/,
    ],
  ])('does not start with %s', async (_, more, message) => {
    await expect(playing(caller(more), {}, called)).rejects.toThrow(message)
  })

  it('skips its jobs where one that the calling job needs did not succeed, unless they say otherwise', async () => {
    const jobs = `  a: { steps: [{ run: exit 1 }] }
  call: { needs: a, if: always(), permissions: { contents: write }, uses: ./.github/workflows/called.yml, with: { needed: 1 } }
`
    expect(results(await playing(jobs, {}, called))).toMatchObject({ 'call/inner': 'skipped', call: 'skipped' })
    const always = called.replace('  inner:\n', '  inner:\n    if: always()\n')
    expect(results(await playing(jobs, {}, always))).toMatchObject({ 'call/inner': 'success', call: 'success' })
  })
})

describe('permissions', () => {
  const asking = (permissions: string): string => `  a:
    ${permissions}
    steps:
      - env: { URL: "\${{ github.api_url }}/repos/acme/shop/check-runs", TOKEN: "\${{ github.token }}", BODY: '{ "name": "x", "head_sha": "${'a'.repeat(40)}" }' }
        run: |
          node -e 'const { URL: url, TOKEN, BODY: body } = process.env
            fetch(url, { method: "POST", body, headers: { authorization: \`token \${TOKEN}\` } }).then((answer) => process.stdout.write(String(answer.status)))'
`
  it.each([
    ['', '403'],
    ['permissions: { checks: write }', '201'],
    ['permissions: { checks: read }', '403'],
  ])('a job with "%s" gets a token that answers %s', async (permissions, status) => {
    const end = await playing(asking(permissions))
    expect(end.jobs[0]!.steps[0]!.log).toBe(status)
  })

  it('a fork can only read, whatever is written', async () => {
    const end = await playing(asking('permissions: { checks: write }'), { fork: true })
    expect(end.jobs[0]!.steps[0]!.log).toBe('403')
  })
})

describe('environments', () => {
  const GATE = `  a:
    environment: { name: gate }
    outputs: { ran: "\${{ steps.s.outputs.ran }}" }
    steps: [{ id: s, run: 'echo "ran=yes" >> "$GITHUB_OUTPUT"' }]
`
  const at = (script: Script[string], change: Partial<WorldChange> = {}): Promise<RunEnd> =>
    playing(GATE, { reviewers: { gate: script }, ...change })
  const rules = { reviewers: ['bob', 'acme/release'], preventSelfReview: true, adminsBypass: true }

  it('that are not there come into being without a rule, and stop nobody', async () => {
    const end = await at([])
    expect(end.conclusion).toBe('success')
    expect(github.state.environments.get('gate')).toMatchObject({ reviewers: null })
    expect(github.state.reviews).toEqual([])
  })

  it('by an empty name are none', async () => {
    const end = await playing(GATE.replace('name: gate', `name: "\${{ inputs.nothing }}"`))
    expect(end.conclusion).toBe('success')
    expect(github.state.environments.size).toBe(0)
  })

  it.each<[string, Script[string], string, unknown[]]>([
    [
      'approved by a reviewer',
      [{ approve: 'bob', comment: 'fine' }],
      'success',
      [{ user: 'bob', state: 'approved', comment: 'fine' }],
    ],
    ['approved by a member of a team', [{ approve: 'carol' }], 'success', [{ user: 'carol', state: 'approved' }]],
    ['rejected', [{ reject: 'bob' }], 'failure', [{ user: 'bob', state: 'rejected' }]],
    ['nobody comes', ['nobody'], 'failure', []],
    ['nobody of the script is left', [], 'failure', []],
    ['bypassed', [{ bypass: 'root' }], 'success', []],
    ['somebody else tries', [{ approve: 'mallory' }, { approve: 'alice' }], 'failure', []],
  ])('%s', async (_, script, conclusion, reviews) => {
    github.state.addEnvironment('gate', rules)
    const end = await at(script, { members: { 'acme/release': ['carol', 'alice'] } })
    expect(end.conclusion).toBe(conclusion)
    expect(github.state.reviews).toMatchObject(reviews)
    expect(end.jobs[0]!.steps).toHaveLength(conclusion === 'success' ? 1 : 0)
    if (script.length === 2) expect(end.refused).toEqual(['mallory may not review gate', 'alice may not review gate'])
  })

  it('whose rules change while a job waits are asked as they are then', async () => {
    github.state.addEnvironment('gate', rules)
    const end = await at([
      { meanwhile: () => void github.state.addEnvironment('gate', { reviewers: ['eve'] }) },
      { approve: 'bob' },
      { approve: 'eve' },
    ])
    expect(end.conclusion).toBe('success')
    expect(end.refused).toEqual(['bob may not review gate'])
  })
})

describe('another attempt', () => {
  const JOBS = `  a: { steps: [{ run: 'echo "a $GITHUB_RUN_ATTEMPT"' }] }
  b: { needs: a, steps: [{ run: '[ "$GITHUB_RUN_ATTEMPT" -gt 1 ]' }] }
  c: { needs: b, if: always(), steps: [{ run: 'echo "c $GITHUB_TRIGGERING_ACTOR"' }] }
`
  it.each<['all' | 'failed', number]>([
    ['all', 2],
    ['failed', 1],
  ])('of %s jobs', async (which, ofA) => {
    const here = world(JOBS, { triggering: ['alice', 'hal'] })
    const first = await play(here, CI)
    expect(results(first)).toEqual({ a: 'success', b: 'failure', c: 'success' })
    const second = await playAgain(here, CI, first, which)
    expect(results(second)).toEqual({ a: 'success', b: 'success', c: 'success' })
    expect(second.jobs.map(({ path, attempt }) => [path, attempt])).toEqual([
      ['a', ofA],
      ['b', 2],
      ['c', 2],
    ])
    expect(second.jobs[2]!.steps[0]!.log).toBe('c hal\n')
    expect(github.state.runs.get(1001)).toMatchObject({ run_attempt: 2, triggering: ['alice', 'hal'] })
  })
})

describe('artifacts', () => {
  const UP = 'uses: actions/upload-artifact@x'
  const DOWN = 'uses: actions/download-artifact@x'
  it('are found by id and by name in the path itself, by pattern each in its own folder', async () => {
    const end = await playing(`  a:
    outputs: { id: "\${{ steps.up.outputs.artifact-id }}" }
    steps:
      - run: mkdir -p out/deep && echo one > out/deep/file && echo two > out/other
      - { id: up, ${UP}, with: { name: made-1, path: out/ } }
      - { ${UP}, with: { name: made-2, path: out/other } }
      - { ${UP}, with: { name: made-2, path: out/other } }
  b:
    needs: a
    if: always()
    steps:
      - { ${DOWN}, with: { artifact-ids: "\${{ needs.a.outputs.id }}", path: by-id } }
      - { ${DOWN}, with: { name: made-2, path: by-name } }
      - { ${DOWN}, with: { pattern: made-*, path: by-pattern } }
      - run: find by-* -type f | sort
      - { ${DOWN}, with: { name: gone } }
`)
    expect(end.jobs[0]!.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'failure'])
    const [, , , found, gone] = end.jobs[1]!.steps
    expect(found!.log.trim().split('\n')).toEqual([
      'by-id/deep/file',
      'by-id/other',
      'by-name/other',
      'by-pattern/made-1/deep/file',
      'by-pattern/made-1/other',
      'by-pattern/made-2/other',
    ])
    expect(gone!.outcome).toBe('failure')
  })
})

it('a pull request is played on its merge commit, and is about its head', async () => {
  const pull = github.state.addPull(7)
  const event = { name: 'pull_request', payload: pullRequestEvent(github, pull), ref: 'refs/pull/7/merge', sha: 'c'.repeat(40) }
  const end = await playing(`  a: { steps: [{ run: 'echo "$GITHUB_SHA $GITHUB_REF"' }] }\n`, { event })
  expect(end.jobs[0]!.steps[0]!.log).toBe(`${'c'.repeat(40)} refs/pull/7/merge\n`)
  expect(github.state.runs.get(1001)!.head_sha).toBe(pull.head.sha)
})
