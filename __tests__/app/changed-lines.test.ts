// New code through the whole job: asked for only where something is made of it, judged by trusted marks alone, shown in any case.
import { describe, expect, it } from '@jest/globals'
import type { Ports } from '../../src/app/ports.ts'
import type { ChangedFile, Diff } from '../../src/model/diff.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const LIMIT = '"> 80%"'
const criterion = (limit: string): string =>
  `certification_levels: { level_1: { validation_criteria: { new_code_coverage: ${limit} } } }\n`

const file = (path: string, added: [number, number][] = [[1, 30]], change: Partial<ChangedFile> = {}): ChangedFile => ({
  path,
  from: null,
  status: 'modified',
  added,
  unread: null,
  generated: null,
  ...change,
})

interface Run {
  files?: Record<string, string>
  policy?: string
  diff?: Diff | null
  change?: Partial<Ports>
}

/** A pull request on a runner. */
async function judge({ files = {}, policy = '', diff = whole(file('src/price.js')), change = {} }: Run) {
  let asked = 0
  const base = world({})
  const made: World = world(
    { ...readyFiles(), ...files, [CONFIG]: POLICY + policy },
    {
      subject: { ...base.subject, event: 'pull_request', pullRequest: 7, run: 1, attempt: 1 },
      change: {
        ...base.change,
        diff: async () => {
          asked++
          return diff
        },
      },
      ...change,
    },
  )
  const result = await evaluate(invocation(), made)
  const found = result.levels.flatMap((level) => level.criteria).find((one) => one.id === 'new_code_coverage')
  return { result, criterion: found, asked, newCode: result.newCode, made }
}

const whole = (...files: ChangedFile[]): Diff => ({ base: 'b'.repeat(40), files, problem: null })
const short = { 'reports/component/lcov.info': lcov(96, 100) }

describe('as a criterion', () => {
  it.each([
    [[1, 90], 'pass', 'passed', '90 / 90 changed lines = 100 %'],
    [[81, 100], 'fail', 'failed', '16 / 20 changed lines = 80 %'],
    [[80, 100], 'pass', 'passed', '17 / 21 changed lines = 80.95 %'],
    [[82, 100], 'not_applicable', 'passed', '15 / 19 changed lines'],
    [[200, 300], 'not_applicable', 'passed', '0 / 0 changed lines'],
  ] as const)('lines %j: %s', async ([from, to], outcome, verdict, formula) => {
    const judged = await judge({ files: short, policy: criterion(LIMIT), diff: whole(file('src/price.js', [[from, to]])) })
    expect(judged.criterion).toMatchObject({ outcome, formula })
    expect(judged.result.decision.verdict).toBe(verdict)
  })

  it('says what holds it back, and where', async () => {
    const { result, criterion: one } = await judge({
      files: { 'reports/component/lcov.info': lcov(96, 100) },
      policy: criterion('"> 90%"'),
      diff: whole(file('src/price.js', [[71, 100]])),
    })
    expect(one?.reasons).toMatchObject([{ code: 'limit_not_met', text: '86.66 % is not > 90 %' }])
    expect(result.metrics.find((metric) => metric.id === 'new_code_coverage')?.parts).toMatchObject([
      { path: 'src/price.js', ranges: [[97, 100]] },
    ])
  })

  it.each<[string, Diff, string]>([
    ['a file that no report knows', whole(file('src/price.js'), file('src/new.js')), 'file_not_in_report'],
    ['a diff that is not whole', { base: null, files: [], problem: 'the clone is shallow' }, 'diff_incomplete'],
  ])('%s is no pass', async (_, diff, code) => {
    const judged = await judge({ policy: criterion(LIMIT), diff })
    expect(judged.criterion).toMatchObject({ outcome: 'no_evidence', value: null, reasons: [{ code }] })
    expect(judged.criterion?.reasons[0]?.fix).toMatch(code === 'diff_incomplete' ? /fetch-depth: 0/ : /exclude/)
    expect(judged.result.decision.verdict).toBe('failed')
  })

  it('does not apply to a run of a branch itself, and says so', async () => {
    const judged = await judge({ policy: criterion(LIMIT), diff: null })
    expect(judged.criterion).toMatchObject({ outcome: 'not_applicable', reasons: [{ code: 'no_change' }] })
    expect(judged.newCode).toBeNull()
  })
})

describe('shown without a criterion', () => {
  it('is a figure with the files that hurt, and holds nothing back', async () => {
    const { result, newCode } = await judge({ files: short, diff: whole(file('src/price.js', [[90, 100]])) })
    expect(newCode).toMatchObject({ covered: 7, lines: 11, files: [{ path: 'src/price.js', ranges: [[97, 100]] }] })
    expect(newCode?.value).toBeCloseTo(63.6, 1)
    expect(result.decision.verdict).toBe('passed')
  })

  it('says what is not known', async () => {
    const { newCode } = await judge({ diff: { base: null, files: [], problem: 'the clone is shallow' } })
    expect(newCode).toMatchObject({ lines: null, covered: null, value: null, reasons: [{ code: 'diff_incomplete' }] })
  })
})

