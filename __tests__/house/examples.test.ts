// Both examples, judged by the committed command line in a fresh clone with their reports beside it, as their job would.
import { cpSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { Clone } from '../support/clone.ts'
import { finished, unpackAction } from '../support/runner.ts'

interface Judged {
  exit: number | null
  stdout: string
  stderr: string
  summary: string
  result: ReturnType<typeof JSON.parse>
}

async function judge(example: string): Promise<Judged> {
  const clone = Clone.empty()
  cpSync(join('examples', example), clone.root, { recursive: true })
  rmSync(join(clone.root, 'certify-report'), { recursive: true, force: true })
  clone.git('add', '--all', '--', '.', ':(exclude)reports')
  clone.git('commit', '-q', '-m', 'sources')
  for (const file of readdirSync(join(clone.root, 'reports'), { recursive: true })) {
    utimesSync(join(clone.root, 'reports', String(file)), new Date(), new Date())
  }
  const env = { PATH: process.env.PATH ?? '', HOME: clone.root, NO_COLOR: '1' }
  const cli = join(unpackAction(), 'dist/cli.js')
  const ended = await finished(process.execPath, [cli, 'evaluate'], { cwd: clone.root, env })
  const report = (name: string) => readFileSync(join(clone.root, 'certify-report', name), 'utf8')
  return { ...ended, summary: report('summary.md'), result: JSON.parse(report('result.json')) }
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
    const shown = new Set(
      [...text.matchAll(/\b(\d+)(?:[-–](\d+))?\b/g)].flatMap(([, from, to = from]) => range(Number(from), Number(to))),
    )
    expect(uncovered.map((m) => Number(m[1])).filter((line) => !shown.has(line))).toEqual([])
  })
})

function range(from: number, to: number): number[] {
  return to - from > 1000 ? [] : Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
