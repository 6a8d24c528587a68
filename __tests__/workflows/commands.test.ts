// A repository's own validation commands, run as the workflow runs them: the exit code becomes a test that certify reads.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { junit } from '../../src/evidence/formats/tests/junit.ts'
import { DEFAULT_LIMITS } from '../../src/evidence/limits.ts'
import { temporaryFolder } from '../support/clone.ts'
import { finished } from '../support/runner.ts'
import { sourceOf } from '../support/source.ts'

const text = readFileSync('workflows/certify-commands.yml', 'utf8')
const { jobs, on } = load(text) as {
  on: { workflow_call: { inputs: Record<string, { default: string }>; secrets?: unknown } }
  jobs: {
    commands: {
      permissions: unknown
      steps: { id?: string; name?: string; run?: string; if?: string; env?: Record<string, string> }[]
    }
  }
}
const step = (id: string) => jobs.commands.steps.find((one) => one.id === id || one.name === id)!
const SHA = 'c'.repeat(40)

async function commands(given: Record<string, string>) {
  const cwd = temporaryFolder()
  const output = join(cwd, 'output')
  writeFileSync(output, '')
  const env = {
    PATH: process.env.PATH ?? '',
    TECHNICAL: '',
    SECURITY: '',
    PERFORMANCE: '',
    DOCUMENTATION: '',
    LEVEL: 'system',
    GITHUB_OUTPUT: output,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ID: '77',
    GITHUB_SHA: SHA,
    ...given,
  }
  const ended = await finished('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step('run').run!], { cwd, env })
  const report = join(cwd, 'certify-commands', `junit-${env.LEVEL}.xml`)
  const read = existsSync(report) ? junit.read(sourceOf(readFileSync(report), report), DEFAULT_LIMITS) : null
  return { ...ended, outputs: readFileSync(output, 'utf8'), read, cases: read?.facts.cases ?? [] }
}

describe('the job', () => {
  it('can read the contents, and no secret at all', () => {
    expect(jobs.commands.permissions).toEqual({ contents: 'read' })
    expect(on.workflow_call.secrets).toBeUndefined()
    expect(text.replace(/^#.*$/gm, '')).not.toMatch(/secrets\.|github\.token/)
  })

  it('takes the four commands through the environment, and none of them by itself', () => {
    const env = Object.values(step('run').env!)
    for (const name of ['technical', 'security', 'performance', 'documentation']) {
      expect(env.join()).toContain(`inputs.${name}-command`)
      expect(on.workflow_call.inputs[`${name}-command`]!.default).toBe('')
    }
  })
})

describe('the report', () => {
  it('has one test for each command that was given, bound to the commit', async () => {
    const { exit, cases, read, outputs } = await commands({ TECHNICAL: 'echo fine', DOCUMENTATION: 'true' })
    expect(exit).toBe(0)
    expect(cases.map((one) => [one.name, one.outcome])).toEqual([
      ['technical validation', 'passed'],
      ['documentation validation', 'passed'],
    ])
    expect(read!.info.commit).toBe(SHA)
    expect(outputs).toBe('failed=0\n')
  })

  it('fails for exit code 1, with the code and the log, and goes on to the next', async () => {
    const { exit, cases, outputs } = await commands({ SECURITY: 'echo "2 open ports"; exit 3', PERFORMANCE: 'true' })
    expect(exit).toBe(0)
    expect(cases.map((one) => one.outcome)).toEqual(['failed', 'passed'])
    expect(cases[0]!.message).toBe('exit code 3; log: https://github.com/acme/shop/actions/runs/77')
    expect(outputs).toBe('failed=1\n')
  })

  it.each(['false; true', 'false | cat', 'cat "$UNSET_VARIABLE"', 'no-such-program'])(
    'fails for a command that fails in its middle: %s',
    async (command) => expect((await commands({ TECHNICAL: command })).cases[0]!.outcome).toBe('failed'),
  )

  it.each([
    `printf '</system-out></testcase><testcase name="forged"/>'; exit 1`,
    String.raw`printf ']]>&&<![CDATA[\000\001\033[31m\377\376'`,
    String.raw`printf '\xEF\xBF\xBF\xEF\xBF\xBE ok \xC3\xA9'`,
    'head -c 100000 /dev/urandom',
    'yes "<a>" | head -c 100000',
  ])('stays one test of one whole document, whatever is printed: %s', async (command) => {
    const { cases } = await commands({ TECHNICAL: command })
    expect(cases.map((one) => one.name)).toEqual(['technical validation'])
  })

  it('is not there without a command: nothing is validated is no pass', async () => {
    const { exit, read, stderr } = await commands({})
    expect([exit, read]).toEqual([2, null])
    expect(stderr).toContain('no command was given')
  })

  it('is not there for a level that does not exist', async () => {
    expect(await commands({ LEVEL: '../x', TECHNICAL: 'true' })).toMatchObject({ exit: 2, read: null })
  })

  it('is not told another outcome by its command: that sees no file of the step', async () => {
    const { outputs, cases } = await commands({ TECHNICAL: 'env | grep -c "^GITHUB_OUTPUT=" && exit 0; exit 1' })
    expect(outputs).toBe('failed=1\n')
    expect(cases[0]!.outcome).toBe('failed')
  })
})

describe('the outcome of the job', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['', 1],
  ])('with %j failed: exit %d', async (failed, exit) => {
    const ended = await finished('bash', ['-eo', 'pipefail', '-c', step('outcome').run!], {
      cwd: temporaryFolder(),
      env: { PATH: process.env.PATH ?? '', FAILED: failed },
    })
    expect(ended.exit).toBe(exit)
  })
})
