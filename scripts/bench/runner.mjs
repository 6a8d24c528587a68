// What a runner gives one step of the Action: a clone with reports beside it, an event, files and variables.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The smallest reports that pass, so that what is measured is a whole verdict and no list of what is missing. */
const FILES = {
  '.gitignore': 'reports/\ncertify-report/\n',
  'src/a.js': 'export const a = 1\nexport const b = 2\n',
  'reports/lcov.info': 'TN:\nSF:src/a.js\nDA:1,1\nDA:2,1\nLF:2\nLH:2\nend_of_record\n',
  'reports/junit.xml':
    '<testsuites><testsuite name="unit" tests="1"><testcase name="adds" time="0.001"/></testsuite></testsuites>\n',
}

const SPARED = '{ not_applicable: { reason: not what the bench measures, expires: 2099-12-31 } }'

export const POLICY = `version: 1
target: { pull_request: 1, push: 1 }
metrics:
  test_coverage: { evidence: [reports/lcov.info, reports/junit.xml] }
certification_levels:
  level_1:
    validation_criteria:
      performance_compliance: ${SPARED}
      security_score: ${SPARED}
      documentation_completeness: ${SPARED}
certification_gates:
  gate_1: { deliverables: [] }
`

const INPUTS = {
  COMMAND: 'evaluate',
  CONFIG: '.github/certification.yml',
  'FAIL-ON': 'failed',
  COMMENT: 'changes',
  NAME: 'certify',
  'REPORT-DIR': 'certify-report',
  'DRY-RUN': 'false',
  TOKEN: 'bench',
}

/** A clone with one commit. */
export function makeClone(folder) {
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const git = (...args) => {
    const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', '-c', 'commit.gpgsign=false']
    return execFileSync('git', ['-C', folder, ...author, ...args], { encoding: 'utf8' }).trim()
  }
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'one commit')
  return { folder, head: git('rev-parse', 'HEAD') }
}

/** A step of the Action, as a program: on the pull request, or on a push to the default branch. */
export function stepOf({ action, clone, url, event, inputs = {}, home }) {
  const file = (name) => join(home, name)
  const repository = { id: 101, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' }, default_branch: 'main' }
  const side = (ref, sha) => ({ ref, sha, repo: { id: 101, full_name: 'acme/shop', fork: false } })
  const pull = { number: 7, draft: false, head: side('feature', clone.head), base: side('main', 'b'.repeat(40)) }
  const onPull = event === 'pull_request'
  mkdirSync(file('temp'), { recursive: true })
  writeFileSync(file('event.json'), JSON.stringify(onPull ? { number: 7, pull_request: pull, repository } : { repository }))
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_REPOSITORY_ID: '101',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_SHA: clone.head,
    GITHUB_REF: onPull ? 'refs/pull/7/merge' : 'refs/heads/main',
    GITHUB_HEAD_REF: onPull ? 'feature' : '',
    GITHUB_BASE_REF: onPull ? 'main' : '',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_WORKSPACE: clone.folder,
    GITHUB_ACTOR: 'alice',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    RUNNER_TEMP: file('temp'),
    ...Object.fromEntries(Object.entries({ ...INPUTS, ...inputs }).map(([name, value]) => [`INPUT_${name}`, value])),
  }
  const before = () => {
    for (const name of ['output', 'state', 'env', 'path', 'summary.md']) writeFileSync(file(name), '')
    rmSync(join(clone.folder, 'certify-report'), { recursive: true, force: true })
  }
  return { args: [join(action, 'dist/main.js')], env, cwd: clone.folder, before }
}
