import { describe, expect, it } from '@jest/globals'
import { sarif } from '../../../src/evidence/formats/security/sarif.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { SecurityFacts } from '../../../src/model/evidence.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => sarif.read(sourceOf(content, 'a.sarif'), DEFAULT_LIMITS)
const factsOf = (runs: unknown[]): SecurityFacts => read(JSON.stringify({ version: '2.1.0', runs })).facts
const run = (name: string, more: object = {}) => ({ tool: { driver: { name } }, results: [], ...more })
const one = (result: object, more: object = {}) =>
  factsOf([run('CodeQL', { results: [{ ruleId: 'a', message: { text: 'b' }, ...result }], ...more })]).findings[0]!

describe('severity', () => {
  it.each([
    [9.0, 'critical'],
    [8.99, 'high'],
    [7, 'high'],
    [6.99, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [0.1, 'low'],
    [0, 'info'],
    ['9.8', 'critical'],
    ['0.0', 'info'],
  ])('security-severity %s is %s', (score, severity) => {
    expect(one({ level: 'note', properties: { 'security-severity': score } })).toMatchObject({
      severity,
      score: Number(score),
      security: true,
    })
  })

  it.each(['high', '', 'NaN', '-1', -1, null, '1e400'])('security-severity %j is no score: the level counts', (score) => {
    expect(one({ level: 'error', properties: { 'security-severity': score } })).toMatchObject({ severity: 'high', score: null })
  })

  it.each([
    ['error', 'high'],
    ['warning', 'medium'],
    ['note', 'low'],
    ['none', 'info'],
    ['catastrophe', 'unknown'],
  ])('level %s is %s', (level, severity) => expect(one({ level }).severity).toBe(severity))

  it("is the result's own score before the rule's", () => {
    const tool = { driver: { name: 'CodeQL', rules: [{ id: 'a', properties: { 'security-severity': '9.9' } }] } }
    expect(one({ properties: { 'security-severity': '5' } }, { tool })).toMatchObject({ severity: 'medium' })
    expect(one({}, { tool })).toMatchObject({ severity: 'critical' })
  })
})

describe('the sample of dialects', () => {
  const { facts, info } = read(fixture('sarif/valid-dialects.sarif'))
  const by = (title: string) => facts.findings.find((finding) => finding.title === title)!

  it('binds to the commit and the time that it states', () => {
    expect(facts.revisions).toEqual(['0123456789abcdef0123456789abcdef01234567'])
    expect(info).toEqual({
      producer: 'CodeQL 2.20.1',
      commit: '0123456789abcdef0123456789abcdef01234567',
      createdAt: '2026-03-01T10:00:00.000Z',
    })
  })

  it('finds rules by index, by id, in extensions, and levels where they are set', () => {
    expect(by('Query built from user input.')).toMatchObject({
      rule: 'js/sql-injection',
      severity: 'high',
      score: 8.8,
      path: 'src/db.js',
      line: 12,
      endLine: 14,
      state: 'active',
      fingerprint: 'primaryLocationLineHash:39fa2ee980eb94b0:1',
    })
    expect(by('MD5.')).toMatchObject({ rule: 'js/weak-hash', severity: 'critical' })
    expect(by("Raised by the run's own configuration.").severity).toBe('high')
    expect(by('No level anywhere.').severity).toBe('medium')
    expect(by('Unused.')).toMatchObject({ severity: 'low', security: false })
  })

  it('keeps apart what is not open', () => {
    expect(facts.findings.map((finding) => [finding.title, finding.state]).filter(([, state]) => state !== 'active')).toEqual([
      ['Fine.', 'not_failure'],
      ['Gone.', 'absent'],
      ['Accepted.', 'suppressed'],
    ])
  })

  it('undoes file URIs', () =>
    expect(by('Only told.')).toMatchObject({ path: 'C:/shop/a b.js', severity: 'info', security: false }))
})

describe('a scan that did not happen', () => {
  it.each([
    ['no list of results', run('CodeQL', { results: undefined })],
    ['null for a list', run('CodeQL', { results: null })],
    ['an unsuccessful execution', run('CodeQL', { invocations: [{ executionSuccessful: false }] })],
    [
      'one unsuccessful execution of two',
      run('CodeQL', { invocations: [{ executionSuccessful: true }, { executionSuccessful: false }] }),
    ],
    [
      'an error while running',
      run('CodeQL', { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error' }] }] }),
    ],
    [
      'an error in its configuration',
      run('CodeQL', { invocations: [{ executionSuccessful: true, toolConfigurationNotifications: [{ level: 'error' }] }] }),
    ],
    [
      'results elsewhere',
      run('CodeQL', { results: undefined, externalPropertyFileReferences: { results: [{ location: { uri: 'r.json' } }] } }),
    ],
  ])('%s', (_, failed) => {
    const facts = factsOf([failed])
    expect(facts).toMatchObject({ scanFailed: true, scans: [] })
    expect(facts.failure).not.toBeNull()
    // One finished run beside it does not make up for it.
    expect(factsOf([run('Bandit'), failed])).toMatchObject({ scanFailed: true, scans: ['sast'] })
  })

  it("is told from the tool's own words where it has some", () => {
    expect(read(fixture('sarif/failing-scan.sarif')).facts).toMatchObject({
      scanFailed: true,
      failure: 'syntax error while parsing AST from file',
    })
  })

  it.each(['warning', 'note', undefined])('but not from a notification of level %s', (level) => {
    expect(
      factsOf([run('CodeQL', { invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level }] }] })])
        .scanFailed,
    ).toBe(false)
  })

  it.each([
    ['no runs', { version: '2.1.0', runs: [] }],
    ['runs that are no list', { version: '2.1.0', runs: 1 }],
    ['results that are no list', { version: '2.1.0', runs: [{ results: 1 }] }],
    ['another version', { version: '2.0.0', runs: [run('CodeQL')] }],
  ])('refuses %s', (_, report) => expect(() => read(JSON.stringify(report))).toThrow())
})

