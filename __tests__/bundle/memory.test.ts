// What the bundle holds in memory: the space for young objects does not grow, whatever is read.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pullRequestEvent } from '../support/github/run.ts'
import { GitHub } from '../support/github/server.ts'
import { POLICY, readyFiles } from '../support/ready-repository.ts'
import { finished, NODES, runStep, unpackAction } from '../support/runner.ts'

/** Both halves of it, as V8 starts with them. */
const AS_STARTED = 2 * 1024 * 1024

/** Required by a program: writes, when it ends, how large the space for young objects is. */
const HOOK = `process.on('exit', () => {
  const young = require('node:v8').getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')
  require('node:fs').writeFileSync(process.env.YOUNG, String(young.space_size))
})`

const CASES = Array.from({ length: 30_000 }, (_, at) => `<testcase classname="suite" name="case ${at}" time="0.001"/>\n`)
const JUNIT = `<testsuites><testsuite name="all">${CASES.join('')}</testsuite></testsuites>\n`

let folder: string
let action: string
let hooked: Record<string, string>
beforeAll(() => {
  action = unpackAction()
  folder = mkdtempSync(join(tmpdir(), 'certify-memory-'))
  writeFileSync(join(folder, 'hook.cjs'), HOOK)
  writeFileSync(join(folder, 'junit.xml'), JUNIT)
  hooked = { NODE_OPTIONS: `--require ${join(folder, 'hook.cjs')}`, YOUNG: join(folder, 'young') }
})
afterAll(() => {
  for (const one of [folder, action]) rmSync(one, { recursive: true })
})

const young = (): number => Number(readFileSync(hooked.YOUNG!, 'utf8'))

describe.each(NODES)('the space for young objects on $name', ({ path: node }) => {
  const run = (...args: string[]) =>
    finished(node, args, { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder, ...hooked } })

  it('grows in a program that does nothing about it, so that the size is what is looked at', async () => {
    await run('-e', 'const kept = []; for (let at = 0; at < 300_000; at += 1) kept.push({ at })')
    expect(young()).toBeGreaterThan(AS_STARTED)
  })

  it('stays as it was where the command line reads a report of many tests', async () => {
    const { exit } = await run(join(action, 'dist/cli.js'), 'inspect', '--json', 'junit.xml')
    expect({ exit, young: young() }).toEqual({ exit: 0, young: AS_STARTED })
  })

  it('stays as it was where a step of the Action reads one', async () => {
    const github = await GitHub.start()
    try {
      github.state.addFile('main', '.github/certification.yml', POLICY)
      const files = { ...readyFiles(), 'reports/component/junit.xml': JUNIT }
      const event = pullRequestEvent(github, github.state.addPull(7, {}))
      const { exit } = await runStep(action, { github, files, event, node, env: hooked })
      expect({ exit, young: young() }).toEqual({ exit: 0, young: AS_STARTED })
    } finally {
      await github.stop()
    }
  })
})
