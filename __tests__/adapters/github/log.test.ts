// Nothing that is printed becomes a command to the runner; outputs and the summary go by the runner's own files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { ActionsLog, harmless } from '../../../src/adapters/github/log.ts'
import { SUMMARY_BYTES, SummaryPublisher, writeOutputs } from '../../../src/adapters/github/outputs.ts'
import { KeptLog, verdict } from '../../support/github/run.ts'

let printed = ''
beforeEach(() => {
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})
afterEach(() => {
  jest.restoreAllMocks()
})

describe('a line of the log', () => {
  it.each([
    '::error::x',
    '  ::set-output name=a::b',
    '\t::add-mask::x',
    'one\n::stop-commands::x',
    'one\r::error::x',
    'one\r\n::error::x',
    'text ##[error]x',
    '\u0000::error::x',
    ':::error::x',
    '\u2028::error::x',
    '\u00a0::error::x',
  ])('is no command: %j', (text) => {
    for (const line of harmless(text).split(/\r?\n|\r/)) {
      expect(line.trimStart().startsWith('::')).toBe(false)
      expect(line).not.toContain('##[')
    }
  })

  it('keeps ordinary text, colons and colour as they are', () => {
    for (const text of ['std::vector: 3 of 4', 'a\tb', '\u001b[31mred\u001b[0m', 'größe ≥ 95 %'])
      expect(harmless(text)).toBe(text)
  })

  it('loses escape sequences that move the cursor', () => {
    expect(harmless('a\u001b[2Jb\u001b]0;x\u0007')).toBe('a·[2Jb·]0;x·')
  })

  it('as a warning is one command, whatever it says', () => {
    new ActionsLog().warn('50 % short\n::error::x')
    expect(printed.trimEnd()).toBe('::warning title=certify::50 %25 short%0A::error::x')
  })

  it('that is a secret is masked line by line', () => {
    new ActionsLog().mask('first\n\nsecond')
    expect(printed.trim().split('\n')).toEqual(['::add-mask::first', '::add-mask::second'])
  })
})

describe('files of the runner', () => {
  let folder: string
  const before = { ...process.env }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'certify-test-'))
    process.env.GITHUB_OUTPUT = join(folder, 'output')
    process.env.GITHUB_STEP_SUMMARY = join(folder, 'summary')
    for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '')
  })
  afterEach(() => {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
    rmSync(folder, { recursive: true })
  })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  async function publish(text: string) {
    const log = new KeptLog()
    await new SummaryPublisher({ file: process.env.GITHUB_STEP_SUMMARY, log, render: () => text }).publish(verdict('passed'), {
      state: 'off',
    })
    return log
  }

  it('take outputs that cannot end early', () => {
    writeOutputs({ verdict: 'passed', gates: '{"1":"open"}\nlevel=4' })
    const match = /^gates<<(\S+)\n([\s\S]*)\n\1$/m.exec(read('output'))
    expect(match?.[2]).toBe('{"1":"open"}\nlevel=4')
  })

  it('take the summary, after what stands there', async () => {
    writeFileSync(join(folder, 'summary'), 'before\n')
    const log = await publish('# Passed')
    expect(read('summary')).toBe('before\n# Passed\n')
    expect(log.lines).toEqual([])
  })

  it('count what the step wrote before', async () => {
    writeFileSync(join(folder, 'summary'), 'x'.repeat(SUMMARY_BYTES - 100))
    const log = await publish('y'.repeat(200))
    expect(read('summary')).not.toContain('y')
    expect(log.warnings[0]).toContain('do not fit')
  })

  it('that are missing are a warning', async () => {
    process.env.GITHUB_STEP_SUMMARY = join(folder, 'none', 'summary')
    expect((await publish('x')).warnings).toHaveLength(1)
  })
})
