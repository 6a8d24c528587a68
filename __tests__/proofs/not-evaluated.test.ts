// Proof 1 for every family and every format, through whole runs: what was not evaluated never passes and opens no gate, and the
// report says what and where. The criterion takes any value at all, so that nothing but the lack of one can stop it.
import { describe, expect, it } from '@jest/globals'
import type { Format } from '../../src/evidence/format.ts'
import { FORMATS } from '../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import type { Facts, Kind } from '../../src/model/evidence.ts'
import { type Fixture, fixturesOf } from '../support/fixtures.ts'
import { type Probe, probed } from '../support/probe.ts'
import { junit, k6, lcov, README, sarif } from '../support/ready-repository.ts'
import { sourceOf } from '../support/source.ts'

type Row = [what: string, change: Partial<Probe>, says?: string | RegExp]

const half = (text: string) => text.slice(0, text.length / 2)

/** What can become of any file. */
const ANY: Row[] = [
  ['missing', { content: null }],
  ['empty', { content: '' }],
  ['white space', { content: ' \n\n\t\n' }],
  ['a binary', { content: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 255, 254]) }],
]

/** What can become of any report. */
const MEASURED: Row[] = [
  ...ANY,
  ['a page of an error', { content: '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n' }],
  ['another language', { content: 'hello\n' }],
  ['an empty object', { content: '{}' }],
  ['an empty list', { content: '[]' }],
  ['null', { content: 'null' }],
  ['too old', { maxAge: '1d', modifiedAt: '2027-05-01T00:00:00Z' }, /old/],
  ['of another run, naming no commit', { artifact: { run: 6 } }],
  ['of an artifact that was altered', { artifact: { altered: true } }],
  ['committed to git, in the Action', { tracked: true, inAction: true }],
  ['missing from its artifact', { content: null, artifact: {} }],
]

const SKIPPED: Row[] = (['skipped', 'cancelled'] as const).map((result) => [
  `there, but a job that was needed ended as ${result}`,
  { producers: [{ job: 'unit tests', result, needed: true }] },
  'unit tests',
])

interface Family {
  path: string
  content: string
  metric: string
  more?: string
  limit?: string
  tracked?: boolean
  rows: Row[]
}

const trx = (outcome: string) =>
  `<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testId="1" testName="a" outcome="${outcome}"/></Results></TestRun>`
const ctrf = (status: string) =>
  `{"results":{"tool":{"name":"t"},"summary":{"tests":1,"passed":1,"failed":0,"pending":0,"skipped":0,"other":0},"tests":[{"name":"a","status":"${status}","duration":1}]}}`
const k6Without = (change: object) => JSON.stringify({ ...JSON.parse(k6()), ...change })
const scanned = (run: object) => JSON.stringify({ version: '2.1.0', runs: [run] })

const docstrings = (covered: number, missed: number) => {
  const row = (name: string) => `| ${name} | ${covered + missed} | ${missed} |    ${covered} | 90% |\n`
  const rows = `${covered + missed > 0 ? row('till.py') : ''}${row('TOTAL')}`
  return `===== Coverage for /shop/ =====\n----- Summary -----\n| Name | Total | Miss | Cover | Cover% |\n${rows}----- RESULT: PASSED (minimum: 80.0%, actual: 100.0%) -----\n`
}

const LIST = '# Go live\n\n- [x] somebody is on call\n- [x] the way back was tried\n'

