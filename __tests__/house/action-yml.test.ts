// action.yml is the public face: its inputs are those the code reads, its outputs those the code writes.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { CONFIG_PATHS } from '../../src/app/invocation.ts'
import { run } from '../../src/app/run.ts'
import { outputsOf } from '../../src/app/show.ts'
import { invocation, world } from '../support/ports.ts'

interface Action {
  inputs: Record<string, { description: string; default: string; required?: boolean }>
  outputs: Record<string, { description: string }>
  runs: { using: string; main: string }
}

const action = load(readFileSync('action.yml', 'utf8')) as Action

describe('action.yml', () => {
  it('declares every input that is read, and no other', () => {
    const source = readFileSync('src/compose/inputs.ts', 'utf8')
    const read = [...source.matchAll(/(?:getInput|getMultilineInput|oneOf)\('([\w-]+)'/g)].map((m) => m[1]!)
    expect(read.length).toBeGreaterThan(10)
    expect(Object.keys(action.inputs).sort()).toEqual([...new Set(read)].sort())
  })

  it('declares every output that is written, and no other', async () => {
    const { result } = await run(invocation(), world({}))
    const own = [
      'gate.ts',
      'record.ts',
      'gate/go-live.ts',
      'certificate/verify.ts',
      'certificate/issue.ts',
      'certificate/recertify.ts',
    ]
      .map((file) => readFileSync(`src/app/${file}`, 'utf8'))
      .join('\n')
    const jobs = [
      'ready',
      'environments',
      'snapshot',
      'gate-state',
      'gate-digest',
      'commit',
      'commits',
      'approval',
      'ledger-head',
      'refusal',
    ]
    for (const name of jobs) expect(own).toMatch(new RegExp(`\\b${name}\\b`))
    const all = [...Object.keys(outputsOf(result!, { state: 'off' }, 'x')), ...jobs]
    expect(Object.keys(action.outputs).sort()).toEqual([...new Set(all)].sort())
  })

  it('requires no input: each has a default, and the config is the one that is looked for', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect([name, typeof input.default]).toEqual([name, 'string'])
      expect([name, input.required ?? false]).toEqual([name, false])
    }
    expect(action.inputs.config!.default).toBe(CONFIG_PATHS[0])
  })

  it('says of everything what it is', () => {
    for (const one of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(one.description).toMatch(/^\S.{8,}[.)]$/s)
    }
  })

  it('runs on Node 24, from a file that is there', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/main.js' })
    expect(existsSync(action.runs.main)).toBe(true)
  })
})
