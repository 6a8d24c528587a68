// Where a command writes its reports, read off its flags; what depends on a variable is no promise.
import { describe, expect, it } from '@jest/globals'
import { kindOfName, reportsIn, written } from '../../../src/maintenance/init/commands.ts'

describe('reports in a command', () => {
  it.each([
    ['pytest --junitxml=out/junit.xml --cov-report=xml:out/cov.xml', 'tests out/junit.xml', 'coverage out/cov.xml'],
    ['coverage xml --quiet -o reports/coverage.xml', 'coverage reports/coverage.xml'],
    ['go test -coverprofile=cover.out ./...', 'coverage cover.out'],
    ['gotestsum --junitfile junit.xml -- ./...', 'tests junit.xml'],
    ['cargo llvm-cov nextest --lcov --output-path lcov.info', 'coverage lcov.info'],
    ['k6 run --quiet --summary-export reports/k6.json load.js', 'performance reports/k6.json'],
    ['hyperfine --warmup 3 --export-json "reports/h.json" ls', 'performance reports/h.json'],
    ['bandit -r . -f sarif -o reports/b.sarif', 'security reports/b.sarif'],
    ['njsscan --sarif --output reports/n.sarif src', 'security reports/n.sarif'],
    ['trivy fs --format sarif --output trivy.sarif .', 'security trivy.sarif'],
    ['npm audit --json > npm-audit.json', 'security npm-audit.json'],
    [
      'node --test --test-reporter=lcov --test-reporter-destination=a/lcov.info --test-reporter=junit --test-reporter-destination=a/junit.xml',
      'coverage a/lcov.info',
      'tests a/junit.xml',
    ],
    ['vitest --reporter=junit --outputFile.junit=reports/junit.xml', 'tests reports/junit.xml'],
    ['pytest \\\n  --junitxml=junit.xml', 'tests junit.xml'],
    ['pytest --junitxml="reports/$LEVEL/junit.xml"', 'tests reports/*/junit.xml'],
  ])('%s', (command, ...expected) => {
    const found = reportsIn(command).map(({ kind, path }) => `${kind} ${path}`)
    expect(found.sort()).toEqual([...expected].sort())
  })

  it.each(['npm test', 'pytest -q', 'tsc -o out.js', 'curl -o reports/x.json https://example.org', 'echo --junitxml', ''])(
    'none in: %s',
    (command) => expect(reportsIn(command)).toEqual([]),
  )

  it('none in long hostile lines, and no hang over them', () => {
    expect(reportsIn('sarif '.repeat(200_000) + '\nnpm audit '.repeat(50_000))).toEqual([])
  })
})

describe('a path that is written', () => {
  it.each([
    '/tmp/junit.xml',
    '../junit.xml',
    'a/../../b.xml',
    '$OUT/lcov.info',
    'junit',
    '-o',
    'a b.xml',
    `${'a/'.repeat(200)}x.xml`,
    'x;rm.xml',
  ])('is none of the repository: %s', (raw) => expect(written(raw)).toBeNull())

  it('keeps what is fixed', () => {
    expect(written('./reports/junit.xml')).toBe('reports/junit.xml')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell and a workflow write it
    expect([written('out/${NAME}/a.xml'), written('out/${{ matrix.level }}/a.xml')]).toEqual(['out/*/a.xml', 'out/*/a.xml'])
  })
})

describe('the kind that a name tells', () => {
  it.each([
    ['coverage/lcov.info', 'coverage'],
    ['coverage.xml', 'coverage'],
    ['target/site/jacoco/jacoco.xml', 'coverage'],
    ['cover.out', 'coverage'],
    ['reports/junit-e2e.xml', 'tests'],
    ['TestResults/a.trx', 'tests'],
    ['x.sarif', 'security'],
    ['npm-audit.json', 'security'],
    ['k6-summary.json', 'performance'],
    ['benchmark.json', 'performance'],
    ['notes.md', null],
    ['dist/main.js', null],
  ])('%s: %s', (path, kind) => expect(kindOfName(path)).toBe(kind))
})
