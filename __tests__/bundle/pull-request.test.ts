// The committed bundle on a pull request, from start to verdict, against the stand-in for GitHub.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { HEAD, MERGE, pullRequestEvent, repositoryOf } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { bomb, zip } from '../support/github/zip.ts'
import { junit, lcov, POLICY, readyFiles } from '../support/ready-repository.ts'
import { NODES, runStep, type Step, type StepEnd, unpackAction } from '../support/runner.ts'

let action: string
let github: GitHub

beforeAll(() => {
  action = unpackAction()
})
beforeEach(async () => {
  github = await GitHub.start()
  github.state.addFile('main', '.github/certification.yml', POLICY)
})
afterEach(() => github.stop())

const FORK = { id: 999, full_name: 'stranger/shop', fork: true }

function onPull(change: Partial<Step> = {}, head?: typeof FORK): Promise<StepEnd> {
  const { state } = github
  const pull =
    state.pulls.get(7) ?? state.addPull(7, head === undefined ? {} : { head: { ref: 'feature', sha: HEAD, repo: head } })
  return runStep(action, { github, files: readyFiles(), event: pullRequestEvent(github, pull), ...change })
}

describe.each(NODES)('on $name', ({ path: node }) => {
  it('posts one check, one comment, a summary and all outputs, and updates them the second time', async () => {
    const first = await onPull({ node })
    expect(first.stderr).toBe('')
    expect(first.exit).toBe(0)
    expect(first.outputs).toMatchObject({
      verdict: 'passed',
      level: '2',
      'failed-criteria': '[]',
      'certificate-id': '',
      'report-path': 'certify-report/result.json',
    })
    expect(JSON.parse(first.outputs.gates!)).toMatchObject({ '1': 'open', '2': 'open' })
    expect(first.outputs['evidence-digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(first.summary).toContain('passed')
    expect(github.state.checkRuns).toMatchObject([{ name: 'certify verdict', head_sha: HEAD, conclusion: 'success' }])
    expect(github.state.comments).toHaveLength(1)
    const calls = github.calls.map((c) => `${c.method} ${c.path}?${new URLSearchParams(c.query)}`)
    // Eight, and one that compares: reports with lines show how much of the new code ran.
    expect(calls.filter((call) => !call.includes('/git/')).length).toBeLessThanOrEqual(9)
    // One more asks whether there is a ledger, and one for the merge's parents where it is not what is checked out.
    expect(calls.length).toBeLessThanOrEqual(11)
    expect(new Set(calls).size).toBe(calls.length)

    const second = await onPull({ node, run: 1002 })
    expect(second.exit).toBe(0)
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.comments).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  it('fails the step where a criterion is short, naming criterion, number, limit and fix everywhere', async () => {
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }
    const end = await onPull({ node, files })
    expect(end.exit).toBe(1)
    expect(end.outputs).toMatchObject({ verdict: 'failed', level: '0', 'failed-criteria': '["test_coverage"]' })
    expect(github.state.checkRuns[0]).toMatchObject({ conclusion: 'failure' })
    for (const text of [end.stdout, end.summary, github.state.comments[0]!.body, github.state.checkRuns[0]!.summary!]) {
      expect(text.replace(/\\/g, '')).toMatch(/test.coverage/i)
      expect(text).toMatch(/90/)
      expect(text).toMatch(/95/)
      expect(text).toMatch(/6 more/)
    }
    expect(github.violations).toEqual([])
  })

  it('shows how much of the new code ran, with the lines that did not, for one comparison', async () => {
    github.state.merges.set(MERGE, ['b'.repeat(40), HEAD])
    const patch = `@@ -89,0 +90,11 @@\n${'+line\n'.repeat(11)}`.trimEnd()
    const file = { filename: 'src/price.js', status: 'modified' as const, sha: 'd'.repeat(40), patch }
    const files = [{ ...file, additions: 11, deletions: 0, changes: 11 }]
    github.state.changedFiles.set(MERGE, { mergeBase: 'b'.repeat(40), files })
    const end = await onPull({ node })
    expect(end.outputs.verdict).toBe('passed')
    expect(github.state.comments[0]!.body).toContain('**New code:** 7 of 11 changed lines covered (63.63 %)')
    expect(github.state.checkRuns[0]!.annotations).toMatchObject([
      { path: 'src/price.js', start_line: 97, end_line: 100, annotation_level: 'notice' },
    ])
    const comparisons = github.calls.filter((call) => call.path.includes('/compare/'))
    expect(comparisons).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  it('reaches the same verdict and exit code with a read-only token', async () => {
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }
    const writable = await onPull({ node, files })
    await github.stop()
    github = await GitHub.start({ permissions: { contents: 'read', actions: 'read', checks: 'read', pull_requests: 'read' } })
    github.state.addFile('main', '.github/certification.yml', POLICY)
    const readOnly = await onPull({ node, files })
    expect(readOnly.exit).toBe(writable.exit)
    // Each record has an id of its own, and with it another digest.
    const { 'record-digest': own, ...same } = readOnly.outputs
    expect({ ...same, 'record-digest': '' }).toEqual({ ...writable.outputs, 'record-digest': '' })
    expect(own).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(readOnly.stdout).toMatch(/checks: write/)
    expect(readOnly.stdout).toMatch(/pull-requests: write/)
    expect(github.violations).toEqual([])
  })
})

describe('trust', () => {
  it('judges a fork without one refused request (proof 10)', async () => {
    await github.stop()
    github = await GitHub.start({ permissions: { contents: 'read', actions: 'read', checks: 'read', pull_requests: 'read' } })
    github.state.addFile('main', '.github/certification.yml', POLICY)
    const end = await onPull({}, FORK)
    expect(end.exit).toBe(0)
    expect(end.outputs.verdict).toBe('passed')
    expect(github.requests.filter((r) => r.status === 403)).toEqual([])
    expect(end.stdout).not.toContain('403')
    expect(end.stdout).not.toMatch(/^::error/m)
    expect(end.summary).toContain('passed')
  })

  it('annotates the lines in the step where a fork cannot have a check', async () => {
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }
    const end = await onPull({ files }, FORK)
    expect(end.exit).toBe(1)
    expect(end.stdout).toMatch(/^::(error|warning) file=src\/price\.js,line=91,endLine=100/m)
  })

  it("is not moved by the pull request's own policy, and shows the difference (proof 11)", async () => {
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100), '.github/certification.yml': `${POLICY}` }
    const softer = `${POLICY}certification_levels: { level_1: { validation_criteria: { test_coverage: "> 50%" } } }\n`
    github.state.addFile(HEAD, '.github/certification.yml', softer)
    files['.github/certification.yml'] = softer
    const end = await onPull({ files })
    expect(end.exit).toBe(1)
    expect(end.outputs.verdict).toBe('failed')
    expect(github.state.comments[0]!.body.replace(/\\/g, '')).toMatch(/test_coverage.*95.*50/)
  })

  it('lets neither inputs nor variables loosen on a pull request', async () => {
    const files = { ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) }
    const end = await onPull({ files, inputs: { level: '1' }, env: { CERTIFICATION_LEVEL_1_ENABLED: 'false' } })
    expect(end.exit).toBe(1)
    const result = JSON.parse(readFileSync(join(end.workspace, 'certify-report/result.json'), 'utf8'))
    expect(result.config.ignored.map((i: { origin: string }) => i.origin).sort()).toEqual([
      expect.stringContaining('CERTIFICATION_LEVEL_1_ENABLED'),
      'input level',
    ])
    expect(result.decision.target).toBe(2)
  })

  it('does not take a skipped or cancelled job for a pass (proof 2)', async () => {
    const files = readyFiles()
    delete files['reports/component/junit.xml']
    const end = await onPull({ files, env: { CERTIFY_NEEDS: JSON.stringify({ test: { result: 'skipped', outputs: {} } }) } })
    expect(end.exit).toBe(1)
    expect(end.outputs.verdict).not.toBe('passed')
    expect(end.summary).toMatch(/skipped/)
  })
})

