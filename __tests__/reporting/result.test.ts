// The result itself: complete, ordered by its content alone, and the same bytes for the same input.
import { describe, expect, it } from '@jest/globals'
import { letsThrough, type Outcome } from '../../src/model/outcome.ts'
import { type Reason, reason } from '../../src/model/reason.ts'
import { actorsOf } from '../../src/reporting/actors.ts'
import { blocker } from '../../src/reporting/blocker.ts'
import { blockersOf } from '../../src/reporting/blockers.ts'
import { evidenceList } from '../../src/reporting/evidence-list.ts'
import { headline } from '../../src/reporting/headline.ts'
import { looseningsOf } from '../../src/reporting/loosenings.ts'
import { buildResult } from '../../src/reporting/model.ts'
import { renderExplanation } from '../../src/reporting/renderers/explanation.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { renderSummary } from '../../src/reporting/renderers/summary.ts'
import { renderTerminal } from '../../src/reporting/renderers/terminal.ts'
import { stated } from '../../src/reporting/stated.ts'
import { GATE_STATES, LEVEL_STATES, OUTCOMES, VERDICTS } from '../../src/reporting/states.ts'
import { coverage, missing, rejectedFile, reportInput, resultOf } from '../support/result.ts'
import { SCENARIOS } from '../support/scenarios.ts'

describe('result.json', () => {
  it.each(Object.entries(SCENARIOS))('%s: same input, same bytes', (_name, build) => {
    expect(renderJson(build())).toBe(renderJson(build()))
  })

  it('does not depend on the order in which files were found or keys were set', () => {
    const input = reportInput()
    input.gathered.rejected = [
      rejectedFile('b.xml', reason('zero_tests', { path: 'b.xml' })),
      rejectedFile('a.xml', reason('zero_tests', { path: 'a.xml' })),
    ]
    const turned = {
      ...input,
      admitted: [...input.admitted].reverse(),
      gathered: { ...input.gathered, rejected: [...input.gathered.rejected].reverse() },
    }
    expect(renderJson(buildResult(turned))).toBe(renderJson(buildResult(input)))
    const shuffle = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffle)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, item]) => [key, shuffle(item)]),
            )
          : value
    const result = buildResult(input)
    expect(renderJson(shuffle(result) as typeof result)).toBe(renderJson(result))
  })

  it('is JSON that reads back as it was, and ends with a newline', () => {
    const result = SCENARIOS.hostile!()
    const text = renderJson(result)
    expect(text.endsWith('}\n')).toBe(true)
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(result)))
  })

  it('does not let the time a file was unpacked show: only ages that a report or artifact states', () => {
    const age = (path: string) => resultOf().evidence.find((file) => file.path === path)?.age
    expect([age('coverage/lcov.info'), age('unit/junit.xml')]).toEqual([null, 413])
  })

  it('lists a file once that speaks for two levels', () => {
    const result = resultOf({
      change: (input) => {
        input.admitted = [...input.admitted, { ...input.admitted[0]!, level: 'integration' }]
      },
    })
    expect(result.evidence.filter((file) => file.path === 'coverage/lcov.info').map((file) => file.level)).toEqual([null])
  })
})

describe('the evidence list', () => {
  const ref = (path: string, artifact: string | null) => ({
    ref: {
      path,
      sha256: 'ab',
      origin:
        artifact === null
          ? { type: 'workspace' as const }
          : { type: 'artifact' as const, name: artifact, id: 1, runId: 2, digest: null, digestChecked: true },
    },
  })

  it('is sorted, has each file once, and names artifacts without a run', () => {
    expect(evidenceList([ref('b', null), ref('a', 'zip'), ref('a', null), ref('a', null)])).toEqual([
      ['artifact:zip', 'a', 'ab'],
      ['workspace', 'a', 'ab'],
      ['workspace', 'b', 'ab'],
    ])
  })
})

describe('what was not evaluated', () => {
  it('shares neither mark nor word with what passed', () => {
    const good = [OUTCOMES.pass, LEVEL_STATES.passed, GATE_STATES.open, GATE_STATES.approved]
    const others = [
      ...(Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => !letsThrough(outcome)).map((outcome) => OUTCOMES[outcome]),
      ...Object.entries(LEVEL_STATES)
        .filter(([state]) => !state.startsWith('passed'))
        .map(([, shown]) => shown),
      ...Object.entries(GATE_STATES)
        .filter(([state]) => state !== 'open' && state !== 'approved')
        .map(([, shown]) => shown),
    ]
    for (const shown of others)
      for (const pass of good) {
        expect(shown.mark).not.toBe(pass.mark)
        expect(shown.word).not.toBe(pass.word)
        expect(shown.tone).not.toBe('good')
      }
    expect(OUTCOMES.no_evidence.mark).not.toBe(OUTCOMES.fail.mark)
  })
})

