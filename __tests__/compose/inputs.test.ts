// The Action's inputs, from the variables the runner sets. Every wrong value is told, all at once.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ActionInputs, readInputs } from '../../src/compose/inputs.ts'
import { CertifyError } from '../../src/model/problem.ts'

let kept: NodeJS.ProcessEnv

beforeEach(() => {
  kept = { ...process.env }
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
  delete process.env.NO_COLOR
})
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name]
  Object.assign(process.env, kept)
})

function read(inputs: Record<string, string>): ActionInputs {
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value
  return readInputs()
}

function problems(inputs: Record<string, string>) {
  try {
    read(inputs)
  } catch (error) {
    if (error instanceof CertifyError) return error.problems
    throw error
  }
  return []
}

describe('nothing given', () => {
  it('the defaults of interface.md', () => {
    expect(read({})).toMatchObject({
      invocation: {
        command: 'evaluate',
        config: { path: '.github/certification.yml', named: false },
        evidence: [],
        artifacts: [],
        level: undefined,
        failOn: 'failed',
        reportDir: 'certify-report',
        dryRun: false,
        name: 'certify',
      },
      comment: 'changes',
      token: null,
      runId: null,
    })
  })
})

describe('each input', () => {
  it('command and out: what collect writes', () => {
    const { command, out, evidence } = read({ command: 'collect', out: 'shard.json', evidence: 'a.xml\nb/*.info' }).invocation
    expect([command, out, evidence]).toEqual(['collect', 'shard.json', ['a.xml', 'b/*.info']])
    expect(read({ command: 'collect', out: '' }).invocation.out).toBeUndefined()
  })

  it('config: another path than the default is a named one, whose absence is an error', () => {
    expect(read({ config: 'policy/certify.yml' }).invocation.config).toEqual({ path: 'policy/certify.yml', named: true })
  })

  it('config: the default that the runner fills in is not', () => {
    expect(read({ config: '.github/certification.yml' }).invocation.config.named).toBe(false)
  })

  it.each(['evidence', 'artifacts'] as const)('%s: one a line, blank lines and space around them left out', (name) => {
    expect(read({ [name]: '\n  a/*.xml \n\n b c.sarif\n' }).invocation[name]).toEqual(['a/*.xml', 'b c.sarif'])
  })

  it('run-id, level, token, report-dir, name', () => {
    const inputs = read({ 'run-id': '123', level: ' 3 ', token: 'secret', 'report-dir': 'out', name: 'certify api/v2' })
    expect(inputs).toMatchObject({
      runId: 123,
      token: 'secret',
      invocation: { level: '3', reportDir: 'out', name: 'certify api/v2' },
    })
  })

  it.each(['failed', 'pending', 'warn', 'never'])('fail-on: %s', (word) => {
    expect(read({ 'fail-on': word }).invocation.failOn).toBe(word)
  })

  it.each(['always', 'changes', 'failures', 'never'])('comment: %s', (word) => {
    expect(read({ comment: word }).comment).toBe(word)
  })

  it.each([
    ['true', true],
    ['false', false],
  ])('dry-run: %s', (word, dry) => {
    expect(read({ 'dry-run': word }).invocation.dryRun).toBe(dry)
  })
})

describe('wrong values', () => {
  const wrong: Record<string, [value: string, allowed: RegExp]> = {
    command: ['certify', /evaluate/],
    'fail-on': ['sometimes', /failed, pending, warn, never/],
    comment: ['often', /always, changes, failures, never/],
    'dry-run': ['yes', /true, false/],
    'run-id': ['12x', /number/],
    name: ['a\n::error::b', /letters/],
    level: ['5', /1, 2, 3, 4, component, integration, service, system/],
  }

  it.each(Object.entries(wrong))('%s', (name, [value, allowed]) => {
    const [problem, ...more] = problems({ [name]: value })
    expect(more).toEqual([])
    expect(problem!.message).toContain(name)
    expect(problem!.message).toContain(value.slice(0, 60))
    expect(problem!.hint).toMatch(allowed)
  })

  it('all of them at once', () => {
    const given = Object.fromEntries(Object.entries(wrong).map(([name, [value]]) => [name, value]))
    const told = problems(given).map((problem) => problem.message)
    for (const name of Object.keys(wrong)) expect(told.filter((message) => message.includes(`input ${name} `))).toHaveLength(1)
  })

  it.each(['0', '-1', '1e3', '9'.repeat(40), '12345678901234567', '1.5'])('run-id %s is no run', (id) => {
    expect(problems({ 'run-id': id })).toHaveLength(1)
  })

  it.each(['', 'x'.repeat(61), 'a<b', '@all', '`x`', 'a|b'])('a name that could break the check or the comment: %j', (name) => {
    expect(problems({ name })).toHaveLength(name === '' ? 0 : 1)
  })

  it('a value of any length is told in short', () => {
    expect(problems({ comment: 'x'.repeat(10_000) })[0]!.message.length).toBeLessThan(200)
  })

  it.each(['1', '4', 'component', 'system'])('level %s is one', (level) => {
    expect(problems({ level })).toEqual([])
  })
})
