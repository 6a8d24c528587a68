// JSON by pointers from the policy to the verdict: judged where it says so, never where it does not, and the same from a bundle.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { changesBetween } from '../../src/config/compare.ts'
import { invocation, NOW, world } from '../support/ports.ts'
import { configOf, resolved } from '../support/resolving.ts'

const CONFIG = '.github/certification.yml'
const policy = (entry: string, limit = '"< 200ms"') => `version: 1
metrics:
  service_performance:
    evidence: [${entry}]
    objectives: [{ sli: p95_latency, pass: ${limit} }]
  service_reliability:
    evidence: [${entry}]
`
const ENTRY = `{ path: out/load.json, format: json, values: { p95_latency: { pointer: /http/p95, unit: ms } }, events: { bad: /failed, total: /all } }`
const report = (p95: unknown = 120, failed: unknown = 1) => JSON.stringify({ http: { p95, p50: 1 }, failed, all: 2000 })

async function judged(files: Record<string, string>) {
  const { result } = await run(invocation({ config: { path: CONFIG, named: true } }), world(files))
  return (id: string) =>
    result!.levels.flatMap((level) => level.criteria).find((one) => one.id === id) as { outcome: string; value: number | null }
}

describe('a policy with pointers', () => {
  it('judges its values and its events', async () => {
    const of = await judged({ [CONFIG]: policy(ENTRY), 'out/load.json': report() })
    expect(of('service_performance')).toMatchObject({ outcome: 'pass', value: 100 })
    expect(of('service_reliability')).toMatchObject({ outcome: 'pass', value: 99.95 })
  })

  it('fails what is beyond its limit', async () => {
    const of = await judged({ [CONFIG]: policy(ENTRY), 'out/load.json': report(0.25, 20) })
    expect(of('service_performance').outcome).toBe('pass')
    expect(of('service_reliability')).toMatchObject({ outcome: 'fail', value: 99 })
    const slow = await judged({ [CONFIG]: policy(ENTRY, '"< 0.1s"'), 'out/load.json': report() })
    expect(slow('service_performance')).toMatchObject({ outcome: 'fail', value: 0 })
  })

  it.each([null, '120', {}, undefined])('passes nothing where %j stands in place of a number', async (there) => {
    const of = await judged({ [CONFIG]: policy(ENTRY), 'out/load.json': report(there ?? null) })
    for (const id of ['service_performance', 'service_reliability'])
      expect([id, of(id).outcome, of(id).value]).toEqual([id, expect.stringMatching(/^(no_evidence|error)$/), null])
  })

  it('passes nothing where the file is missing, whatever else lies about', async () => {
    const benchmark = JSON.stringify([{ name: 'p95_latency', unit: 'ms', value: 1 }])
    const of = await judged({ [CONFIG]: policy(ENTRY), 'benchmark.json': benchmark })
    expect(of('service_performance').outcome).toBe('no_evidence')
  })
})

describe('a bundle', () => {
  const collected = async (config: string) => {
    const there = world({ [CONFIG]: config, 'out/load.json': report() })
    await run(invocation({ command: 'collect', config: { path: CONFIG, named: true } }), there)
    return there.files.written.get('certify-evidence.json')!
  }

  it('gives what the file itself would', async () => {
    const of = await judged({ [CONFIG]: policy(ENTRY), 'certify-evidence.json': await collected(policy(ENTRY)) })
    expect(of('service_performance')).toMatchObject({ outcome: 'pass', value: 100 })
    expect(of('service_reliability')).toMatchObject({ outcome: 'pass', value: 99.95 })
  })

  it('that was read by other pointers than the policy that judges has, passes nothing', async () => {
    const own = await collected(policy(ENTRY.replace('/http/p95', '/http/p50')))
    const of = await judged({ [CONFIG]: policy(ENTRY), 'certify-evidence.json': own })
    expect(of('service_performance')).toMatchObject({ outcome: 'error', value: null })
  })

  it('whose job declared more than the policy does, gives what the policy asks for alone', async () => {
    const more = ENTRY.replace('values: {', 'values: { other: { pointer: /http/p50, unit: ms },')
    const of = await judged({ [CONFIG]: policy(ENTRY), 'certify-evidence.json': await collected(policy(more)) })
    expect(of('service_performance')).toMatchObject({ outcome: 'pass', value: 100 })
    const asks = policy(ENTRY).replace('sli: p95_latency', 'sli: other')
    const none = await judged({ [CONFIG]: asks, 'certify-evidence.json': await collected(policy(more)) })
    expect(none('service_performance').outcome).toBe('no_evidence')
  })

  describe('by pointers that no policy has', () => {
    const limits = 'objectives: [{ sli: p95_latency, pass: "< 200ms" }]'

    it('is left alone where nobody asks for its file', async () => {
      const files = {
        [CONFIG]: `version: 1\nmetrics: { service_performance: { ${limits} } }\n`,
        'certify-evidence.json': await collected(policy(ENTRY)),
      }
      expect((await judged(files))('service_performance').outcome).toBe('no_evidence')
      const { result } = await run(invocation({ config: { path: CONFIG, named: true } }), world(files))
      expect(result!.evidence.filter((one) => one.path === 'out/load.json')).toEqual([])
    })

    it('is refused where an entry asks for its file and says nothing of them', async () => {
      const files = {
        [CONFIG]: `version: 1\nmetrics: { service_performance: { evidence: "out/*.json", ${limits} } }\n`,
        'certify-evidence.json': await collected(policy(ENTRY)),
      }
      expect((await judged(files))('service_performance')).toMatchObject({ outcome: 'error', value: null })
    })
  })
})