describe('what blocks', () => {
  it('names criterion, number, limit and fix once, though a gate asks for it again', () => {
    const blockers = blockersOf(SCENARIOS['one-criterion-short']!())
    expect(blockers.map(({ place, subjects, text, fixes }) => [place, ...subjects, text, ...fixes])).toEqual([
      [
        'Level 1',
        'test_coverage',
        '94.95 % is not > 95 %',
        'Cover 2 more lines to exceed 95 %: 2 of 14 in src/auth.ts (lines 31-44)',
      ],
    ])
  })

  it("has the criterion's own step for the fix of the decision too", () => {
    const { decision } = SCENARIOS['one-criterion-short']!()
    const short = decision.reasons.find(({ code }) => code === 'criteria_short')
    expect(short?.fix).toBe('Cover 2 more lines to exceed 95 %: 2 of 14 in src/auth.ts (lines 31-44)')
  })

  it('says that what was accepted once no longer is, past the first two causes', () => {
    const causes = [
      reason('limit_not_met', { actual: 75, unit: '%', limit: '>= 100 %' }),
      reason('findings_open', { critical: 0, high: 1, medium: 0, low: 0 }),
      reason('suppression_expired', { id: 'B101', expired: '2026-11-01' }),
      reason('suppression_expired', { id: 'B102', expired: '2026-11-02' }),
    ].map(stated)
    const ended = 'the suppression of B101 expired on 2026-11-01'
    const said = (list: typeof causes) => blocker('Level 1', 1, 'fail', list).text
    expect(said(causes.slice(0, 3))).toBe(`75 % is not >= 100 %; 1 finding open: 1 high; ${ended}`)
    expect(said(causes)).toMatch(new RegExp(`; ${ended}, and 1 more like it$`))
  })

  it('is never empty unless the verdict is passed', () => {
    for (const build of Object.values(SCENARIOS)) {
      const result = build()
      expect(blockersOf(result).length > 0).toBe(result.decision.verdict !== 'passed')
    }
    const bare = resultOf({ verdict: { verdict: 'failed', reasons: [reason('level_disabled', { level: 'integration' })] } })
    expect(blockersOf(bare).map((blocker) => blocker.text)).toEqual(['integration is disabled by policy'])
    expect(blockersOf(bare)[0]!.fixes).toEqual(['Enable the level, or leave it out of what the gate asks for'])
    expect(actorsOf(bare, blockersOf(bare)).map(({ who }) => who)).toEqual(['Owner of the policy'])
  })

  it('says the one cause and one next step where there is no report at all', () => {
    const blockers = blockersOf(SCENARIOS['no-evidence']!())
    expect(blockers).toHaveLength(1)
    expect(blockers[0]!.text).toContain('looked for coverage/lcov.info')
    expect(blockers[0]!.fixes.join()).toContain('coverage/lcov.info')
  })

  it.each(['criterion:test_coverage', 'test_coverage > 95 %'])('takes %s for the criterion again', (check) => {
    expect(subjectsWith(check, [reason('limit_not_met', { actual: 94.95, unit: '%', limit: '> 95 %' })])).toEqual([])
  })

  it('takes another limit, another metric or another report for a matter of its own', () => {
    const same = reason('limit_not_met', { actual: 94.95, unit: '%', limit: '> 95 %' })
    expect(subjectsWith('branch_coverage > 95 %', [same])).toEqual(['the sentence'])
    const other = reason('limit_not_met', { actual: 94.95, unit: '%', limit: '> 99 %' })
    expect(subjectsWith('test_coverage > 99 %', [other])).toEqual(['the sentence'])
    const report = reason('evidence_missing', { what: 'component tests', expected: ['reports/junit.xml'] })
    expect(subjectsWith('tests.passed:component', [report])).toEqual(['the sentence'])
    expect(subjectsWith('tests.passed:component', [same, report])).toEqual(['the sentence'])
  })

  it('joins what says the same of several criteria, and hides a missing report that a criterion names already', () => {
    const result = resultOf({
      criteria: {
        service_communication: missing('service_communication', ['reports/integration/junit.xml']),
        external_integration: missing('external_integration', ['reports/integration/junit.xml']),
      },
      change: (input) => {
        const item = input.gates[1]!.exit[0]!
        item.check = 'tests.passed:integration'
        item.outcome = 'no_evidence'
        item.reasons = [reason('evidence_missing', { what: 'integration tests', expected: ['reports/integration/junit.xml'] })]
      },
    })
    expect(blockersOf(result).map(({ place, subjects }) => [place, ...subjects])).toEqual([
      ['Level 2', 'service_communication', 'external_integration'],
    ])
  })

  it('leaves out optional items, which hold nothing back', () => {
    const result = resultOf({
      criteria: { test_coverage: coverage(1000) },
      change: (input) => {
        const gate = input.gates[0]!
        gate.gate.entry[0]!.optional = true
        gate.entry[0]!.outcome = 'no_evidence'
        gate.entry[0]!.reasons = [reason('needs_github', { what: 'a draft' })]
      },
    })
    expect(blockersOf(result).flatMap((blocker) => blocker.subjects)).toEqual(['test_coverage'])
  })

  it('has a headline for every verdict', () => {
    const of = (name: string) => headline(SCENARIOS[name]!())
    expect(of('all-green')).toBe('Passed: level 2 reached')
    expect(of('no-evidence')).toBe('Failed (advice only): no level reached, target is level 2')
    expect(of('pending-approval')).toBe('Pending: waits for approval of gate 3')
    expect(of('could-not-judge')).toMatch(/^Could not judge/)
  })
})

