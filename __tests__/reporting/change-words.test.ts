// What changed, as a reviewer reads it: the worst first, little of it open, the same words in the comment and on the terminal.
import { describe, expect, it } from '@jest/globals'
import type { Changes } from '../../src/model/changes.ts'
import type { Result } from '../../src/model/result.ts'
import { changeItems, changeLines, heldAgainst, levelChange } from '../../src/reporting/change-words.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { worstOf } from '../../src/reporting/worst.ts'
import { coverage, resultOf } from '../support/result.ts'
import { SCENARIOS } from '../support/scenarios.ts'
import { markdownOf } from '../support/surfaces.ts'

const compared = (): Result => SCENARIOS.compared!()

/** The scenario with something else in its changes. */
function withChanges(change: (changes: Changes) => void): Result {
  const result = compared()
  const changes = structuredClone(result.history!.changes!)
  change(changes)
  return { ...result, history: { ...result.history!, changes } }
}

describe('a line for each kind of thing', () => {
  it('counts what changed, and says plainly what is noise and what was not compared', () => {
    expect(changeLines(compared()).map(({ what, text }) => `${what}: ${text}`)).toEqual([
      'Tests: 1 newly failing, 1 still failing, 2 fixed, 1 flaky by history, 1 failed before and did not run now',
      'Findings: 2 new (1 high, 1 low), 1 fixed; not compared: trivy (only in one of the two runs)',
      'Performance: 1 worse beyond noise, 1 within noise',
    ])
  })

  it('is none where nothing changed, or nothing is known', () => {
    expect(changeLines(resultOf())).toEqual([])
    const still = withChanges(({ tests, findings, performance }) => {
      for (const list of [tests!.newly, tests!.still, tests!.fixed, tests!.flaky, findings!.added, findings!.fixed])
        list.total = 0
      tests!.gone = 0
      findings!.uncompared = []
      performance.length = 0
    })
    expect(changeLines(still)).toEqual([])
  })

  it('says where a record could not name everything', () => {
    const unsure = withChanges(({ tests, findings }) => {
      tests!.complete = false
      findings!.complete = false
    })
    const [tests, findings] = changeLines(unsure)
    expect(tests!.text).toMatch(/some may be called new that are not$/)
    expect(findings!.text).toMatch(/some may be missed$/)
  })
})

describe('the things themselves', () => {
  it('come with what is worse first, each with its place and what history says of it', () => {
    expect(changeItems(compared()).map(({ what, name, note }) => [what, name, note].join(' | '))).toEqual([
      'newly failing | cart > totals > adds up in yen | ',
      'new, high | js/sql-injection: query built from user input | semgrep',
      'new, low | js/weak-hash: MD5 used for a signature | semgrep',
      'worse | http_req_duration.p95 | 212 ms, 32 ms above the median of 10 runs, which waver by 4 ms',
      'within noise | http_reqs.rate | 1490 req/s, 10 req/s below the median of 10 runs, which waver by 9 req/s',
      'still failing | stock > reserves the last item | since record 34; flaky: failed in 4 of the last 10 runs, on and off',
      'flaky by history | stock > two buyers | flaky: failed in 3 of the last 10 runs, on and off',
      'fixed | cart > totals > rounds half up | ',
      'fixed | bank > refuses a card | ',
      'fixed, medium | js/path-injection | semgrep',
    ])
  })

  it('stand in the same words in comment, check, summary and terminal; what is no trouble is folded or left to the report', () => {
    const result = compared()
    const terminal = renderTerminal(result, { color: false, width: 200 })
    const pages = markdownOf(result)
    for (const { what, text } of changeLines(result)) {
      expect(terminal).toContain(`${what}: ${text}`)
      for (const name of ['comment.md', 'check-summary.md', 'summary.md'])
        expect(pages[name]!.replaceAll('\\', '')).toContain(`**${what}:** ${text}`)
    }
    const [before, folded] = pages['comment.md']!.split('<details>')
    expect(before).toContain('adds up in yen')
    expect(before).not.toContain('rounds half up')
    expect(folded).toContain('rounds half up')
    expect(terminal).not.toContain('rounds half up')
  })

  it('take eight lines of the terminal at most, however many there are', () => {
    const many = withChanges(({ tests }) => {
      tests!.newly = { total: 300, first: Array.from({ length: 50 }, (_, at) => ({ ...tests!.newly.first[0]!, name: `t${at}` })) }
    })
    const lines = renderTerminal(many, { color: false, width: 160 }).split('\n')
    const from = lines.findIndex((line) => line.includes('Tests: 300 newly failing'))
    const block = lines.slice(from, lines.indexOf('', from))
    expect(block.length).toBeLessThanOrEqual(8)
    expect(block.at(-1)).toMatch(/and 50 more, in the report/)
  })
})

