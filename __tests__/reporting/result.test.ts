// The result itself: complete, ordered by its content alone, and the same bytes for the same input.
import { describe, expect, it } from '@jest/globals'
import { letsThrough, type Outcome } from '../../src/model/outcome.ts'
import { reason } from '../../src/model/reason.ts'
import { blockersOf } from '../../src/reporting/blockers.ts'
import { evidenceList } from '../../src/reporting/evidence-list.ts'
import { headline } from '../../src/reporting/headline.ts'
import { buildResult } from '../../src/reporting/model.ts'
import { annotationsOf } from '../../src/reporting/renderers/annotations.ts'
import { renderExplanation } from '../../src/reporting/renderers/explanation.ts'
import { renderJson } from '../../src/reporting/renderers/json.ts'
import { GATE_STATES, LEVEL_STATES, OUTCOMES } from '../../src/reporting/states.ts'
import { coverage, rejectedFile, reportInput, resultOf } from '../support/result.ts'
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
    expect(blockers.map(({ place, subject, text, fix }) => [place, subject, text, fix])).toEqual([
      [
        'Level 1',
        'test_coverage',
        '94.95 % is not > 95 %',
        'Cover 2 more lines to exceed 95 %; start with src/auth.ts, lines 31-44',
      ],
    ])
  })

  it('is never empty unless the verdict is passed', () => {
    for (const build of Object.values(SCENARIOS)) {
      const result = build()
      expect(blockersOf(result).length > 0).toBe(result.decision.verdict !== 'passed')
    }
    const bare = resultOf({ verdict: { verdict: 'failed', reasons: [reason('level_disabled', { level: 'integration' })] } })
    expect(blockersOf(bare).map((blocker) => blocker.text)).toEqual(['integration is disabled by policy'])
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
    expect(blockersOf(result).map((blocker) => blocker.subject)).toEqual(['test_coverage'])
  })

  it('has a headline for every verdict', () => {
    const of = (name: string) => headline(SCENARIOS[name]!())
    expect(of('all-green')).toBe('Passed: level 2 reached')
    expect(of('no-evidence')).toBe('Failed: no level reached, target is level 2')
    expect(of('pending-approval')).toBe('Pending: waits for approval of gate 3')
    expect(of('could-not-judge')).toMatch(/^Could not judge/)
  })
})

describe('annotations', () => {
  const broken = () => {
    const result = SCENARIOS['one-criterion-short']!()
    result.levels[0]!.criteria[0]!.limit = { text: '> 95 %', origin: '.github/certification.yml:12' }
    return result
  }

  it("put the failed rule on the policy's own line, before uncovered lines", () => {
    expect(annotationsOf(broken()).map(({ path, startLine, endLine, level }) => [path, startLine, endLine, level])).toEqual([
      ['.github/certification.yml', 12, 12, 'failure'],
      ['src/auth.ts', 31, 44, 'warning'],
      ['src/cart/total.ts', 12, 15, 'warning'],
      ['src/cart/total.ts', 88, 92, 'warning'],
    ])
  })

  it.each(['/etc/passwd', '../up.ts', 'a/../../b', 'C:\\x.ts', 'a\\b', '', './x', 'a\u0000b'])(
    'leave out %j, which is no path of the repository',
    (path) => {
      const result = broken()
      for (const part of result.metrics[0]!.parts) Object.assign(part, { path, name: path })
      expect(annotationsOf(result).map((note) => note.path)).toEqual(['.github/certification.yml'])
    },
  )

  it('say each thing once and stay within two requests', () => {
    const result = broken()
    const part = result.metrics[0]!.parts[0]!
    result.metrics[0]!.parts = Array.from({ length: 500 }, () => part)
    expect(annotationsOf(result).filter((note) => note.path === 'src/auth.ts')).toHaveLength(1)
    result.notices = Array.from({ length: 500 }, (_, index) => ({ code: 'x', message: 'y', path: 'a.yml', line: index + 1 }))
    expect(annotationsOf(result)).toHaveLength(100)
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