/** What gate 1 adds to a coverage that is short, where one sentence of it asks for this and says that. */
function subjectsWith(check: string, reasons: Reason[]): readonly string[] {
  const result = resultOf({
    criteria: { test_coverage: coverage(1899) },
    change: (input) => Object.assign(input.gates[0]!.exit[0]!, { text: 'the sentence', check, outcome: 'fail', reasons }),
  })
  return blockersOf(result)
    .filter((blocker) => blocker.place === 'Gate 1')
    .flatMap((blocker) => blocker.subjects)
}

describe('the first screen', () => {
  it.each(Object.entries(SCENARIOS).flatMap(([name, build]) => [[name, 80, build] as const, [name, 100, build] as const]))(
    'of %s at %p columns holds the verdict, a blocker with its fix, and the ladder',
    (_name, width, build) => {
      const result = build()
      const lines = renderTerminal(result, { color: false, width }).split('\n').slice(0, 23)
      const blocker = blockersOf(result)[0]
      expect(lines[0]).toContain(VERDICTS[result.decision.verdict].mark)
      if (blocker !== undefined) expect(lines.some((line) => line.includes(`${blocker.place}`))).toBe(true)
      if ((blocker?.fixes.length ?? 0) > 0) expect(lines.some((line) => line.startsWith('    → '))).toBe(true)
      if (result.levels.length > 0) expect(lines.some((line) => line.startsWith('  4 '))).toBe(true)
    },
  )

  it('says at its end where the report is and how to ask on', () => {
    const text = renderTerminal(SCENARIOS['one-criterion-short']!(), { color: false, width: 100, report: 'out' })
    expect(text).toContain('out/summary.md')
    expect(text).toContain('certify explain test_coverage')
    expect(renderTerminal(SCENARIOS['all-green']!(), { color: false, width: 100 })).not.toContain('Full report')
  })
})

describe('remarks on evidence', () => {
  it('that many files share are said once beneath, each file keeping to one line', () => {
    const result = resultOf({
      change: (input) => {
        input.admitted = Array.from({ length: 5 }, (_, index) => {
          const path = `reports/${index}.xml`
          const why = [reason('evidence_unbound', { path }), reason('evidence_tracked', { path })]
          const file = input.admitted[1]!
          return { ...file, ref: { ...file.ref, path, origin: { type: 'workspace' as const } }, reasons: why }
        })
      },
    })
    const text = renderTerminal(result, { color: false, width: 100 })
    expect(text.match(/committed to git/g)).toHaveLength(1)
    expect(text).toContain('5 reports do not say which commit they are for')
    expect(text.split('\n').filter((line) => line.includes('reports/'))).toHaveLength(5)
    expect(renderSummary(result).match(/committed to git/g)).toHaveLength(1)
  })

  it('that keep a file out stay beside it', () => {
    const result = resultOf({
      change: (input) => {
        input.gathered.rejected = ['a.xml', 'b.xml', 'c.xml'].map((path) => rejectedFile(path, reason('zero_tests', { path })))
      },
    })
    expect(renderTerminal(result, { color: false, width: 100 }).match(/has no tests in it/g)).toHaveLength(3)
  })
})

describe('what loosens', () => {
  it('is one line where one setting shows in several places', () => {
    const at = (pointer: string, to = '1') => ({ pointer, from: '2', to, origin: 'a.yml:4' })
    expect(looseningsOf([at('/target/local'), at('/target/push'), at('/target/release', '3')]).map(({ what }) => what)).toEqual([
      '/target/{local, push}',
      '/target/release',
    ])
  })
})

describe('explain', () => {
  it('shows the formula with its numbers, the limit, the reports and the step', () => {
    const text = renderExplanation(SCENARIOS['one-criterion-short']!(), 'test_coverage', { color: false, width: 100 })
    for (const part of [
      '94.95 %',
      '> 95 % (from default)',
      '1899 / 2000 lines',
      'coverage/lcov.info',
      'lcov 1.16',
      'Cover 2 more lines',
      'src/auth.ts',
    ])
      expect(text).toContain(part)
  })
})