describe('advice', () => {
  it('gives a first useful verdict with no config, by a ten-line workflow (proof 15)', async () => {
    github.state.trees.get('main')!.delete('.github/certification.yml')
    const files = {
      'README.md': readyFiles()['README.md']!,
      'reports/coverage/lcov.info': lcov(80, 100),
      'reports/junit.xml': junit([{ suite: 'price', name: 'adds up' }]),
    }
    const end = await onPull({ files })
    expect(end.exit).toBe(0)
    expect(end.outputs.verdict).toBe('failed')
    expect(github.state.checkRuns[0]).toMatchObject({ conclusion: 'neutral' })
    expect(end.summary).toMatch(/80/)
    expect(end.summary).toMatch(/advice/i)
  })

  it('takes a named config that does not exist for an error, not for advice', async () => {
    const end = await onPull({ inputs: { config: 'policy/none.yml' } })
    expect(end.exit).toBe(2)
    expect(end.outputs.verdict).toBe('error')
    expect(end.stdout).toMatch(/policy\/none\.yml/)
  })
})

describe('evidence from artifacts', () => {
  const pack = (paths: string[], rename: (path: string) => string): Uint8Array =>
    zip(paths.map((path) => ({ path: rename(path), content: readyFiles()[path]! })))
  const policy = POLICY.replace(
    '[reports/component/lcov.info, reports/component/junit.xml]',
    '[{ artifact: "unit-*", path: ["**/*.info", "**/*.xml"], expect: 2 }]',
  )
  const files = (): Record<string, string> =>
    Object.fromEntries(Object.entries(readyFiles()).filter(([path]) => !path.startsWith('reports/component/')))
  const unit = (): Uint8Array =>
    pack(['reports/component/lcov.info', 'reports/component/junit.xml'], (path) => path.replace('reports/component/', 'out/'))

  beforeEach(() => github.state.addFile('main', '.github/certification.yml', policy))

  it.each(NODES)('are downloaded, checked and judged by the real client on $name', async ({ path: node }) => {
    github.state.addArtifact(1001, 'unit-linux', unit())
    const end = await onPull({ node, files: files() })
    expect(end.outputs).toMatchObject({ verdict: 'passed', level: '2' })
    const result = JSON.parse(readFileSync(join(end.workspace, 'certify-report/result.json'), 'utf8'))
    const from = result.evidence.filter((e: { origin: { type: string } }) => e.origin.type === 'artifact')
    expect(from.map((e: { path: string }) => e.path)).toEqual(['out/junit.xml', 'out/lcov.info'])
    expect(from[0].origin).toMatchObject({ name: 'unit-linux', runId: 1001, digestChecked: true })
    expect(github.violations).toEqual([])
  })

  it('that are not there are named', async () => {
    const end = await onPull({ files: files() })
    expect(end.exit).toBe(1)
    expect(end.summary.replace(/\\/g, '')).toMatch(/unit-\*/)
  })

  it('that are zip bombs open nothing', async () => {
    github.state.addArtifact(1001, 'unit-linux', bomb(60))
    const end = await onPull({ files: files() })
    expect(end.exit).not.toBe(0)
    expect(end.summary).toMatch(/times its size/)
  })
})

