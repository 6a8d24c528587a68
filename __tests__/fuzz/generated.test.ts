// Promises held against generated reports: what was written is read, a union is one, and bad news never makes a verdict better.
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { union } from '../../src/metrics/coverage-union.ts'
import type { CoverageFacts, EvidenceClaim, Facts, FileCoverage, SecurityFacts, TestFacts } from '../../src/model/evidence.ts'
import { collect } from '../support/collect.ts'
import { numbered } from '../support/columns.ts'
import { fileOf } from '../support/fixtures.ts'
import { probed } from '../support/probe.ts'
import { sarif } from '../support/ready-repository.ts'
import {
  type CoveredFile,
  coberturaOf,
  coverage,
  type Found,
  findings,
  istanbulOf,
  junitOf,
  lcovOf,
  suites,
  totalsOf,
} from '../support/reports.ts'

const SEED = { seed: 20261126, numRuns: 150 }
const RUNS = { seed: 20261126, numRuns: 12 }
const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }

function factsOf(text: string): Facts {
  const { evidence, rejected } = collect([{ file: fileOf(text, 'report', 97), claim, format: null }], DEFAULT_LIMITS)
  expect(rejected).toEqual([])
  return evidence[0]!.facts
}

const sarifOf = (found: Found[]) => sarif(found.map((one) => ({ ...one, message: 'm' })))

describe('what was written is what is read', () => {
  it.each([
    ['LCOV', lcovOf],
    ['Cobertura', coberturaOf],
    ['Istanbul', istanbulOf],
  ])('%s', (_, written) => {
    const read = (files: CoveredFile[]) => {
      const facts = factsOf(written(files)) as CoverageFacts
      expect(facts.totals.lines).toEqual(totalsOf(files))
      const lines = facts.files.map((file) => [file.path, [...file.lines!.lines].map((line, at) => [line, file.lines!.hits[at]])])
      expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(files.map((file) => [file.path, file.lines])))
    }
    fc.assert(fc.property(coverage, read), SEED)
  })

  it('JUnit', () => {
    const read = (all: Parameters<typeof junitOf>[0]) => {
      const facts = factsOf(junitOf(all)) as TestFacts
      const cases = all.flatMap((suite) => suite.cases.map((one) => [suite.name, one.name, one.outcome]))
      expect(facts.cases.map((one) => [one.suite, one.name, one.outcome])).toEqual(cases)
      const of = (outcome: string) => cases.filter((one) => one[2] === outcome).length
      expect(facts.totals).toEqual({
        total: cases.length,
        passed: of('passed'),
        failed: of('failed'),
        errors: of('error'),
        skipped: of('skipped'),
        flaky: 0,
      })
    }
    fc.assert(fc.property(suites, read), SEED)
  })

  it('SARIF', () => {
    const read = (found: Found[]) => {
      const facts = factsOf(sarifOf(found)) as SecurityFacts
      expect(facts.scanFailed).toBe(false)
      expect(facts.findings.map(({ rule, path, line, state }) => [rule, path, line, state])).toEqual(
        found.map(({ rule, path, line }) => [rule, path, line, 'active']),
      )
    }
    fc.assert(fc.property(findings, read), SEED)
  })
})

const filesOf = (files: CoveredFile[]): FileCoverage[] => (factsOf(lcovOf(files)) as CoverageFacts).files
/** A report that has figures of its files, and no lines. */
const summaryOf = (files: FileCoverage[]): FileCoverage[] => files.map((file) => ({ ...file, lines: null, branches: null }))
const sorted = (files: FileCoverage[]) => numbered([...files]).sort((a, b) => (a.path < b.path ? -1 : 1))

describe('the union of coverage reports', () => {
  const reports = fc.array(coverage.map(filesOf), { minLength: 3, maxLength: 3 })

  it('is the same in any order, however grouped, and of a report with itself the report', () => {
    const holds = ([a, b, c]: FileCoverage[][]) => {
      const all = sorted(union([a!, b!, c!]))
      for (const order of [union([c!, b!, a!]), union([b!, a!, c!]), union([union([a!, b!]), c!]), union([a!, union([b!, c!])])])
        expect(sorted(order)).toEqual(all)
      expect(sorted(union([a!, a!]))).toEqual(sorted(union([a!])))
      expect(sorted(union([...[a!, b!, c!], ...[a!, b!, c!]]))).toEqual(all)
    }
    fc.assert(fc.property(reports, holds), SEED)
  })

  it('is the same in any order where some have no lines', () => {
    const mixed = fc.tuple(reports, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
    const holds = ([all, bare]: [FileCoverage[][], boolean[]]) => {
      const [a, b, c] = all.map((files, at) => (bare[at] ? summaryOf(files) : files))
      const expected = sorted(union([a!, b!, c!]))
      for (const order of [union([c!, b!, a!]), union([b!, c!, a!]), union([a!, c!, b!])]) expect(sorted(order)).toEqual(expected)
      expect(sorted(union([a!, b!, c!, a!]))).toEqual(expected)
    }
    fc.assert(fc.property(mixed, holds), SEED)
  })
})

describe('a run never gets better by', () => {
  /** Of the criterion and the verdict: the worse, the lower. */
  const rank = async (content: string, metric: string, limit: string) => {
    const { opened, result } = await probed({ path: 'out/report', content, metric, limit })
    const value = result.metrics.find((one) => one.id === 'probe')?.value ?? null
    return { opened, value }
  }
  const noBetter = async (before: string, after: string, metric: string, limit: string) => {
    const [was, is] = [await rank(before, metric, limit), await rank(after, metric, limit)]
    expect([was.opened, is.opened]).not.toEqual([false, true])
    if (was.value !== null && is.value !== null) expect(is.value).toBeLessThanOrEqual(was.value)
  }

  it('one more failing test', async () => {
    const more = (all: Parameters<typeof junitOf>[0]) => [
      ...all,
      { name: 'and', cases: [{ name: 'no', outcome: 'failed' as const }] },
    ]
    await fc.assert(
      fc.asyncProperty(suites, (all) => noBetter(junitOf(all), junitOf(more(all)), 'kind: tests, evidence: EVIDENCE', '>= 50%')),
      RUNS,
    )
  })

  it('one more uncovered line', async () => {
    const more = (files: CoveredFile[]): CoveredFile[] =>
      files.map((file, at) => (at > 0 ? file : { ...file, lines: [...file.lines, [99, 0]] }))
    await fc.assert(
      fc.asyncProperty(coverage, (files) =>
        noBetter(lcovOf(files), lcovOf(more(files)), 'kind: coverage, evidence: EVIDENCE', '>= 50%'),
      ),
      RUNS,
    )
  })

  it('one more finding', async () => {
    const one = { rule: 'another-rule', level: 'error' as const, path: 'another', line: 999 }
    await fc.assert(
      fc.asyncProperty(findings, (found) =>
        noBetter(sarifOf(found), sarifOf([...found, one]), 'kind: security, evidence: EVIDENCE', '>= 50%'),
      ),
      RUNS,
    )
  })
})
