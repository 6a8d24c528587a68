// The ports of a laptop in a real clone: what evaluate, validate, explain and inspect see there, and that nothing is sent.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { parseArguments } from '../../src/compose/arguments.ts'
import { laptopPorts } from '../../src/compose/laptop.ts'
import { Clone, put, temporaryFolder } from '../support/clone.ts'
import { invocation } from '../support/ports.ts'
import { POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
let epoch: string | undefined

beforeEach(() => {
  epoch = process.env.SOURCE_DATE_EPOCH
  delete process.env.SOURCE_DATE_EPOCH
})
afterEach(() => {
  if (epoch === undefined) delete process.env.SOURCE_DATE_EPOCH
  else process.env.SOURCE_DATE_EPOCH = epoch
})

/** A clone with sources and policy committed and the reports beside them, as a build leaves it. */
function ready(): Clone {
  const { 'README.md': readme, ...reports } = readyFiles()
  const clone = Clone.of({ [CONFIG]: POLICY, 'README.md': readme!, '.gitignore': 'reports/\ncertify-report/\n' })
  for (const [path, content] of Object.entries(reports)) clone.put(path, content)
  clone.git('config', 'remote.origin.url', 'git@github.com:acme/shop.git')
  return clone
}

function ends(root: string, ...argv: string[]) {
  const parsed = parseArguments(argv, {})
  if ('help' in parsed) throw new Error('only help')
  return run(parsed, laptopPorts(parsed, root))
}

describe('in a clone', () => {
  it('the subject is its head, on its branch, of its origin', () => {
    const clone = ready()
    const { subject, branch, inAction, artifacts } = laptopPorts(invocation(), clone.root)
    expect(subject).toEqual({
      repository: 'acme/shop',
      commit: clone.git('rev-parse', 'HEAD').trim(),
      tested: null,
      ref: 'main',
      event: 'local',
      pullRequest: null,
      run: null,
      attempt: null,
    })
    expect({ branch, inAction, artifacts }).toEqual({
      branch: { name: 'main', isDefault: false },
      inAction: false,
      artifacts: null,
    })
  })

  it("the origin's default branch is known to be one", () => {
    const clone = ready().cloned()
    expect(laptopPorts(invocation(), clone.root).branch).toEqual({ name: 'main', isDefault: true })
    clone.git('checkout', '-q', '-b', 'feature')
    expect(laptopPorts(invocation(), clone.root).branch).toEqual({ name: 'feature', isDefault: false })
  })

  it('evaluate reaches level 2, exits 0 and writes the report', async () => {
    const clone = ready()
    const ended = await ends(clone.root, 'evaluate', '--json', '--level', '2')
    expect(ended.exit).toBe(0)
    const result = JSON.parse(ended.output)
    expect(result.decision).toMatchObject({ verdict: 'passed', level: 2, target: 2 })
    expect(readFileSync(join(clone.root, 'certify-report/result.json'), 'utf8')).toBe(ended.output)
    expect(readFileSync(join(clone.root, 'certify-report/summary.md'), 'utf8')).toMatch(/passed/i)
  })

  it('a changed source file closes the gate: the reports are of another state (decision 22)', async () => {
    const clone = ready()
    clone.put('README.md', `${readFileSync(join(clone.root, 'README.md'), 'utf8')}\nMore.\n`)
    const { result } = await ends(clone.root, 'evaluate')
    expect(result!.gates[0]!.state).not.toBe('open')
    expect(result!.decision.verdict).not.toBe('passed')
  })

  it('a folder of it is judged by its own policy and files', async () => {
    const clone = ready()
    const { 'README.md': readme, ...reports } = readyFiles()
    clone.put(`packages/api/${CONFIG}`, POLICY)
    clone.put('packages/api/README.md', readme)
    clone.commit()
    for (const [path, content] of Object.entries(reports)) clone.put(`packages/api/${path}`, content)
    const ended = await ends(join(clone.root, 'packages/api'), 'evaluate', '--report-dir', 'out')
    expect(ended.result!.decision.verdict).toBe('passed')
    expect(existsSync(join(clone.root, 'packages/api/out/result.json'))).toBe(true)
  })

  it.each([
    ['validate', 0],
    ['explain', 0],
    ['inspect', 0],
  ])('%s writes nothing', async (command, exit) => {
    const clone = ready()
    const before = readdirSync(clone.root, { recursive: true }).sort()
    const operands = { validate: [], explain: ['test_coverage'], inspect: [join(clone.root, 'reports/semgrep.sarif')] }[command]!
    expect((await ends(clone.root, command, ...operands)).exit).toBe(exit)
    expect(readdirSync(clone.root, { recursive: true }).sort()).toEqual(before)
  })

  it('SOURCE_DATE_EPOCH fixes the clock, and the result says so (decision 14)', async () => {
    process.env.SOURCE_DATE_EPOCH = '1795348800'
    const { root } = ready()
    const [a, b] = [await ends(root, 'evaluate', '--json'), await ends(root, 'evaluate', '--json')]
    expect(JSON.parse(a.output)).toMatchObject({ evaluatedAt: '2026-11-22T12:00:00.000Z', clock: 'fixed' })
    expect(b.output).toBe(a.output)
  })

  it('SOURCE_DATE_EPOCH does not move the clock of the door', () => {
    process.env.SOURCE_DATE_EPOCH = '1795348800'
    const { root } = ready()
    expect(laptopPorts(invocation({ command: 'verify' }), root).clock.kind).toBe('system')
    expect(laptopPorts(invocation({ command: 'ledger' }), root).clock.kind).toBe('fixed')
  })

  it('a wrong SOURCE_DATE_EPOCH is told, not ignored', () => {
    process.env.SOURCE_DATE_EPOCH = 'tomorrow'
    expect(() => laptopPorts(invocation(), ready().root)).toThrow(/SOURCE_DATE_EPOCH/)
  })
})

describe('without a clone', () => {
  it('still judges, but cannot call the code complete', async () => {
    const root = temporaryFolder()
    for (const [path, content] of Object.entries({ [CONFIG]: POLICY, ...readyFiles() })) put(root, path, content)
    const { result, exit } = await ends(root, 'evaluate')
    expect(result!.subject).toMatchObject({ repository: null, commit: null, ref: null })
    expect(result!.gates[0]!.state).not.toBe('open')
    expect(exit).not.toBe(0)
  })
})