describe('a level', () => {
  const against = (level: 0 | 1 | 2 | 3, verdict: Changes['against']['verdict'] = 'passed') =>
    levelChange(withChanges((changes) => Object.assign(changes.against, { level, verdict })))

  it('that is gained or lost is said under the verdict, with the run it is told from', () => {
    expect(against(1)).toMatchObject({
      text: 'Level 2 is gained: the last run of main reached level 1 (record 36)',
      tone: 'good',
    })
    expect(against(3)).toMatchObject({
      text: 'Level 3 is lost: the last run of main reached level 3 (record 36), this one reaches level 2',
      tone: 'bad',
    })
    const [gained, lost] = ['level-gained', 'level-lost'].map(
      (name) => markdownOf(SCENARIOS[name]!())['comment.md']!.split('\n')[4],
    )
    expect([gained, lost]).toEqual([expect.stringContaining('Level 2 is gained'), expect.stringContaining('Level 2 is lost')])
  })

  it('that stays, or of which nothing is known, is not', () => {
    expect(against(2)).toBeNull()
    expect(against(0, 'error')).toBeNull()
    expect(levelChange(resultOf())).toBeNull()
  })
})

describe('the run that tests and findings are held against', () => {
  it('is named where it is not the one of the numbers', () => {
    expect(heldAgainst(compared())).toBeNull()
    const other = withChanges((changes) => Object.assign(changes.against, { seq: 38, verdict: 'failed' }))
    expect(heldAgainst(other)).toBe('tests and findings against record 38, the last run (failed)')
    expect(markdownOf(other)['comment.md']).toContain('Tests and findings against record 38')
  })

  it('is enough where no run has passed yet', () => {
    const never = compared()
    const page = markdownOf({ ...never, history: { ...never.history!, baseline: null, steps: ['3 runs of main: 0 passed'] } })[
      'comment.md'
    ]!
    expect(page).toContain('no baseline: 3 runs of main: 0 passed')
    expect(page).toContain('1 newly failing')
  })
})

describe('what hurts most', () => {
  const part = (name: string, lacks: number, kind: 'file' | 'finding') => ({
    name,
    state: 'short' as const,
    detail: '',
    path: name,
    ranges: [[1, 9]] as [number, number][],
    kind,
    lacks,
  })

  it('is counted in points over all criteria, what fails before what passes, five at most, each place once', () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => part(name, 100 - 10 * at, 'file'))
    const result = resultOf({
      criteria: {
        test_coverage: coverage(1900, files),
        integration_test_coverage: { ...coverage(1990, [part('g', 1900, 'file'), files[0]!]), outcome: 'pass' },
        security_score: { outcome: 'fail', value: 70, parts: [part('x', 25, 'finding')] },
      },
    })
    expect(worstOf(result).map(({ criterion, part: { name }, points }) => [criterion, name, points])).toEqual([
      ['security_score', 'x', 25],
      ['test_coverage', 'a', 5],
      ['test_coverage', 'b', 4.5],
      ['test_coverage', 'c', 4],
      ['test_coverage', 'd', 3.5],
    ])
  })

  it('is not said where nothing takes anything away', () => expect(worstOf(resultOf())).toEqual([]))
})