const FAMILIES: Record<Kind, Family> = {
  coverage: {
    path: 'out/lcov.info',
    content: lcov(9, 10),
    metric: 'kind: coverage, evidence: EVIDENCE',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(lcov(9, 10)) }],
      ['of no line', { content: lcov(0, 0) }],
      ['of tests alone', { content: junit([{ suite: 'a', name: 'b' }]) }],
      ['of another measure than asked for', { metric: 'kind: coverage, evidence: EVIDENCE, coverage: { measure: functions } ' }],
      ['of files that do not count', { metric: 'kind: coverage, evidence: EVIDENCE, coverage: { exclude: ["**"] }' }],
      ['more covered than there is', { content: lcov(9, 10).replace('LH:9', 'LH:x') }],
    ],
  },
  tests: {
    path: 'out/junit.xml',
    content: junit([
      { suite: 'till', name: 'adds' },
      { suite: 'till', name: 'rounds' },
    ]),
    metric: 'kind: tests, evidence: EVIDENCE',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(junit([{ suite: 'till', name: 'adds' }])) }],
      ['of no test', { content: junit([]) }],
      ['of skipped tests alone', { content: junit([{ suite: 'till', name: 'adds', skipped: true }]) }],
      ['of an outcome nobody knows (TRX)', { content: trx('Splendid') }],
      ['of an outcome nobody knows (CTRF)', { content: ctrf('splendid') }],
      ['of tests, but none that are asked for', { metric: 'kind: tests, evidence: EVIDENCE, tests: "nowhere/**"' }],
      [
        'of one point that no test proves',
        { metric: 'kind: scenario, evidence: EVIDENCE, points: [{ id: bank, tests: bank }]', limit: '>= 100%' },
        'bank',
      ],
    ],
  },
  performance: {
    path: 'out/k6-summary.json',
    content: k6(),
    metric: 'kind: performance, evidence: EVIDENCE, objectives: [{ sli: http_req_duration.p95, pass: ">= 0ms" }]',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(k6()) }],
      ['of no measurement', { content: k6Without({ metrics: {} }) }],
      [
        'without the one asked for',
        { content: k6Without({ metrics: { http_reqs: { count: 5, rate: 1 } } }) },
        'http_req_duration.p95',
      ],
      ['with no objective', { metric: 'kind: performance, evidence: EVIDENCE' }],
      ['of another number than asked for', { metric: 'kind: value, sli: nowhere, evidence: EVIDENCE' }],
      ['a word for a number', { content: k6().replace('180', '"fast"') }],
    ],
  },
  security: {
    path: 'out/semgrep.sarif',
    content: sarif(),
    metric: 'kind: security, evidence: EVIDENCE',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(sarif()) }],
      ['of no scan', { content: '{"version":"2.1.0","runs":[]}' }],
      [
        'of a scan that failed',
        {
          content: scanned({ tool: { driver: { name: 'Semgrep' } }, invocations: [{ executionSuccessful: false }], results: [] }),
        },
      ],
      ['of a scan that has no results, not even none', { content: scanned({ tool: { driver: { name: 'Semgrep' } } }) }],
      [
        'of another kind of scan than asked for',
        { metric: 'kind: security, evidence: EVIDENCE, security: { require: [secrets] }' },
        'secrets',
      ],
      [
        'of another commit',
        {
          content: scanned({
            tool: { driver: { name: 'Semgrep' } },
            results: [],
            versionControlProvenance: [{ repositoryUri: 'https://example.com/r', revisionId: 'b'.repeat(40) }],
          }),
        },
        'bbbbbbb',
      ],
      ['of statements that suppress, and no scan', { content: fixturesOf('openvex', 'valid')[0]!.bytes }],
    ],
  },
  documentation: {
    path: 'docs/guide.md',
    content: README,
    metric: 'kind: documentation, documents: [{ path: docs/guide.md, min_words: 100, headings: [Use], max_age: 30d }]',
    limit: '>= 100%',
    tracked: true,
    rows: [
      ...ANY,
      ['cut in half', { content: half(README) }, 'Use'],
      ['too old', { modifiedAt: '2027-01-01T00:00:00Z' }],
      ['of no document', { metric: 'kind: documentation' }, 'probe'],
    ],
  },
  apidocs: {
    path: 'out/interrogate.txt',
    content: docstrings(9, 1),
    metric: 'kind: documentation, evidence: EVIDENCE',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(docstrings(9, 1)) }],
      ['of nothing, which the tool calls 100 %', { content: docstrings(0, 0) }],
      ['of a percentage alone', { content: 'RESULT: PASSED (minimum: 80.0%, actual: 100.0%)\n' }],
      ['of more than there is', { content: docstrings(9, 1).replaceAll('|    9 |', '|   90 |') }],
      ['of a report on something else', { content: junit([{ suite: 'till', name: 'adds' }]) }],
      [
        'missing, beside a document that is as it should be',
        { content: null, metric: 'kind: documentation, documents: [{ path: README.md }], evidence: EVIDENCE' },
      ],
    ],
  },
  checklist: {
    path: 'ops/list.md',
    content: LIST,
    metric: 'kind: checklist, checklists: [own]',
    more: 'checklists: { own: { source: ops/list.md } }\n',
    rows: [...ANY, ['of no item', { content: '# Go live\n\nAll is well.\n' }]],
  },
  reliability: {
    path: 'out/k6-summary.json',
    content: k6(),
    metric: 'kind: reliability, evidence: EVIDENCE',
    rows: [
      ...MEASURED,
      ['cut in half', { content: half(k6()) }],
      ['of no event', { content: k6Without({ metrics: { http_req_duration: { 'p(95)': 1 } } }) }],
      ['of too few events', { metric: 'kind: reliability, min_events: 5001, evidence: EVIDENCE' }],
    ],
  },
}