it('equal bytes that are read by other pointers are other evidence: no metric is judged by the pointers of another', async () => {
  const entry = (path: string, pointer: string) =>
    `[{ path: ${path}, format: json, values: { p95_latency: { pointer: ${pointer}, unit: ms } } }]`
  const files = {
    [CONFIG]: `version: 1
metrics:
  performance_compliance: { evidence: ${entry('a.json', '/http/p50')}, objectives: [{ sli: p95_latency, pass: "< 10ms" }] }
  service_performance: { evidence: ${entry('b.json', '/http/p95')}, level: component, objectives: [{ sli: p95_latency, pass: "< 10ms" }] }
`,
    'a.json': report(),
    'b.json': report(),
  }
  const of = await judged(files)
  expect(of('performance_compliance')).toMatchObject({ outcome: 'pass', value: 100 })
  expect(of('service_performance')).toMatchObject({ outcome: 'fail', value: 0 })
})

describe('docs/configuration.md', () => {
  const page = readFileSync('docs/configuration.md', 'utf8')
  const shown = /### A report that no format knows[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page)![1]!
  const COMMIT = world({}).subject.commit

  it('shows a policy that reads what it says it does', async () => {
    const load = { metrics: { http: { p95: 120 }, cold: { count: 3 } }, requests: { failed: 1, all: 2000 } }
    const files = {
      [CONFIG]: `version: 1\n${shown}certification_levels: { level_3: { validation_criteria: { doc_coverage: ">= 80%" } } }\n`,
      'out/load.json': JSON.stringify({ ...load, meta: { finished: NOW.toISOString(), sha: COMMIT } }),
      'docs/coverage.json': '{"percent": 79.9}',
    }
    const of = await judged(files)
    expect(of('service_performance')).toMatchObject({ outcome: 'pass', value: 100 })
    expect(of('doc_coverage')).toMatchObject({ outcome: 'fail', value: 79.9 })
    const other = { ...load, meta: { finished: NOW.toISOString(), sha: 'f'.repeat(40) } }
    const foreign = await judged({ ...files, 'out/load.json': JSON.stringify(other) })
    expect(foreign('service_performance')).toMatchObject({ outcome: 'no_evidence', value: null })
  })

  it('shows a valid policy for Prometheus', () => {
    const prometheus = page.slice(page.indexOf('### Reliability from Prometheus'))
    const [, , policy] = /```yaml\n([\s\S]*?)```[\s\S]*?```yaml\n([\s\S]*?)```/.exec(prometheus)!
    expect(resolved(`version: 1\n${policy}`).problems).toEqual([])
  })
})

describe('the policy file', () => {
  const entryOf = (entry: string) => `version: 1\nevidence: [${entry}]\n`

  it('may give a value by its pointer alone', () => {
    const config = configOf(
      entryOf('{ path: a.json, format: json, values: { count: /n, "http.p(99.9)": { pointer: /p, unit: s } } }'),
    )
    expect(config.evidence[0]).toMatchObject({
      format: 'json',
      json: {
        values: [
          { name: 'count', pointer: '/n', unit: null },
          { name: 'http.p(99.9)', pointer: '/p', unit: 's' },
        ],
        events: null,
        generatedAt: null,
        commit: null,
      },
    })
  })

  it.each([
    ['{ path: a.json, format: json }', /needs values or events/],
    ['{ path: a.json, values: { a: /b } }', /only for format: json/],
    ['{ path: a.json, format: k6-summary, events: { good: /a, total: /b } }', /only for format: json/],
    ['{ path: a.json, format: json, values: { a: b } }', /a/],
    ['{ path: a.json, format: json, values: { a: /b~2 } }', /a/],
    ['{ path: a.json, format: json, values: { a: { unit: ms } } }', /pointer/],
    ['{ path: a.json, format: json, values: { "": /b } }', /name/],
    ['{ path: a.json, format: json, events: { total: /b } }', /either good or bad/],
    ['{ path: a.json, format: json, events: { good: /a, bad: /c, total: /b } }', /either good or bad/],
    ['{ path: a.json, format: json, events: { good: /a } }', /total/],
  ])('%s is refused, with its line', (entry, words) => {
    const { problems } = resolved(entryOf(entry))
    expect(problems.map((one) => one.message).join('\n')).toMatch(words)
    expect(problems[0]).toMatchObject({ line: 2 })
  })

  it('whose pointer is changed may be laxer: that is told', () => {
    const from = configOf(policy(ENTRY))
    const to = configOf(policy(ENTRY.replace('/http/p95', '/http/p50')))
    const changes = changesBetween(from, to)
    expect(changes.map((one) => [one.label, one.direction])).toContainEqual([
      'metric service_performance, evidence, out/load.json, pointers',
      'unknown',
    ])
  })
})
