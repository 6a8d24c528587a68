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

describe('what a result refers to', () => {
  const rule = (id: string, severity: string, more: object = {}) => ({
    id,
    properties: { 'security-severity': severity },
    ...more,
  })
  const tool = {
    driver: { name: 'CodeQL', guid: 'd', rules: [rule('a', '1', { guid: 'rule-a' }), rule('b', '2')] },
    extensions: [
      { name: 'first', rules: [rule('a', '5')] },
      { name: 'second', guid: 'e', rules: [rule('c', '8', { guid: 'rule-c' }), rule('c/d', '9.5')] },
    ],
  }

  it.each([
    ['an index into the driver', { ruleIndex: 1 }, 2],
    ['an index into an extension by its index', { rule: { index: 0, toolComponent: { index: 0 } } }, 5],
    ['an index into an extension by its name', { rule: { index: 0, toolComponent: { name: 'second' } } }, 8],
    ['an index into an extension by its guid', { rule: { index: 0, toolComponent: { guid: 'e' } } }, 8],
    ['an id in an extension by its name', { ruleId: 'a', rule: { toolComponent: { name: 'first' } } }, 5],
    ['an id and an index of the driver by its guid', { rule: { id: 'b', index: 1, toolComponent: { guid: 'd' } } }, 2],
    ['the guid of a rule', { rule: { guid: 'rule-c' } }, 8],
    ['an index that is none, and an id', { ruleId: 'b', ruleIndex: -1 }, 2],
    ['an index and an id that contradict each other', { ruleId: 'b', ruleIndex: 0 }, 2],
    ['a finer case of a rule', { ruleId: 'c/d/e/f' }, 9.5],
    ['a component that is not there', { rule: { index: 0, toolComponent: { name: 'third' } } }, null],
  ])('%s', (_, reference, score) => {
    const [finding] = factsOf([run('CodeQL', { tool, results: [reference] })]).findings
    expect(finding!.score).toBe(score)
  })

  it.each([
    ['the id', { id: 'a' }],
    ['the index', { index: 0 }],
    ['the guid', { guid: 'g' }],
    ['the id of another component, by index', { index: 0, toolComponent: { index: 0 } }],
  ])("the run's own configuration by %s", (_, descriptor) => {
    const runs = (more: object) => [
      run('my linter', {
        tool: {
          driver: { name: 'my linter', rules: [{ id: 'a', guid: 'g' }, { id: 'b' }] },
          extensions: [{ name: 'x', rules: [{ id: 'x1' }] }],
        },
        invocations: [
          { executionSuccessful: true, ruleConfigurationOverrides: [{ descriptor, configuration: { level: 'error' } }] },
        ],
        ...more,
      }),
    ]
    const results = [
      { ruleId: 'a', ruleIndex: 0 },
      { ruleId: 'a/1' },
      { ruleIndex: 1 },
      { rule: { id: 'x1', toolComponent: { index: 0 } } },
    ]
    const severities = factsOf(runs({ results })).findings.map((finding) => finding.severity)
    expect(severities).toEqual(
      'toolComponent' in descriptor ? ['medium', 'medium', 'medium', 'high'] : ['high', 'high', 'medium', 'medium'],
    )
  })

  it('a message of its rule, with the words that go into it', () => {
    const driver = {
      name: 'CodeQL',
      rules: [{ id: 'a', messageStrings: { late: { text: "'{0}' comes after {1}, {{1}} or {7}" } } }],
      globalMessageStrings: { general: { text: 'in general' } },
    }
    const title = (message: object) => one({ message }, { tool: { driver } }).title
    expect(title({ id: 'late', arguments: ['a', 'b'] })).toBe("'a' comes after b, {1} or {7}")
    expect(title({ id: 'general' })).toBe('in general')
    expect(title({ text: 'no {0}', arguments: ['doubt'] })).toBe('no doubt')
    expect(title({ text: 'as {0}' })).toBe('as {0}')
    expect(title({ id: 'unknown', arguments: [1] })).toBeNull()
  })

  it('a place below another', () => {
    const originalUriBaseIds = {
      ROOT: { uri: 'file:///build/' },
      PART: { uri: 'shop/basket', uriBaseId: 'ROOT' },
      SELF: { uri: 'a/', uriBaseId: 'SELF' },
      OURS: { uriBaseId: 'PART' },
    }
    const path = (artifactLocation: object) =>
      one({ locations: [{ physicalLocation: { artifactLocation } }] }, { originalUriBaseIds }).path
    expect(path({ uri: 'a.js', uriBaseId: 'ROOT' })).toBe('a.js')
    expect(path({ uri: 'a.js', uriBaseId: 'PART' })).toBe('shop/basket/a.js')
    expect(path({ uri: 'a.js', uriBaseId: 'OURS' })).toBe('shop/basket/a.js')
    expect(path({ uri: '/a.js', uriBaseId: 'PART' })).toBe('/a.js')
    expect(path({ uri: 'file:///a.js', uriBaseId: 'PART' })).toBe('/a.js')
    expect(path({ uri: 'a.js', uriBaseId: 'constructor' })).toBe('a.js')
    expect(path({ uri: 'b.js', uriBaseId: 'SELF' })).toMatch(/^(?:a\/){1,20}b\.js$/)
  })

  it('the file that was analysed, where it names no place in it', () =>
    expect(one({ analysisTarget: { uri: 'src/a.c' } })).toMatchObject({ path: 'src/a.c', line: null }))
})

