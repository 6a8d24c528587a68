// OpenSLO definitions: what is promised is told, and is evidence of nothing.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../../src/app/run.ts'
import { openslo } from '../../../src/evidence/formats/reliability/openslo.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { invocation, world } from '../../support/ports.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => openslo.read(sourceOf(content, 'slo.yaml'), DEFAULT_LIMITS)
const text = (name: string) => new TextDecoder().decode(fixture(`openslo/${name}`))
const CONFIG = '.github/certification.yml'

describe('a definition', () => {
  it.each([
    ['valid.yaml', 'defines the SLO "checkout-availability": target 0.999 over 30d', '30d'],
    ['valid.json', 'defines the SLO "search-latency": targetPercent 99.5, target 0.9999 over 4w', '4w'],
  ])('%s says what is promised, and holds no event', (name, words, window) => {
    const { facts, problems } = read(fixture(`openslo/${name}`))
    expect(facts).toEqual({ kind: 'reliability', events: null, window })
    expect(problems).toEqual([expect.objectContaining({ code: 'nothing_measured', message: expect.stringContaining(words) })])
  })

  it('of several documents says each, whichever way its lines end', () => {
    for (const content of [text('failing.yaml'), text('failing.yaml').replaceAll('\n', '\r\n')])
      expect(read(content).problems.map((one) => one.message)).toEqual([
        expect.stringContaining('defines the Service "checkout";'),
        expect.stringContaining('defines the SLO "checkout-hopeless": target 0.2;'),
      ])
  })

  it.each([
    text('malformed.yaml'),
    '[]',
    '{"apiVersion":"openslo/v1","kind":"SLO","spec":{"objectives":[]}}',
    'apiVersion: v1\nkind: Pod\n',
  ])('without a target, or of another kind, is refused: %#', (content) => {
    expect(() => read(content)).toThrow(CertifyError)
  })
})

it.each([
  ['slo.yaml', text('valid.yaml')],
  ['slo.json', text('valid.json')],
])('%s passes nothing, alone or by a limit that it meets itself', async (path, content) => {
  const policy = `version: 1\nmetrics: { service_reliability: { evidence: ${path}, min_events: 1 } }\n`
  const { result } = await run(
    invocation({ config: { path: CONFIG, named: true } }),
    world({ [CONFIG]: policy, [path]: content }),
  )
  const reliability = result!.levels.flatMap((level) => level.criteria).find((one) => one.id === 'service_reliability')
  expect(reliability?.value).toBeNull()
  expect(['no_evidence', 'error']).toContain(reliability?.outcome)
})

it('beside measured events stops the pass that they would give: it is named as evidence and is none', async () => {
  const measured = JSON.stringify([
    { name: 'http.good', unit: 'events', value: 2000 },
    { name: 'http.total', unit: 'events', value: 2000 },
  ])
  const judged = async (evidence: string) => {
    const policy = `version: 1\nmetrics: { service_reliability: { evidence: ${evidence} } }\n`
    const there = world({ [CONFIG]: policy, 'slo.yaml': text('valid.yaml'), 'benchmark.json': measured })
    const { result } = await run(invocation({ config: { path: CONFIG, named: true } }), there)
    return result!.levels.flatMap((level) => level.criteria).find((one) => one.id === 'service_reliability')?.outcome
  }
  expect(await judged('[benchmark.json]')).toBe('pass')
  expect(await judged('[benchmark.json, slo.yaml]')).not.toBe('pass')
})
