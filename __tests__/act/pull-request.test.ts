// Whole workflows run by act with the committed bundle: jobs, artifacts and the runner's files are not ours there.
import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ACT, actionRepository, runAct } from '../support/act.ts'
import { Clone } from '../support/clone.ts'
import { pullRequestEvent } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { POLICY, readyFiles } from '../support/ready-repository.ts'
import { NODES, unpackAction } from '../support/runner.ts'

let github: GitHub
beforeEach(async () => {
  github = await GitHub.start()
})
afterEach(() => github.stop())

/** A clone of acme/shop whose head is that of pull request 7; act's run has the number 1. */
function pullOf(clone: Clone) {
  clone.git('remote', 'add', 'origin', 'https://github.com/acme/shop')
  clone.git('checkout', '-q', '-b', 'feature')
  const sha = clone.git('rev-parse', 'HEAD').trim()
  const repo = { id: 101, full_name: 'acme/shop', fork: false }
  const pull = github.state.addPull(7, { head: { ref: 'feature', sha, repo } })
  github.state.addRun(1, { head_sha: sha })
  github.state.addFile(sha, '.github/certification.yml', github.state.trees.get('main')?.get('.github/certification.yml') ?? '')
  return { sha, event: pullRequestEvent(github, pull) }
}

const modern = Number(NODES.at(-1)!.name.replace(/^Node (\d+).*/, '$1')) >= 22
const withAct = ACT === null ? describe.skip : describe
if (!modern) console.warn('skipped: the example by act, because it needs Node 22 or later')

withAct('by act', () => {
  const example = modern ? it : it.skip
  example('the pull request example goes from its start to its verdict, on a clean clone', async () => {
    const clone = Clone.empty()
    const from = 'examples/reaches-level-2'
    cpSync(from, clone.root, { recursive: true, filter: (path) => !/\/(?:certify-report|\.certify|reports)$/.test(path) })
    clone.commit()
    github.state.addFile('main', '.github/certification.yml', readFileSync(join(from, '.github/certification.yml'), 'utf8'))
    const { sha, event } = pullOf(clone)
    // Node's own test runner really runs; what has to be fetched is answered by the example's own reports.
    const made = (name: string): string => `cp ${resolve(from, 'reports', name)} reports/`
    const end = await runAct({
      github,
      clone,
      action: actionRepository(unpackAction()),
      workflow: '.github/workflows/certify.yml',
      event,
      programs: { go: ':', pip: ':', k6: made('k6-summary.json'), njsscan: made('njsscan.sarif') },
    })
    expect(`${end.stdout}${end.stderr}`).toMatch(/Passed: level 2 reached/)
    expect(end.exit).toBe(0)
    expect(github.state.checkRuns).toMatchObject([{ name: 'certify verdict', head_sha: sha, conclusion: 'success' }])
    expect(github.state.comments).toHaveLength(1)
    expect(github.violations).toEqual([])
  })

  it.each([
    ['reports of another job, by the artifacts of the run, are judged', 'cp -r made/component out', 0, 'success'],
    ['a report that the other job did not make is missed', 'mkdir out && cp made/component/lcov.info out', 1, 'failure'],
  ])('%s', async (_, make, exit, conclusion) => {
    const policy = POLICY.replace(
      '[reports/component/lcov.info, reports/component/junit.xml]',
      '[{ artifact: "unit-*", path: ["*.info", "*.xml"], expect: 2 }]',
    )
    github.state.addFile('main', '.github/certification.yml', policy)
    const files = Object.fromEntries(Object.entries(readyFiles()).map(([path, text]) => [path.replace(/^reports/, 'made'), text]))
    const workflow = '.github/workflows/two-jobs.yml'
    const clone = Clone.of({
      ...files,
      [workflow]: `on: pull_request
permissions: { contents: read }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - run: ${make}
      - uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        with: { name: unit-linux, path: out }
  certify:
    needs: test
    if: always()
    runs-on: ubuntu-latest
    permissions: { contents: read, actions: read, checks: write, pull-requests: write }
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - run: cp -r made reports
      - uses: OWNER/certify@v1
        env: { CERTIFY_NEEDS: "\${{ toJSON(needs) }}" }
`,
    })
    const { event } = pullOf(clone)
    const end = await runAct({ github, clone, action: actionRepository(unpackAction()), workflow, event })
    expect({ log: `${end.stdout}${end.stderr}`, exit: end.exit }).toMatchObject({
      log: expect.stringMatching(/Passed|Failed/),
      exit,
    })
    expect(github.state.checkRuns).toMatchObject([{ name: 'certify verdict', conclusion }])
    expect(github.violations).toEqual([])
  })
})
