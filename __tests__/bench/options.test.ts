// What the bench may be told, and that it refuses the rest by name.
import { describe, expect, it } from '@jest/globals'
import { finished } from '../support/runner.ts'
import { load } from './load.ts'

const { readOptions } = await load('options.mjs')

describe('options', () => {
  it('have defaults', () => {
    expect(readOptions([])).toEqual({ json: false, only: '', runs: 5 })
  })

  it('are read in any order', () => {
    expect(readOptions(['--runs', '7', '--json', '--only', 'lcov'])).toEqual({ json: true, only: 'lcov', runs: 7 })
  })

  it.each([[['--fast']], [['lcov']], [['--json=yes']]])('%j: named, with what there is instead', (args) => {
    expect(() => readOptions(args)).toThrow(`bench does not know ${args[0]}\nnpm run bench -- [--json]`)
  })

  it.each([[['--runs']], [['--runs', '0']], [['--runs', '2.5']], [['--runs', 'many']], [['--only']], [['--only', '--json']]])(
    '%j: says what the option needs',
    (args) => {
      expect(() => readOptions(args)).toThrow(`${args[0]} needs a`)
    },
  )
})

describe('npm run bench', () => {
  const bench = (...args: string[]) =>
    finished(process.execPath, ['scripts/bench/main.mjs', ...args], { cwd: '.', env: { PATH: process.env.PATH ?? '' } })

  it('prints one JSON document with --json, progress beside it', async () => {
    const { exit, stdout, stderr } = await bench('--json', '--only', 'code of a start')
    expect([exit, stderr]).toEqual([0, '1/1 code of a start\n'])
    const { on, rows } = JSON.parse(stdout)
    expect(on).toMatch(/^Node v\d+/)
    expect(rows).toEqual([
      {
        what: 'code of a start',
        input: 'dist/',
        goals: { kB: 500 },
        figures: { kB: expect.any(Number) },
        met: expect.any(Boolean),
      },
    ])
    expect(rows[0].figures.kB).toBeGreaterThan(10)
  })

  it('measures the row that is bundled from the product’s own parts, which nothing else compiles', async () => {
    const { exit, stdout } = await bench('--json', '--only', 'zip', '--runs', '1')
    expect(exit).toBe(0)
    expect(JSON.parse(stdout).rows[0].figures.ratio).toBeGreaterThan(1)
  })

  it.each([
    [['--fast'], 'bench does not know --fast'],
    [['--only', 'no such row'], 'no row is called "no such row"; there are:'],
  ])('%j: exit 2, nothing on stdout', async (args, said) => {
    const { exit, stdout, stderr } = await bench(...args)
    expect([exit, stdout]).toEqual([2, ''])
    expect(stderr).toContain(said)
  })
})
