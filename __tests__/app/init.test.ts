// `certify init`: a config and a workflow for what is there, never over what is there; on the examples they validate and evaluate.
import { cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { init } from '../../src/app/init.ts'
import type { Invocation } from '../../src/app/invocation.ts'
import { run } from '../../src/app/run.ts'
import { CertifyError } from '../../src/model/problem.ts'
import { temporaryFolder } from '../support/clone.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { resolved } from '../support/resolving.ts'
import { finished } from '../support/runner.ts'
import { complaintsAbout } from '../support/workflows/parsers.ts'

const CONFIG = '.github/certification.yml'
const WORKFLOW = '.github/workflows/certify.yml'
const asked = (change: Partial<Invocation> = {}) => invocation({ command: 'validate', ...change })

/** Every file of a folder as a world holds it; reports are what a run has made, everything else is in git. */
function worldOf(root: string): World {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/^(?:node_modules|certify-report|\.certify)(?:\/|$)/.test(path) && statSync(join(root, path)).isFile(),
  )
  const sources = paths.filter((path) => path !== CONFIG && path !== WORKFLOW)
  const files = Object.fromEntries(sources.map((path) => [path, readFileSync(join(root, path))]))
  return world(files, { tracked: sources.filter((path) => !path.startsWith('reports/')) })
}

/** The example's folder with its reports; those that it does not ship are made. */
async function withReports(example: string): Promise<string> {
  const root = resolve('examples', example)
  if (existsSync(join(root, 'reports')) && example !== 'four-gates') return root
  const copy = join(temporaryFolder(), example)
  cpSync(root, copy, { recursive: true, filter: (path) => !/\/(?:reports|node_modules|certify-report)$/.test(path) })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  const env = { PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, HOME: copy }
  const made = await finished('./make-reports.sh', [], { cwd: copy, env })
  if (made.exit !== 0) throw new Error(made.stderr)
  return copy
}

describe.each([
  ['fails-level-1', './make-reports.sh', { verdict: 'failed', level: 0, short: ['test_coverage'] }],
  ['reaches-level-2', 'npm run reports', { verdict: 'passed', level: 2, short: [] }],
  ['four-gates', 'npm test', { verdict: 'passed', level: 2, short: [] }],
] as const)('on the sources of examples/%s', (example, command, expected) => {
  let there: World
  beforeAll(async () => {
    there = worldOf(await withReports(example))
    expect((await init(asked(), there)).exit).toBe(0)
  }, 120_000)

  it('writes a config that is valid and names reports that are there', () => {
    const { config, problems } = resolved(there.files.written.get(CONFIG)!)
    expect(problems).toEqual([])
    const paths = config!.metrics.flatMap((metric) => metric.evidence.flatMap((entry) => entry.paths))
    expect(paths.length).toBeGreaterThan(3)
    expect(paths.filter((path) => !there.files.exists(path))).toEqual([])
  })

  it("writes a workflow that GitHub's parser takes, with the repository's own command", async () => {
    const text = there.files.written.get(WORKFLOW)!
    expect(await complaintsAbout(WORKFLOW, text)).toEqual([])
    expect(text).toContain(`- run: ${command}\n`)
  })

  it("judges the example's reports by what it wrote", async () => {
    there.files.content.set(CONFIG, there.files.written.get(CONFIG)!)
    const { result } = await run(invocation({ level: '2' }), there)
    const component = result!.levels.find((one) => one.id === 'component')!
    const short = component.criteria.filter((one) => one.outcome !== 'pass').map((one) => one.id)
    expect({ ...result!.decision, short }).toMatchObject(expected)
  })
})

