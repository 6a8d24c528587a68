// The order of things in one run: judge, publish, end. What goes wrong on the way is told and never passes.
import { describe, expect, it } from '@jest/globals'
import type { Ports, Publisher } from '../../src/app/ports.ts'
import { run } from '../../src/app/run.ts'
import type { Result } from '../../src/model/result.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const ready = (policy = POLICY): Record<string, string> => ({ [CONFIG]: policy, ...readyFiles() })
const failing = (): Record<string, string> => ({ ...ready(), 'reports/component/lcov.info': lcov(90, 100) })

function keeper(seen: Result[]): Publisher {
  return { id: 'keeper', publish: async (result) => void seen.push(result) }
}

function faulty(id: string, thrown: unknown): Publisher {
  return { id, publish: () => Promise.reject(thrown) }
}

describe('evaluate', () => {
  it.each([
    ['passed', ready(), 0],
    ['failed', failing(), 1],
    ['error', ready('version: 1\nmode: [\n'), 2],
  ] as const)('%s: the exit code of decision 17', async (verdict, files, exit) => {
    const ended = await run(invocation(), world(files))
    expect(ended.result!.decision.verdict).toBe(verdict)
    expect(ended.exit).toBe(exit)
    expect(ended.output).toMatch(verdict === 'error' ? /could not judge/i : new RegExp(verdict, 'i'))
  })

  it('fail-on: never lets a failed run go on, but not one that could not be judged', async () => {
    expect((await run(invocation({ failOn: 'never' }), world(failing()))).exit).toBe(0)
    expect((await run(invocation({ failOn: 'never' }), world(ready('mode: [')))).exit).toBe(2)
  })

  it('in advisory mode never fails the step, except where it could not judge', async () => {
    const advice = 'mode: advisory\n'
    expect((await run(invocation(), world({ ...failing(), [CONFIG]: POLICY + advice }))).exit).toBe(0)
    const w = world({ ...failing(), [CONFIG]: POLICY + advice })
    w.change.state = () => Promise.reject(new TypeError('x'))
    expect((await run(invocation(), w)).exit).toBe(2)
  })

  it('--json prints the document that is published, and nothing else', async () => {
    const seen: Result[] = []
    const ended = await run(invocation({ json: true }), { ...world(ready()), publishers: [keeper(seen)] })
    expect(JSON.parse(ended.output)).toEqual(JSON.parse(JSON.stringify(seen[0])))
    expect(ended.result).toBe(seen[0])
  })
})

describe('a publisher that fails', () => {
  it.each([
    ['passed', ready(), 0],
    ['failed', failing(), 1],
  ] as const)('is a warning that names it; the others still run; %s stays %s', async (verdict, files, exit) => {
    const seen: Result[] = []
    const w = world(files)
    w.publishers.push(
      faulty('the check run', new Error('403 needs checks: write')),
      keeper(seen),
      faulty('the summary', 'disk full'),
    )
    const ended = await run(invocation(), w)
    expect(ended).toMatchObject({ exit, result: { decision: { verdict } } })
    expect(seen).toHaveLength(1)
    expect(w.logged).toHaveLength(2)
    expect(w.logged[0]).toMatch(/the check run.*403 needs checks: write.*stands.*(passed|failed)/)
    expect(w.logged[1]).toMatch(/the summary.*disk full/)
  })

  it('also where it throws at once, and cannot write to the terminal what it likes', async () => {
    const w = world(ready())
    const publish = () => {
      throw new Error('\u001b[2Jgone')
    }
    w.publishers.push({ id: 'rude', publish })
    expect((await run(invocation(), w)).exit).toBe(0)
    expect(w.logged[0]).toMatch(/rude.*gone/)
    expect(w.logged[0]).not.toContain('\u001b')
  })

  it('publishes a run that could not be judged as well', async () => {
    const seen: Result[] = []
    await run(invocation(), { ...world(ready('mode: [')), publishers: [keeper(seen)] })
    expect(seen[0]!.decision.verdict).toBe('error')
  })
})

describe('a port that hangs', () => {
  const hanging = (): Promise<never> => new Promise(() => {})
  const parts: [string, (w: World) => void][] = [
    ['the artifacts', (w) => Object.assign(w, { artifacts: { find: hanging, dispose: () => {} } })],
    ['the upstream jobs', (w) => Object.assign(w.change, { producers: hanging })],
    ['the state of the change', (w) => Object.assign(w.change, { state: hanging })],
    ["the pull request's policy", (w) => Object.assign(w.policy, { head: hanging })],
  ]

  it.each(parts)('%s: ends in `error` after the timeout of the config, with what to do', async (_what, break_) => {
    const w = world(ready(`${POLICY}timeout: 1\nevidence: [{ artifact: reports, path: "**" }]\n`))
    break_(w)
    const { exit, result } = await run(invocation(), w)
    expect(exit).toBe(2)
    expect(result!.decision).toMatchObject({ verdict: 'error', level: 0, proceed: false })
    expect(JSON.stringify(result!.decision.reasons)).toMatch(/longer than 1 s.*timeout/)
  })

  it('the downloads are removed even then', async () => {
    let disposed = 0
    const artifacts: Ports['artifacts'] = {
      find: hanging,
      dispose: () => {
        disposed += 1
      },
    }
    const files = ready(`${POLICY}timeout: 1\nevidence: [{ artifact: reports, path: "**" }]\n`)
    await run(invocation(), { ...world(files), artifacts })
    expect(disposed).toBe(1)
  })
})

describe('a fault of ours', () => {
  const faults: [string, (w: World) => void][] = [
    ['while gathering', (w) => Object.assign(w.files, { find: thrower() })],
    ['while asking for the change', (w) => Object.assign(w.change, { state: thrower() })],
    ['while reading the policy', (w) => Object.assign(w.policy, { trusted: thrower() })],
    ["while reading the head's policy", (w) => Object.assign(w.policy, { head: thrower() })],
  ]

  function thrower(): () => never {
    return () => {
      throw new TypeError('\u001b[31mundefined is not a function')
    }
  }

  it.each(faults)('%s: `error`, exit 2, the stack in the log, and no gate opens', async (_what, break_) => {
    const w = world(ready())
    break_(w)
    const { exit, result, output } = await run(invocation({ failOn: 'never' }), w)
    expect(exit).toBe(2)
    expect(result!.decision).toMatchObject({ verdict: 'error', level: 0, proceed: false })
    expect(result!.gates).toEqual([])
    expect(w.logged.join('\n')).toMatch(/TypeError: .*undefined is not a function[\s\S]*\s+at .*run\.test/)
    expect(w.logged.join('\n')).not.toContain('\u001b')
    expect(output).toMatch(/itself failed/)
  })

  it('while cleaning up: a warning, and the verdict stands', async () => {
    const w = world(ready())
    const artifacts: Ports['artifacts'] = { find: async () => ({ files: [], unusable: [], matched: [] }), dispose: thrower() }
    const ended = await run(invocation(), { ...w, artifacts })
    expect(ended).toMatchObject({ exit: 0, result: { decision: { verdict: 'passed' } } })
    expect(w.logged.join()).toMatch(/not removed/)
  })
})