describe('which scan it was', () => {
  it.each([
    ['CodeQL', ['sast']],
    ['Bandit', ['sast']],
    ['grype', ['sca']],
    ['Gitleaks', ['secrets']],
    ['tfsec', ['iac']],
    ['OWASP ZAP', ['dast']],
    ['Snyk Open Source', ['sca']],
    ['Snyk Container', ['container']],
    ['SnykCode', ['sast']],
    ['ESLint', []],
    ['my own scanner', []],
  ])('%s without findings: %j', (name, scans) => expect(factsOf([run(name)]).scans).toEqual(scans))

  it('tells an image scan by the image, and kinds by the tags of the rules', () => {
    expect(factsOf([run('Trivy', { properties: { imageName: 'shop:1' } })]).scans).toEqual(['container'])
    const tool = {
      driver: {
        name: 'Trivy',
        rules: [
          { id: 'a', properties: { tags: ['misconfiguration', 'security'] } },
          { id: 'b', properties: { tags: ['secret'] } },
        ],
      },
    }
    expect(factsOf([{ tool, results: [] }]).scans).toEqual(['iac', 'secrets'])
  })

  it('takes lint for lint, and its security rules for security', () => {
    const { facts } = read(fixture('sarif/valid-lint.sarif'))
    expect(facts.findings.map((finding) => [finding.rule, finding.security]).sort()).toEqual([
      ['lint/security/noGlobalEval', true],
      ['lint/suspicious/noDebugger', false],
      ['lint/suspicious/noDoubleEquals', false],
    ])
  })

  it('does not know an untagged result of a mixed tool to be harmless', () => {
    expect(one({}).security).toBe(true)
    expect(
      one({}, { tool: { driver: { name: 'CodeQL', rules: [{ id: 'a', properties: { tags: ['maintainability'] } }] } } }).security,
    ).toBe(false)
  })
})

describe('bounds', () => {
  it('refuses more findings than the limit instead of dropping some', () => {
    const report = JSON.stringify({ version: '2.1.0', runs: [run('CodeQL', { results: [{}, {}, {}] })] })
    expect(() => sarif.read(sourceOf(report), { ...DEFAULT_LIMITS, findings: 2 })).toThrow('more than 2')
  })

  it('reads a result that says nothing as open, of unknown place', () => {
    expect(factsOf([run('Bandit', { results: [{}] })]).findings[0]).toMatchObject({
      rule: 'unnamed rule',
      severity: 'medium',
      state: 'active',
      path: null,
      line: null,
    })
  })
})