describe('what is there already', () => {
  const files = { 'go.mod': 'module x', 'README.md': '# x' }

  it.each([CONFIG, '.github/certification.json', WORKFLOW, '.github/workflows/certify.yaml'])(
    '%s is named and neither file is written',
    async (path) => {
      const there = world({ ...files, [path]: 'mine' })
      const { exit, output } = await init(asked(), there)
      expect([exit, [...there.files.written]]).toEqual([1, []])
      expect(output).toContain(`${path} is there already: nothing was written`)
      expect(there.files.content.get(path)).toBe('mine')
    },
  )

  it('does not keep the other one from being written, where the user asks for that one', async () => {
    const there = world({ ...files, [CONFIG]: 'mine' })
    expect((await init(asked({ operands: ['workflow'] }), there)).exit).toBe(0)
    expect([...there.files.written.keys()]).toEqual([WORKFLOW])
    expect((await init(asked({ operands: ['config'] }), world({ ...files, [CONFIG]: 'mine' }))).exit).toBe(1)
  })

  it('is not in the way of a dry run, which prints both and writes neither', async () => {
    const there = world({ ...files, [CONFIG]: 'mine' })
    const { exit, output } = await init(asked({ dryRun: true }), there)
    expect([exit, [...there.files.written]]).toEqual([0, []])
    const fresh = world(files)
    await init(asked(), fresh)
    for (const [path, text] of fresh.files.written) expect(output).toContain(`# --- ${path}\n${text}`)
  })
})

describe('what is said', () => {
  it('to a person: what was found and written, what is missing, what to do next', async () => {
    const { output } = await init(asked(), world({ 'go.mod': 'module x', 'README.md': '# x' }))
    expect(output).toContain(`wrote ${CONFIG} and ${WORKFLOW}`)
    expect(output).toMatch(/cover\.out +coverage +component +go\.mod; not made yet/)
    expect(output).toMatch(/level 2: a report of integration tests, their coverage/)
    expect(output).toContain('certify evaluate')
    expect(output.replace(/\s+/g, ' ')).toContain(`in place of OWNER in ${CONFIG} and ${WORKFLOW}`)
  })

  it("in the config: a load test's own limit instead of a looser one", async () => {
    const values = { 'p(95)': 250.5 }
    const metrics = { http_req_duration: { type: 'trend', contains: 'time', values, thresholds: { 'p(95)<200': { ok: false } } } }
    const there = world({ 'k6-summary.json': JSON.stringify({ metrics, root_group: {}, options: {}, state: {} }) })
    await init(asked(), there)
    expect(there.files.written.get(CONFIG)).toContain('# - http_req_duration p(95)<200\n')
    expect(there.files.written.get(CONFIG)).not.toMatch(/^ +objectives:|1000ms/m)
  })

  it('to a program: one document', async () => {
    const { output } = await init(asked({ json: true }), world({ 'go.mod': 'module x' }))
    expect(JSON.parse(output)).toMatchObject({
      ok: true,
      written: [CONFIG, WORKFLOW],
      existing: [],
      reports: [{ path: 'cover.out', kind: 'coverage', level: 'component', by: 'go.mod', there: false }],
      commands: ['go test -coverprofile=cover.out ./...'],
    })
    const dry = JSON.parse((await init(asked({ json: true, dryRun: true }), world({ [CONFIG]: 'mine' }))).output)
    expect(Object.keys(dry.files)).toEqual([CONFIG, WORKFLOW])
    expect(dry.written).toEqual([])
  })

  it('with another word than config and workflow is a usage error', async () => {
    await expect(init(asked({ operands: ['everything'] }), world({}))).rejects.toThrow(/init writes no "everything"/)
  })

  it('takes the default branch of the clone', async () => {
    const there = world({})
    there.git.defaultBranch = () => 'origin/trunk'
    await init(asked(), there)
    expect(there.files.written.get(WORKFLOW)).toContain('branches: [trunk]')
  })
})

describe('a repository that cannot be read in parts', () => {
  it('is looked at as far as it can be', async () => {
    const there = world({ 'go.mod': 'module x', 'pom.xml': 'x', 'reports/junit.xml': '<testsuite', 'reports/lcov.info': '' })
    const read = there.files.readText.bind(there.files)
    there.files.readText = (path) => {
      if (path === 'pom.xml') throw new CertifyError('too_large', 'pom.xml has too many bytes')
      return read(path)
    }
    const { reports } = JSON.parse((await init(asked({ json: true }), there)).output)
    expect(reports.map((one: { path: string }) => one.path)).toEqual(['cover.out'])
  })

  it('for too many reports tells by its commands alone', async () => {
    const there = world({ 'go.mod': 'module x' })
    const find = there.files.find.bind(there.files)
    there.files.find = (globs, limit) => {
      if (globs.includes('**/lcov.info')) throw new CertifyError('too_many_files', 'more than enough')
      return find(globs, limit)
    }
    expect((await init(asked(), there)).exit).toBe(0)
    expect(there.files.written.get(CONFIG)).toContain('evidence: cover.out')
  })
})
