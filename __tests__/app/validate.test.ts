// `certify validate`: the config alone, every problem at once with its place and fix; exit 0 or 2.
import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../src/app/ports.ts'
import { run } from '../../src/app/run.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { POLICY } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const BASE = `acme/policy/base.yml@${'b'.repeat(40)}`
const BAD = 'version: 1\nmode: enforced\ntarget: { push: 7 }\n'

function withRemote(files: Record<string, string>, remote: Policy['remote']): World {
  const w = world(files)
  w.policy.remote = remote
  return w
}

const validate = (w: World, change: Parameters<typeof invocation>[0] = {}) =>
  run(invocation({ command: 'validate', ...change }), w)
const asJson = async (w: World) => {
  const ended = await validate(w, { json: true })
  return { exit: ended.exit, json: JSON.parse(ended.output) }
}

describe('a config that is valid', () => {
  it('exits 0 and says so, with its path', async () => {
    const { exit, output } = await validate(world({ [CONFIG]: POLICY }))
    expect(exit).toBe(0)
    expect(output).toMatch(/certification\.yml.*valid/)
  })

  it('as JSON: one document with digest, what loosens and what has no effect yet', async () => {
    const loose = `${POLICY}certification_levels: { level_1: { validation_criteria: { test_coverage: "> 50%" } } }\n`
    const { exit, json } = await asJson(world({ [CONFIG]: loose }))
    expect(exit).toBe(0)
    expect(Object.keys(json).sort()).toEqual(
      ['digest', 'ignored', 'loosened', 'not_in_force', 'notices', 'ok', 'problems', 'source'].sort(),
    )
    expect(json).toMatchObject({ ok: true, source: CONFIG, problems: [] })
    expect(json.digest).toMatch(/[0-9a-f]{64}/)
    expect(JSON.stringify(json.loosened)).toMatch(/50/)
  })

  it.each(['.github/certification.yaml', '.github/certification.json'])('is found at %s too', async (path) => {
    const text = path.endsWith('json') ? '{"version": 1}' : 'version: 1\n'
    const { json } = await asJson(world({ [path]: text }))
    expect(json).toMatchObject({ ok: true, source: path })
  })

  it('none at all: the defaults, said to be the defaults', async () => {
    const { exit, json } = await asJson(world({}))
    expect({ exit, source: json.source, ok: json.ok }).toEqual({ exit: 0, source: 'defaults', ok: true })
    expect((await validate(world({}))).output).toMatch(/no config/i)
  })

  it('evaluates and publishes nothing', async () => {
    const w = world({ [CONFIG]: POLICY })
    w.publishers.push({ id: 'none', publish: () => Promise.reject(new Error('published')) })
    expect((await validate(w)).result).toBeNull()
    expect(w.logged).toEqual([])
  })
})

describe('a config that is not', () => {
  it('exits 2 with every problem, each with its line, column and what is allowed', async () => {
    const { exit, json } = await asJson(world({ [CONFIG]: BAD }))
    expect({ exit, ok: json.ok, digest: json.digest }).toEqual({ exit: 2, ok: false, digest: null })
    expect(json.problems.map((p: { line: number; path: string }) => [p.path, p.line])).toEqual([
      [CONFIG, 2],
      [CONFIG, 3],
    ])
    for (const problem of json.problems) expect(problem.column).toBeGreaterThan(0)
  })

  it('says the same to a person', async () => {
    const { exit, output } = await validate(world({ [CONFIG]: BAD }))
    expect(exit).toBe(2)
    expect(output).toMatch(/2 problems/)
    expect(output).toMatch(/certification\.yml:2:\d+.*enforced/)
    expect(output).toMatch(/certification\.yml:3:\d+.*7/)
  })

  it('and a wrong variable are told together', async () => {
    const { json } = await asJson({ ...world({ [CONFIG]: BAD }), env: { CERTIFICATION_PROCESS_TIMEOUT: 'soon' } })
    expect(json.problems).toHaveLength(3)
    expect(JSON.stringify(json.problems)).toContain('CERTIFICATION_PROCESS_TIMEOUT')
  })
})

describe('a config that was named', () => {
  const config = { path: 'policy/c.yml', named: true }

  it('is the one that is read', async () => {
    const { output, exit } = await validate(world({ 'policy/c.yml': BAD, [CONFIG]: POLICY }), { config })
    expect(exit).toBe(2)
    expect(output).toContain('policy/c.yml:2:')
  })

  it('and does not exist is an error, not the defaults', async () => {
    await expect(validate(world({ [CONFIG]: POLICY }), { config })).rejects.toMatchObject({
      code: 'config_missing',
      message: expect.stringContaining('policy/c.yml'),
    })
  })
})

describe('a config that extends another', () => {
  it('is judged together with it', async () => {
    const asked: string[] = []
    const w = withRemote({ [CONFIG]: `version: 1\nextends: ${BASE}\n` }, async (reference) => {
      asked.push(reference)
      return { text: 'version: 1\ntarget: { push: 3 }\n', source: reference }
    })
    expect(await asJson(w)).toMatchObject({ exit: 0, json: { ok: true } })
    expect(asked).toEqual([BASE])
  })

  it("shows the base's problems at the base", async () => {
    const w = withRemote({ [CONFIG]: `version: 1\nextends: ${BASE}\n` }, async (source) => ({ text: BAD, source }))
    const { exit, json } = await asJson(w)
    expect(exit).toBe(2)
    expect(json.problems.map((p: { path: string }) => p.path)).toEqual([BASE, BASE])
  })

  it('that cannot be read: why, and what else is wrong as well', async () => {
    const w = withRemote({ [CONFIG]: `extends: ${BASE}\n${BAD}` }, async () => {
      throw new CertifyError('policy_unreadable', 'the API does not answer', { hint: 'run it again' })
    })
    const { exit, json } = await asJson(w)
    expect(exit).toBe(2)
    expect(json.problems).toHaveLength(3)
    expect(json.problems[0]).toMatchObject({
      path: CONFIG,
      line: 1,
      message: expect.stringMatching(/b{40}.*the API does not answer/s),
      hint: 'run it again',
    })
  })

  it('by a reference that can move is refused, and nothing is fetched', async () => {
    const w = world({ [CONFIG]: 'version: 1\nextends: acme/policy/base.yml@main\n' })
    const { exit, json } = await asJson(w)
    expect(exit).toBe(2)
    expect(json.problems[0].hint).toMatch(/commit/)
  })
})