describe('words that nobody knows', () => {
  it('do not make a result any less a failure', () => {
    const driver = { name: 'CodeQL', rules: [{ id: 'a', defaultConfiguration: { level: 'error' } }] }
    expect(one({ kind: 'harmless' }, { tool: { driver } })).toMatchObject({ severity: 'high', state: 'active' })
    expect(one({ kind: 1 }, { tool: { driver } })).toMatchObject({ severity: 'high', state: 'active' })
    expect(one({ kind: 'review' }, { tool: { driver } })).toMatchObject({ severity: 'info', state: 'active' })
    expect(one({ level: 1 }, { tool: { driver } })).toMatchObject({ severity: 'unknown' })
    expect(one({ baselineState: 'gone' })).toMatchObject({ state: 'active' })
    expect(one({ suppressions: [{ kind: 'inSource', status: 'maybe' }] })).toMatchObject({ state: 'active' })
  })
})

describe('a run that says in passing that it failed', () => {
  const results: unknown[] = []
  it.each([
    ['a signal', { results, invocations: [{ executionSuccessful: true, exitSignalName: 'SIGSEGV' }] }],
    [
      'a process that did not start',
      { results, invocations: [{ executionSuccessful: true, processStartFailureMessage: 'no such file' }] },
    ],
    ['success that is no truth', { results, invocations: [{ executionSuccessful: 'true' }] }],
    ['a conversion', { results, conversion: { tool: {}, invocation: { executionSuccessful: false } } }],
    ['results here and elsewhere', { results, externalPropertyFileReferences: { results: [{}] } }],
  ])('%s', (_, more) => expect(factsOf([run('Bandit', more)])).toMatchObject({ scanFailed: true, scans: [] }))

  it.each([
    ['says nothing of its success', { invocations: [{}] }],
    ['has its taxonomies elsewhere', { externalPropertyFileReferences: { taxonomies: [{}] } }],
  ])('but not one that %s', (_, more) => expect(factsOf([run('Bandit', more)]).scanFailed).toBe(false))

  it('or whose results stand beside it', () => {
    const beside = (inlineExternalProperties: unknown) =>
      read(JSON.stringify({ version: '2.1.0', runs: [run('Bandit')], inlineExternalProperties })).facts.scanFailed
    expect(beside([{ results: [{}] }])).toBe(true)
    expect(beside([{ results: [] }, { artifacts: [{}] }])).toBe(false)
  })
})

describe('what is about security', () => {
  const taxa = (name: string) => [{ id: '79', toolComponent: { name } }]
  it.each([
    ['a weakness that the result is of', { taxa: taxa('CWE') }, {}, true],
    ['a weakness that its rule is of', {}, { relationships: [{ target: taxa('CWE')[0], kinds: ['superset'] }] }, true],
    ['a class of OWASP', { taxa: taxa('OWASP Top Ten 2021') }, {}, true],
    ['a class of anything else', { taxa: taxa('style') }, {}, false],
    ['nothing', {}, {}, false],
  ])('%s', (_, result, rule, security) => {
    const tool = { driver: { name: 'my linter', rules: [{ id: 'a', ...rule }] } }
    expect(one(result, { tool }).security).toBe(security)
  })

  it('a taxonomy of the run, by its index', () => {
    const more = { tool: { driver: { name: 'my linter' } }, taxonomies: [{ name: 'style' }, { name: 'CWE' }] }
    expect(one({ taxa: [{ id: '79', toolComponent: { index: 1 } }] }, more).security).toBe(true)
    expect(one({ taxa: [{ id: '79', toolComponent: { index: 0 } }] }, more).security).toBe(false)
  })

  it.each([
    ['security/detect-eval-with-expression', true],
    ['no-unsanitized/method', true],
    ['eqeqeq', false],
  ])('rule %s of ESLint: %s', (ruleId, security) =>
    expect(one({ ruleId }, { tool: { driver: { name: 'ESLint' } } }).security).toBe(security),
  )
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
