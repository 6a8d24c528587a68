// `certify explain`: the formula with this run's numbers and where each came from, or the shortest path to a level.
import { describe, expect, it } from '@jest/globals'
import { run } from '../../src/app/run.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const short = (): World => world({ [CONFIG]: POLICY, ...readyFiles(), 'reports/component/lcov.info': lcov(90, 100) })
const explain = (w: World, operands: string[], json = false) => run(invocation({ command: 'explain', operands, json }), w)

describe('explain', () => {
  it('tells a person the number, the limit and where it is from, the formula, the files, and what to do', async () => {
    const { exit, output, result } = await explain(short(), ['test_coverage'])
    expect({ exit, result }).toEqual({ exit: 0, result: null })
    expect(output).toMatch(/90 ?%/)
    expect(output).toMatch(/> 95 ?%.*from/)
    expect(output).toMatch(/90 \/ 100/)
    expect(output).toContain('reports/component/lcov.info')
    expect(output).toMatch(/91-100/)
  })

  it('as JSON: the criterion, its metric and the evidence of its basis, one document', async () => {
    const { output } = await explain(short(), ['test_coverage'], true)
    const told = JSON.parse(output)
    expect(told).toMatchObject({
      level: 'component',
      criterion: { id: 'test_coverage', outcome: 'fail', value: 90, limit: { text: expect.stringContaining('95') } },
      metric: { id: 'test_coverage', ratio: { good: 90, total: 100 } },
    })
    expect(told.evidence.map((e: { path: string }) => e.path)).toEqual(told.criterion.basis)
    expect(told.criterion.basis).toContain('reports/component/lcov.info')
  })

  it('finds every one of the sixteen criteria', async () => {
    const error = await explain(short(), ['nope']).catch((e) => e)
    const ids = error.hint.replace('one of: ', '').split(';')[0].split(', ')
    expect(ids).toHaveLength(16)
    for (const id of ids) expect((await explain(short(), [id])).output).toContain(id)
  })

  it('without evidence says so', async () => {
    const { output } = await explain(world({ [CONFIG]: POLICY, 'README.md': readyFiles()['README.md']! }), ['security_score'])
    expect(output).toMatch(/no evidence/i)
    expect(output).toContain('reports/semgrep.sarif')
  })

  it('an unknown criterion: which there are', async () => {
    await expect(explain(short(), ['test_coverag'])).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('test_coverag'),
      hint: expect.stringContaining('test_coverage'),
    })
  })

  it('no criterion: the shortest path to the target, in numbers, every file, line and report by its name', async () => {
    const { exit, output } = await explain(short(), [])
    expect(exit).toBe(0)
    expect(output).toMatch(
      /^The shortest path to level \d; no level is reached\n {2}1\. ✗ Level 1 · test_coverage: 90 % is not > 95 %/,
    )
    expect(output).toContain('→ Cover 6 more lines to exceed 95 %: 6 of 10 in')
    expect(output).toContain('(lines 91-100)')
  })

  it('a level, by number or name: the path to it; the further one starts with the nearer one', async () => {
    const texts = (output: string): string[] => JSON.parse(output).steps.map((step: { text: string }) => step.text)
    const [near, far, named] = await Promise.all(['1', '4', 'system'].map((level) => explain(short(), [level], true)))
    expect(JSON.parse(near!.output)).toMatchObject({ level: 1, reached: 0 })
    expect(texts(far!.output).length).toBeGreaterThan(texts(near!.output).length)
    expect(texts(far!.output).slice(0, texts(near!.output).length)).toEqual(texts(near!.output))
    expect(named!.output).toBe(far!.output)
  })

  it('a level that is reached: that nothing is lacking', async () => {
    const w = world({ [CONFIG]: POLICY, ...readyFiles() })
    expect((await explain(w, ['1'])).output).toMatch(/^✓ Nothing is lacking for level 1/)
    expect((await explain(world({ [CONFIG]: POLICY, ...readyFiles() }), [])).output).toMatch(/^The shortest path to level [34]/)
  })

  it('a config with mistakes: all of them, and the command that helps', async () => {
    const w = world({ [CONFIG]: 'version: 1\nmode: enforced\ntarget: { push: 7 }\n' })
    const error = await explain(w, ['test_coverage']).catch((e) => e)
    expect(error).toMatchObject({ code: 'not_judged', hint: expect.stringContaining('certify validate') })
    expect(error.problems.map((p: { line: number }) => p.line)).toEqual([2, 3])
  })

  it('what could not be judged for another reason is not blamed on the config', async () => {
    const w = short()
    w.change.producers = () => Promise.reject(new TypeError('x'))
    const error = await explain(w, ['test_coverage']).catch((e) => e)
    expect(error.code).toBe('not_judged')
    expect(`${error.message} ${error.hint ?? ''}`).not.toMatch(/config|validate/)
    expect(error.problems).toHaveLength(1)
  })

  it('publishes nothing', async () => {
    const w = short()
    w.publishers.push({ id: 'none', publish: () => Promise.reject(new Error('published')) })
    await explain(w, ['test_coverage'])
    expect(w.logged).toEqual([])
  })
})