describe('outages', () => {
  it.each(['reset-before', 'reset-after', { status: 502 }] as const)(
    'a comment request that meets %j leaves one comment and the right verdict',
    async (trouble) => {
      github.faults.order(/^POST .*comments$/, trouble)
      const end = await onPull()
      expect(end.exit).toBe(0)
      expect(end.outputs.verdict).toBe('passed')
      expect(github.state.comments).toHaveLength(1)
    },
  )

  it('a check that GitHub never takes is a warning, not a verdict', async () => {
    for (let i = 0; i < 12; i += 1) github.faults.order(/^POST .*check-runs$/, { status: 500 })
    const end = await onPull()
    expect(end.exit).toBe(0)
    expect(end.outputs.verdict).toBe('passed')
    expect(end.stdout).toMatch(/::warning.*check run was not posted/)
  })

  it('a policy that cannot be read is an error, never the default policy', async () => {
    for (let i = 0; i < 12; i += 1) github.faults.order(/^GET .*contents/, { status: 500 })
    const end = await onPull()
    expect(end.exit).toBe(2)
    expect(end.outputs.verdict).toBe('error')
  })
})

describe('other events', () => {
  it('a push to the default branch is judged by the same policy, without a comment', async () => {
    const end = await runStep(action, { github, files: readyFiles(), event: repositoryOf(github), eventName: 'push', pull: null })
    expect(end.outputs.verdict).toBe('passed')
    expect(github.state.checkRuns).toHaveLength(1)
    expect(github.state.comments).toHaveLength(0)
    expect(github.violations).toEqual([])
  })

  it("a release branch named in policy_refs is judged by its own policy, any other by the default branch's", async () => {
    const strict = POLICY.replace(
      'version: 1',
      'version: 1\ncertification_levels: { level_1: { validation_criteria: { test_coverage: "> 99%" } } }',
    )
    github.state.addFile('release/1', '.github/certification.yml', strict)
    const onRelease = (): Promise<StepEnd> =>
      runStep(action, {
        github,
        files: readyFiles(),
        event: repositoryOf(github),
        eventName: 'push',
        pull: null,
        env: { GITHUB_REF: 'refs/heads/release/1' },
      })
    expect((await onRelease()).outputs.verdict).toBe('passed')
    github.state.addFile('main', '.github/certification.yml', `${POLICY}policy_refs: [release/1]\n`)
    expect((await onRelease()).outputs.verdict).toBe('failed')
  })
})