describe('is asked for', () => {
  const base = world({}).subject

  it('once, where reports have lines', async () => {
    expect((await judge({})).asked).toBe(1)
  })

  it('for a criterion on a push, which has none', async () => {
    const { asked } = await judge({ policy: criterion(LIMIT), diff: null, change: { subject: { ...base, event: 'push' } } })
    expect(asked).toBe(1)
  })

  it.each<[string, Run]>([
    ['a push', { change: { subject: { ...base, event: 'push' } } }],
    ['a release', { change: { subject: { ...base, event: 'release' } } }],
    ['reports without coverage', { files: { 'reports/component/lcov.info': '', 'reports/integration/lcov.info': '' } }],
  ])('never for %s', async (_, run) => {
    expect((await judge(run)).asked).toBe(0)
  })

  const push = { change: { subject: { ...base, event: 'push' as const } } }

  it('where a gate rests on it', async () => {
    const exit = '[{ text: New code, check: "new_code_coverage > 80%" }]'
    const { asked } = await judge({ policy: `certification_gates: { gate_1: { exit_criteria: ${exit} } }\n`, ...push })
    expect(asked).toBe(1)
  })

  it('where another metric rests on it', async () => {
    const mine = POLICY.replace(/^metrics:\n/m, 'metrics:\n  mine: { kind: composite, parts: { new_code_coverage: 1 } }\n')
    expect(mine).not.toBe(POLICY)
    const policy = {
      trusted: async (path: string) => ({ text: mine, source: path }),
      head: async () => null,
      remote: async () => ({ text: '', source: '' }),
    }
    expect((await judge({ change: { ...push.change, policy } })).asked).toBe(1)
  })
})

describe('what nobody wrote by hand', () => {
  const MARKS = 'src/gen/** linguist-generated\n'
  const generated = whole(file('src/price.js'), file('src/gen/api.js'))
  const trusted = (text: string | null) => ({
    policy: {
      trusted: async (path: string) => ({ text: path === CONFIG ? POLICY + criterion(LIMIT) : text, source: path }),
      head: async () => null,
      remote: async () => ({ text: '', source: '' }),
    },
  })

  it('is left out by the marks of the trusted branch', async () => {
    const judged = await judge({ files: { '.gitattributes': MARKS }, diff: generated, change: trusted(MARKS) })
    expect(judged.criterion).toMatchObject({ outcome: 'pass', reasons: [] })
    expect(judged.newCode?.reasons[0]?.text).toBe('left out, marked as generated in .gitattributes: src/gen/api.js')
  })

  it("is not left out by the change's own marks", async () => {
    for (const text of [null, '']) {
      const judged = await judge({ files: { '.gitattributes': MARKS }, diff: generated, change: trusted(text) })
      expect(judged.criterion).toMatchObject({ outcome: 'no_evidence', reasons: [{ code: 'file_not_in_report' }] })
    }
  })

  it('counts where the trusted marks cannot be read', async () => {
    const unreadable = {
      policy: {
        ...trusted(null).policy,
        trusted: async (path: string) => {
          if (path !== CONFIG) throw new CertifyError('policy_unreadable', 'GitHub answers with an error (500)')
          return { text: POLICY + criterion(LIMIT), source: path }
        },
      },
    }
    const judged = await judge({ files: { '.gitattributes': MARKS }, diff: generated, change: unreadable })
    expect(judged.criterion?.outcome).toBe('no_evidence')
    expect(judged.made.logged.join('\n')).toMatch(/no file counts as generated/)
  })

  it('asks the trusted branch for nothing where no mark is checked out', async () => {
    const paths: string[] = []
    const { policy } = trusted(MARKS)
    const change = {
      policy: {
        ...policy,
        trusted: async (path: string) => {
          paths.push(path)
          return policy.trusted(path)
        },
      },
    }
    await judge({ diff: generated, change })
    expect(paths).not.toContain('.gitattributes')
  })

  it.each([
    ['said so before, too', '// @generated\n', 'modified', 'pass'],
    ['did not say so before', 'export {}\n', 'modified', 'no_evidence'],
    ['is new', '// @generated\n', 'added', 'no_evidence'],
  ] as const)('by the head of a file that %s', async (_, before, status, outcome) => {
    const judged = await judge({
      files: { 'src/gen/api.js': '// @generated\nexport const a = 1\n' },
      policy: criterion(LIMIT),
      diff: whole(file('src/price.js'), file('src/gen/api.js', [[2, 2]], { status })),
      change: { git: { ...world({}).git, show: () => before } },
    })
    expect(judged.criterion?.outcome).toBe(outcome)
  })
})