describe.each(Object.entries(FAMILIES))('%s', (_, { rows, ...whole }) => {
  it('a report that is as it should be passes', async () => {
    const { result, outcome, opened } = await probed(whole)
    expect([outcome, result.decision.verdict, opened]).toEqual(['pass', 'passed', true])
    expect(result.gates.find((gate) => gate.id === 1)!.state).toBe('open')
  })

  it.each(rows)('%s', async (_what, change, says = whole.path) => {
    const { outcome, opened, said } = await probed({ ...whole, ...change })
    expect([outcome, opened]).toEqual([expect.stringMatching(/^(no_evidence|fail|error)$/), false])
    expect(said).toContain('probe')
    expect(said).toMatch(says)
  })

  it.each(SKIPPED)('%s', async (_what, change, says) => {
    const { opened, said } = await probed({ ...whole, ...change })
    expect(opened).toBe(false)
    expect(said).toMatch(says!)
  })
})

it('of an artifact of this run, a report passes', async () => {
  const { path, content, metric } = FAMILIES.tests
  expect((await probed({ path, content, metric, artifact: {} })).opened).toBe(true)
})

/** What the metric has to be for a report of that format to be all it needs. */
function askOf(facts: Facts): string {
  switch (facts.kind) {
    case 'performance':
      return `kind: performance, evidence: EVIDENCE, objectives: [{ sli: ${JSON.stringify(facts.metrics.at(-1)?.name)}, pass: [">= 0"] }]`
    case 'checklist':
      return 'kind: checklist, checklists: [own]'
    case 'reliability':
      return 'kind: reliability, min_events: 1, evidence: EVIDENCE'
    case 'apidocs':
      return 'kind: documentation, evidence: EVIDENCE'
    case 'security':
      return facts.scans.length > 0 ? 'kind: security, evidence: EVIDENCE' : 'kind: quality, evidence: EVIDENCE'
    default:
      return `kind: ${facts.kind}, evidence: EVIDENCE`
  }
}

/** The commit that is judged is the one that the report names. */
function wholeOf(format: Format, { name, bytes }: Fixture): Probe {
  const { facts, info } = format.read(sourceOf(bytes, name), DEFAULT_LIMITS)
  const path = `out/${name.replace('/', '-')}`
  const commit = info.commit ?? (facts.kind === 'security' ? facts.revisions[0] : undefined)
  return {
    path,
    content: bytes,
    metric: askOf(facts),
    ...(format.kind === 'checklist' ? { more: `checklists: { own: { source: ${path} } }\n` } : { format: format.id }),
    ...(commit !== undefined && { commit: commit.padEnd(40, '0') }),
  }
}

/** Evidence of nothing by themselves: statements about what others found, promises, percentages of nobody knows how much. */
const TOLD_ONLY = new Set(['openvex', 'openslo', 'simplecov-last-run'])
/** Without an end that could be missed, and with lines that are passed over: what is lost of them is lost alone. */
const ENDLESS = new Set(['checklist-md'])

it.each([...TOLD_ONLY])('%s never passes', async (id) => {
  const format = FORMATS.find((one) => one.id === id)!
  for (const fixture of fixturesOf(id).filter(({ name }) => !name.includes('malformed'))) {
    const { outcome, opened, said } = await probed(wholeOf(format, fixture))
    expect([fixture.name, outcome, opened]).toEqual([fixture.name, expect.stringMatching(/^(no_evidence|error)$/), false])
    expect(said).toContain('probe')
  }
})

const JUDGED = FORMATS.filter(({ id }) => !TOLD_ONLY.has(id))

describe.each(JUDGED.map((format) => [format.id, format] as const))('%s', (id, format) => {
  it('passes as it is, and never broken, cut in half, or of another run or commit', async () => {
    const valid = fixturesOf(id, 'valid')
    let whole: Probe | null = null
    for (const one of valid) {
      whole = wholeOf(format, one)
      if ((await probed(whole)).opened) break
      whole = null
    }
    if (whole === null) throw new Error('no valid fixture passes')
    const content = whole.content as Uint8Array
    const rows: Row[] = ENDLESS.has(id)
      ? []
      : [
          ...fixturesOf(id, 'malformed').map(({ name, bytes }): Row => [name, { content: bytes }]),
          ['cut in half', { content: content.slice(0, content.length / 2) }],
        ]
    if (whole.commit !== undefined) rows.push(['of another commit', { commit: 'f'.repeat(40) }])
    else if (format.kind !== 'checklist') rows.push(['of another run, naming no commit', { artifact: { run: 6 } }])
    // A clean scan is an empty one.
    if (format.kind !== 'security') for (const { name, bytes } of fixturesOf(id, 'empty')) rows.push([name, { content: bytes }])
    const opened: unknown[] = []
    for (const [what, change] of rows) {
      const found = await probed({ ...whole, ...change })
      if (found.opened || !/^(no_evidence|fail|error)$/.test(found.outcome)) opened.push([what, found.outcome])
      else expect([what, found.said]).toEqual([what, expect.stringContaining(whole.path)])
    }
    expect(opened).toEqual([])
  })
})
