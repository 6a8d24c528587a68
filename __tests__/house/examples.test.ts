// The examples, judged by the committed command line in a fresh clone with their reports beside it, as their job would.
import { cpSync, readdirSync, readFileSync, renameSync, symlinkSync, utimesSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import type { Artifacts } from '../../src/app/ports.ts'
import { run } from '../../src/app/run.ts'
import { Clone } from '../support/clone.ts'
import { invocation, world } from '../support/ports.ts'
import { finished, unpackAction } from '../support/runner.ts'

interface Judged {
  exit: number | null
  stdout: string
  stderr: string
  summary: string
  result: ReturnType<typeof JSON.parse>
}

const cli = join(unpackAction(), 'dist/cli.js')

/** The sources of an example in a fresh clone, with the reports that lie beside them, if any do. */
function cloned(example: string): Clone {
  const clone = Clone.empty()
  const made = /\/(?:certify-report|\.certify|node_modules)$/
  cpSync(join('examples', example), clone.root, { recursive: true, filter: (path) => !made.test(path) })
  clone.git('add', '--all', '--', '.', ':(exclude)reports')
  clone.git('commit', '-q', '-m', 'sources')
  return clone
}

const environment = (clone: Clone) => ({ PATH: process.env.PATH ?? '', HOME: clone.root, NO_COLOR: '1' })

async function evaluate(clone: Clone, ...args: string[]): Promise<Judged> {
  const ended = await finished(process.execPath, [cli, 'evaluate', '--ledger', 'off', ...args], {
    cwd: clone.root,
    env: environment(clone),
  })
  const report = (name: string) => readFileSync(join(clone.root, 'certify-report', name), 'utf8')
  return { ...ended, summary: report('summary.md'), result: JSON.parse(report('result.json')) }
}

async function judge(example: string): Promise<Judged> {
  const clone = cloned(example)
  for (const file of readdirSync(join(clone.root, 'reports'), { recursive: true })) {
    utimesSync(join(clone.root, 'reports', String(file)), new Date(), new Date())
  }
  return evaluate(clone)
}

describe('the example that reaches level 2', () => {
  let judged: Judged
  beforeAll(async () => {
    judged = await judge('reaches-level-2')
  })

  it('passes with exit 0, gates 1 and 2 open', () => {
    expect(judged.exit).toBe(0)
    expect(judged.result.decision).toMatchObject({ verdict: 'passed', level: 2, target: 2 })
    expect(judged.result.gates.map((gate: { state: string }) => gate.state).slice(0, 2)).toEqual(['open', 'open'])
    expect(judged.stdout).toMatch(/passed/i)
  })

  it('shows what level 3 still lacks, criterion by criterion', () => {
    const service = judged.result.levels.find((level: { id: string }) => level.id === 'service')
    const lacks = judged.result.shortfall.find((one: { level: string }) => one.level === 'service').items
    expect(lacks.length).toBeGreaterThanOrEqual(service.criteria.length)
    for (const { id } of service.criteria) {
      expect(JSON.stringify(lacks)).toContain(id)
      expect(judged.stdout + judged.summary).toContain(id)
    }
  })
})

describe('the example that fails level 1', () => {
  let judged: Judged
  beforeAll(async () => {
    judged = await judge('fails-level-1')
  })

  it('fails with exit 1, for its coverage alone', () => {
    expect(judged.exit).toBe(1)
    expect(judged.result.decision).toMatchObject({ verdict: 'failed', level: 0, target: 1, failedCriteria: ['test_coverage'] })
  })

  it.each(['stdout', 'summary'] as const)('%s names the criterion, the number, the limit and the lines to cover', (surface) => {
    // Markdown escapes the underscore, and breaks no number apart.
    const text = judged[surface].replaceAll('\\', '').replaceAll('\u00a0', ' ')
    expect(text).toContain('test_coverage')
    expect(text).toMatch(/82\.6\d? ?%/)
    expect(text).toMatch(/> 95 ?%/)
    expect(text).toContain('invoices/refunds.py')
    const uncovered = [
      ...readFileSync('examples/fails-level-1/reports/coverage.xml', 'utf8').matchAll(/<line number="(\d+)" hits="0"/g),
    ]
    expect(uncovered.length).toBeGreaterThan(0)
    const [, needed, ranges = ''] = /Cover (\d+) more lines.*?\(lines ([\d, –-]+)\)/s.exec(text)!
    const named = [...ranges.matchAll(/(\d+)(?:[-–](\d+))?/g)].flatMap(([, from, to = from]) => range(Number(from), Number(to)))
    // Each of them counts, and together they are enough: 38 of 46 lines are covered, and 44 are more than 95 %.
    expect(Number(needed)).toBe(6)
    expect(named.length).toBeGreaterThanOrEqual(6)
    expect(named.filter((line) => !uncovered.some((one) => Number(one[1]) === line))).toEqual([])
  })
})

describe('the example that goes through four gates', () => {
  const clone = cloned('four-gates')
  let judged: Judged
  beforeAll(async () => {
    symlinkSync(resolve('node_modules'), join(clone.root, 'node_modules'))
    const env = { ...environment(clone), PATH: `${join(process.execPath, '..')}:${process.env.PATH}` }
    const made = await finished('./make-reports.sh', [], { cwd: clone.root, env })
    if (made.exit !== 0) throw new Error(made.stdout + made.stderr)
    judged = await evaluate(clone, '--level', '4')
  }, 120_000)

  it('commits no report', () => {
    expect(clone.git('ls-files', 'reports')).toBe('')
    expect(clone.git('status', '--porcelain')).toBe('')
  })

  it('holds everything but the approvals', () => {
    expect({ exit: judged.exit, ...judged.result.decision }).toMatchObject({
      exit: 0,
      verdict: 'pending',
      pendingFor: 'approval',
      target: 4,
    })
    const outcomes = judged.result.levels.flatMap((level: { criteria: { id: string; outcome: string }[] }) => level.criteria)
    expect(outcomes).toHaveLength(16)
    const short = outcomes.filter((one: { outcome: string }) => one.outcome !== 'pass')
    expect(short.map((one: { id: string; outcome: string }) => [one.id, one.outcome])).toEqual([
      ['deployment_approval', 'pending'],
    ])
  })

  it('waits at gates 3 and 4 for nothing but people', () => {
    const gates = judged.result.gates
    expect(gates.slice(0, 3).map((gate: { state: string }) => gate.state)).toEqual(['open', 'open', 'awaiting_approval'])
    const items = gates.flatMap((gate: Record<string, unknown>) => [gate.entry, gate.exit, gate.deliverables].flat())
    const open = items.filter((item: { outcome: string }) => item.outcome !== 'pass')
    expect(open.map((item: { text: string; outcome: string }) => `${item.text}: ${item.outcome}`)).toEqual([
      'Service certification complete: pending',
      'Production environment ready: pending',
      'Deployment approved: pending',
      'Deployment approval: pending',
      'Go-live authorization: pending',
    ])
    const why = open.flatMap((item: { reasons: { code: string }[] }) => item.reasons.map((reason) => reason.code))
    expect(new Set(why)).toEqual(new Set(['awaiting_approval']))
  })

  it('fails without any one of its reports', async () => {
    const reports = readdirSync(join(clone.root, 'reports'), { recursive: true, encoding: 'utf8' }).filter((one) =>
      /\.\w+$/.test(one),
    )
    expect(reports).toHaveLength(11)
    for (const report of reports) {
      const path = join(clone.root, 'reports', report)
      renameSync(path, `${path}.aside`)
      const without = await evaluate(clone, '--level', '4')
      renameSync(`${path}.aside`, path)
      expect([report, without.exit, without.result.decision.verdict]).toEqual([report, 1, 'failed'])
    }
  }, 120_000)

  it('is judged the same by the artifacts of its workflow', async () => {
    const read = (path: string) => readFileSync(join(clone.root, path), 'utf8')
    const sources = clone.git('ls-files').trim().split('\n')
    const levels = readdirSync(join(clone.root, 'reports'))
    const artifacts: Artifacts = {
      find: async (_, globs) => {
        const files = levels.flatMap((level, id) => {
          const names = readdirSync(join(clone.root, 'reports', level)).map((name) => `${level}/${name}`)
          const held = world(Object.fromEntries(names.map((name) => [name, read(`reports/${name}`)]))).files.find(
            globs,
            100,
          ).files
          const origin = { type: 'artifact', name: `reports-${level}`, id, runId: 1, digest: null, digestChecked: true } as const
          return held.map((file) => ({ ...file, origin }))
        })
        return { files, unusable: [], matched: levels }
      },
      dispose: () => {},
    }
    const files = Object.fromEntries(sources.map((path) => [path, read(path)]))
    const there = world(files, { artifacts, inAction: true, tracked: sources })
    there.subject = { ...there.subject, event: 'push', run: 1, attempt: 1 }
    const { result } = await run(invocation({ artifacts: ['reports-*'] }), there)
    expect(result!.decision).toMatchObject({ verdict: 'pending', pendingFor: 'approval', target: 4 })
    const outcomes = (levels: { criteria: { id: string; outcome: string }[] }[]) =>
      levels.flatMap((level) => level.criteria.map((one) => [one.id, one.outcome]))
    expect(outcomes(result!.levels)).toEqual(outcomes(judged.result.levels))
  })

  it("makes each level's reports in its workflow and hands them all to certify", () => {
    const { jobs } = load(readFileSync(join(clone.root, '.github/workflows/release.yml'), 'utf8')) as {
      jobs: Record<
        string,
        { strategy?: { matrix: { level: string[] } }; needs?: string; uses?: string; with?: Record<string, string> }
      >
    }
    const levels = readdirSync(join(clone.root, 'reports')).sort()
    expect([...jobs.reports!.strategy!.matrix.level].sort()).toEqual(levels)
    expect(jobs.certify).toMatchObject({ needs: 'reports', uses: 'OWNER/certify/.github/workflows/certify.yml@v1' })
    expect(jobs.certify!.with!.needs).toMatch(/toJSON\(needs\)/)
  })
})

function range(from: number, to: number): number[] {
  return to - from > 1000 ? [] : Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
