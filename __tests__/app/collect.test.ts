// One job's reports as a bundle, and bundles judged: the verdict is that of the files themselves.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Invocation } from '../../src/app/invocation.ts'
import type { Artifacts, Files, FoundFile } from '../../src/app/ports.ts'
import { run } from '../../src/app/run.ts'
import type { Result } from '../../src/model/result.ts'
import { FIXTURES, fixturesOf } from '../support/fixtures.ts'
import { COMMIT, invocation, NOW, type World, world } from '../support/ports.ts'
import { junit, lcov, POLICY, readyFiles } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'
const OUT = 'certify-evidence.json'
type Contents = Record<string, string | Uint8Array>

/** The bundle that one job writes. */
async function bundle(files: Contents, change: Partial<Invocation> = {}, job: Partial<World> & { tracked?: string[] } = {}) {
  const there = world(files, job)
  const ended = await run(invocation({ command: 'collect', ...change }), there)
  return { ...ended, text: there.files.written.get(change.out ?? OUT)!, logged: there.logged }
}

async function judged(files: Contents, change: Partial<Invocation> = {}, there: Partial<World> & { tracked?: string[] } = {}) {
  return (await run(invocation({ config: { path: CONFIG, named: files[CONFIG] !== undefined }, ...change }), world(files, there)))
    .result!
}

/** What must differ: where a file was found. */
function apart(result: Result): unknown {
  return JSON.parse(JSON.stringify(result, (key, value) => (key === 'bundle' ? undefined : value)))
}

/** Artifacts of this run, by name, each with its files. */
function artifactsOf(held: Record<string, Contents>, runId = 1): Artifacts {
  return {
    find: async (pattern, globs) => {
      const matched = Object.keys(held).filter(
        (name) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
      )
      const files = matched.flatMap((name, at): FoundFile[] =>
        world(held[name]!)
          .files.find(globs, 1000)
          .files.map((file) => ({
            ...file,
            origin: { type: 'artifact', name, id: at + 1, runId, digest: null, digestChecked: true },
          })),
      )
      return { files, unusable: [], matched }
    },
    dispose: () => {},
  }
}

/** Every fixture that is one, as files of a job; names that say nothing of a level. */
function fixtures(): Contents {
  const formats = readdirSync(FIXTURES, { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== 'config')
  return Object.fromEntries(formats.flatMap(({ name }) => fixturesOf(name).map((one) => [join('out', one.name), one.bytes])))
}

describe('a bundle evaluates to what its files would have', () => {
  it('every fixture of every format, asked for by one glob', async () => {
    const files = fixtures()
    expect(Object.keys(files).length).toBeGreaterThan(60)
    const text = 'version: 1\nevidence: ["out/**"]\n'
    const direct = await judged({ ...files, [CONFIG]: text })
    const { text: made } = await bundle(files, { evidence: ['out/**'] })
    const through = await judged({ [CONFIG]: text, [OUT]: made })
    expect(direct.evidence.filter((one) => one.admitted).length).toBeGreaterThan(20)
    expect(apart(through)).toEqual(apart(direct))
  })

  it('found by discovery alone, there and here', async () => {
    const files = {
      'coverage/lcov.info': lcov(1, 2),
      'junit.xml': junit([{ suite: 'a', name: 'b' }]),
      'notes.xml': '<a/>',
      'TEST-x.xml': '<testsuite',
    }
    const { text } = await bundle(files)
    const direct = await judged(files)
    expect(direct.evidence.map((one) => one.admitted)).toContain(true)
    expect(apart(await judged({ [OUT]: text }))).toEqual(apart(direct))
  })

  it.each([
    ['all is there', {}],
    ['a report fails', { 'reports/component/junit.xml': junit([{ suite: 'price', name: 'adds up', failure: 'no' }]) }],
    ['a report is broken', { 'reports/component/junit.xml': '<testsuites><testsuite' }],
    ['a report is empty', { 'reports/integration/lcov.info': '' }],
    ['a report is no report', { 'reports/semgrep.sarif': 'hello' }],
    ['a report is missing', { 'reports/component/lcov.info': null }],
  ])("a policy's entries speak of the paths in the bundle: %s", async (_what, change) => {
    const all = { ...readyFiles(), [CONFIG]: POLICY, ...change }
    const files = Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== null))
    const { text } = await bundle(files)
    const rest = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('reports/')))
    const direct = await judged(files)
    const through = await judged({ ...rest, [OUT]: text })
    expect(direct.evidence.length).toBeGreaterThan(5)
    expect(apart(through)).toEqual(apart(direct))
    expect(through.evidence.filter((one) => one.kind !== 'documentation').every((one) => one.origin.bundle === OUT)).toBe(true)
  })

  it('of a family that the policy speaks of itself, discovery keeps out: there and here', async () => {
    const text = 'version: 1\nmetrics: { test_coverage: { evidence: [own.xml, own.info] } }\n'
    const own = { 'own.xml': junit([{ suite: 'a', name: 'b' }]), 'own.info': lcov(1, 1), [CONFIG]: text }
    const files = { 'junit.xml': '<testsuites><testsuite', 'coverage/lcov.info': lcov(0, 9), ...own }
    const { text: made } = await bundle(files)
    expect(JSON.parse(made).rejected).toMatchObject([{ path: 'junit.xml' }])
    expect(apart(await judged({ [CONFIG]: text, [OUT]: made }))).toEqual(apart(await judged(files)))
  })

  it('a file that the policy declares to be of another format than it was collected as is refused', async () => {
    const { text } = await bundle({ 'junit.xml': junit([{ suite: 'a', name: 'b' }]) })
    const config = 'version: 1\nevidence: [{ path: junit.xml, format: nunit3 }]\n'
    const { evidence } = await judged({ [CONFIG]: config, [OUT]: text })
    expect(evidence).toMatchObject([{ path: 'junit.xml', admitted: false, sha256: expect.any(String) }])
    expect(evidence[0]!.reasons[0]!.text).toMatch(/nunit3.*junit/)
  })

  it('the digest lists the files and never the bundle, wherever it comes from', async () => {
    const files = readyFiles()
    const { text } = await bundle(files, { evidence: ['reports/**'] })
    const { 'README.md': readme } = files
    const digest = (await judged({ ...files, [CONFIG]: POLICY })).evidenceDigest
    expect(
      (await judged({ 'README.md': readme!, [CONFIG]: POLICY, 'a/b.json': text }, { evidence: ['a/b.json'] })).evidenceDigest,
    ).toBe(digest)
    const artifacts = artifactsOf({ 'evidence-1': { [OUT]: text } })
    const policy = POLICY.replaceAll(
      /evidence: \[?([\w./ ,-]+)\]?/g,
      (_, paths) =>
        `evidence: [${paths
          .split(', ')
          .map((path: string) => `{ artifact: "evidence-*", path: ${path.trim()} }`)
          .join(', ')}]`,
    )
    const there = { artifacts, subject: { ...world({}).subject, run: 1 } }
    expect((await judged({ 'README.md': readme!, [CONFIG]: policy }, {}, there)).evidenceDigest).toBe(digest)
  })
})

describe('a committed bundle', () => {
  it('is not discovered, and proves nothing in the Action where it is named', async () => {
    const { 'README.md': readme, ...reports } = readyFiles()
    const { text } = await bundle(reports, { evidence: ['reports/**'] })
    const files = { 'README.md': readme!, [CONFIG]: POLICY, [OUT]: text }
    const tracked = [OUT, CONFIG, 'README.md']
    for (const evidence of [[], [OUT]]) {
      const result = await judged(files, { evidence }, { inAction: true, tracked })
      expect(result.decision.verdict).not.toBe('passed')
      expect(result.evidence.filter((one) => one.kind !== 'documentation' && one.admitted)).toEqual([])
    }
  })

  it('is not discovered on a laptop either', async () => {
    const { text } = await bundle({ 'junit.xml': junit([{ suite: 'a', name: 'b' }]) })
    expect((await judged({ [OUT]: text })).evidence).toHaveLength(1)
    expect((await judged({ [OUT]: text }, {}, { tracked: [OUT] })).evidence).toEqual([])
  })

  it('nor does a file in a bundle that was committed where the bundle was made', async () => {
    const { text } = await bundle({ 'junit.xml': junit([{ suite: 'a', name: 'b' }]) }, {}, { tracked: ['junit.xml'] })
    const result = await judged({ [OUT]: text }, {}, { inAction: true })
    expect(result.evidence).toMatchObject([{ path: 'junit.xml', admitted: false, reasons: [{ code: 'evidence_tracked' }] }])
  })
})

describe('several bundles', () => {
  const a = junit([{ suite: 's', name: 'one' }])
  const b = junit([{ suite: 's', name: 'two', failure: 'no' }])

  it('hold files of one path: other bytes are another source, the same bytes count once', async () => {
    const made = await Promise.all([a, b, a].map((text) => bundle({ 'reports/junit.xml': text })))
    const files = Object.fromEntries(made.map(({ text }, at) => [`shards/${at}/${OUT}`, text]))
    const { evidence } = await judged(files)
    expect(evidence.map(({ path, admitted, summary }) => [path, admitted, summary]).sort()).toEqual([
      ['reports/junit.xml', false, '1 passed'],
      ['reports/junit.xml', true, '0 passed, 1 failed'],
      ['reports/junit.xml', true, '1 passed'],
    ])
    expect(evidence.find((one) => !one.admitted)!.reasons).toMatchObject([{ code: 'evidence_duplicate' }])
  })

  it('coverage of the same file is united by line', async () => {
    const odd = lcov(0, 4).replace('DA:1,0', 'DA:1,1').replace('LH:0', 'LH:1')
    const even = lcov(0, 4).replace('DA:2,0', 'DA:2,3').replace('LH:0', 'LH:1')
    const made = await Promise.all([odd, even].map((text) => bundle({ 'lcov.info': text })))
    const { metrics } = await judged(Object.fromEntries(made.map(({ text }, at) => [`s/certify-evidence-${at}.json`, text])))
    expect(metrics.find((one) => one.id === 'test_coverage')).toMatchObject({ value: 50, ratio: { good: 2, total: 4 } })
  })

  it('`expect` counts them where an entry names them, and what is in them where it names that', async () => {
    const made = await Promise.all([a, b].map((text) => bundle({ 'junit.xml': text, 'lcov.info': lcov(1, 2) })))
    const held = Object.fromEntries(made.map(({ text }, at) => [`evidence-${at}`, { [OUT]: text }]))
    const there = { artifacts: artifactsOf(held), subject: { ...world({}).subject, run: 1 } }
    const short = async (path: string, expected: number) => {
      const text = `version: 1\nevidence: [{ artifact: "evidence-*", path: "${path}", expect: ${expected} }]\n`
      return JSON.stringify(await judged({ [CONFIG]: text }, {}, there)).includes('evidence_count')
    }
    expect(await short(OUT, 2)).toBe(false)
    expect(await short(OUT, 3)).toBe(true)
    expect(await short('**/*.info', 2)).toBe(false)
    expect(await short('**/*.info', 1)).toBe(true)
    expect(await short('**', 4)).toBe(false)
  })

  it('an entry for another path in an artifact takes that alone out of its bundle', async () => {
    const { text } = await bundle({ 'junit.xml': b, 'lcov.info': lcov(1, 2) })
    const there = { artifacts: artifactsOf({ e: { [OUT]: text } }), subject: { ...world({}).subject, run: 1 } }
    const config = 'version: 1\ndiscovery: false\nevidence: [{ artifact: e, path: "**/*.info" }]\n'
    expect((await judged({ [CONFIG]: config }, {}, there)).evidence.map((one) => one.path)).toEqual(['lcov.info'])
  })
})

describe('a broken bundle', () => {
  const { 'README.md': readme, ...reports } = readyFiles()
  const around = { 'README.md': readme!, [CONFIG]: POLICY, ...reports }

  it.each([
    ['cut off', (text: string) => text.slice(0, -30)],
    ['with sums that are wrong', (text: string) => text.replace('"total":3', '"total":4')],
    ['of a version that is not known', (text: string) => text.replace('bundle/v1', 'bundle/v2')],
  ])('%s is one file lost: nothing of it counts, the rest is judged, and nothing passes', async (_what, broken) => {
    const { text } = await bundle(reports, { evidence: ['reports/**'] })
    expect((await judged(around)).decision.verdict).toBe('passed')
    expect(broken(text)).not.toBe(text)
    for (const evidence of [[], ['x/*.json']]) {
      const path = evidence.length === 0 ? OUT : 'x/b.json'
      const result = await judged({ ...around, [path]: broken(text) }, { evidence })
      expect(result.decision.verdict).not.toBe('passed')
      expect(result.evidence.filter((one) => one.path === path)).toMatchObject([
        { admitted: false, reasons: [{ code: 'evidence_unreadable' }] },
      ])
      expect(result.evidence.filter((one) => one.admitted).length).toBeGreaterThan(5)
    }
  })

  it('is told in an artifact too, though the entry asks for other paths', async () => {
    const there = {
      artifacts: artifactsOf({
        e: { [OUT]: '{"schema":"certify/evidence-bundle/v1"', 'a.info': lcov(1, 1), 'certify-evidence-x.json': '{}' },
      }),
    }
    const { evidence } = await judged(
      { [CONFIG]: 'version: 1\nevidence: [{ artifact: e, path: "*.info" }]\n' },
      {},
      { ...there, subject: { ...world({}).subject, run: 1 } },
    )
    // A file that only has the name of a bundle was not asked for.
    expect(evidence.map(({ path, admitted }) => [path, admitted])).toEqual([
      ['a.info', true],
      [OUT, false],
    ])
  })
})

describe('the commit', () => {
  const files = { 'junit.xml': junit([{ suite: 'a', name: 'b' }]) }
  const of = (text: string) => JSON.parse(text).commit
  const other = 'b'.repeat(40)

  it('is what is checked out; a merge that is tested stands for the head that is certified', async () => {
    const base = world({})
    expect(of((await bundle(files)).text)).toBe(COMMIT)
    const git = { ...base.git, head: () => other }
    expect(of((await bundle(files, {}, { git })).text)).toBe(other)
    expect(of((await bundle(files, {}, { git, subject: { ...base.subject, tested: other } })).text)).toBe(COMMIT)
    expect(of((await bundle(files, { commit: 'abcdef1' })).text)).toBe('abcdef1')
  })

  it('that is named must be the one checked out: a job of a workflow that forgot that fails, and a laptop is warned', async () => {
    const git = { ...world({}).git, head: () => other }
    const asked = { commit: COMMIT }
    await expect(bundle(files, asked, { git, inAction: true })).rejects.toMatchObject({ code: 'commit_mismatch' })
    const made = { git, inAction: true, subject: { ...world({}).subject, tested: other } }
    expect(of((await bundle(files, asked, made)).text)).toBe(COMMIT)
    expect(of((await bundle(files, asked, { git: { ...git, head: () => null }, inAction: true })).text)).toBe(COMMIT)
    const laptop = await bundle(files, asked, { git })
    expect([of(laptop.text), laptop.logged.join()]).toEqual([COMMIT, expect.stringMatching(/are said to be of a{12}/)])
  })

  it('refuses reports that name none, where it is not the judged one; an equal one changes nothing', async () => {
    const foreign = await judged({ [OUT]: (await bundle(files, { commit: other })).text })
    expect(foreign.evidence).toMatchObject([{ admitted: false, reasons: [{ code: 'evidence_wrong_commit' }] }])
    const own = await judged({ [OUT]: (await bundle(files)).text })
    expect(own.evidence).toMatchObject([{ admitted: true }])
    expect(own.evidence[0]!.reasons.map((one) => one.code)).toContain('evidence_unbound')
  })

  it("of another run is the report's own word, without which it proves nothing", async () => {
    const there = (text: string) => ({
      artifacts: artifactsOf({ e: { [OUT]: text } }, 77),
      artifactRun: 77,
      subject: { ...world({}).subject, run: 1 },
    })
    const { text } = await bundle(files)
    const judge = (made: string) => judged({ [CONFIG]: 'version: 1\n' }, { artifacts: ['e'] }, there(made))
    const [own] = (await judge(text)).evidence
    expect(own!.admitted).toBe(true)
    expect(own!.reasons.map((one) => one.code)).not.toContain('evidence_unbound')
    expect((await judge(text.replace(`"commit":"${COMMIT}"`, '"commit":null'))).evidence).toMatchObject([
      { admitted: false, reasons: [{ code: 'evidence_unbound' }] },
    ])
  })
})

describe('collecting', () => {
  it('what is named and missing is missing in the verdict too, and the job is told', async () => {
    const { 'README.md': readme, ...reports } = readyFiles()
    const { exit, text, logged } = await bundle(reports, { evidence: ['reports/**', 'reports/e2e-junit.xml'] })
    expect(exit).toBe(1)
    expect(logged.join('\n')).toMatch(/reports\/e2e-junit\.xml matches no file/)
    const result = await judged({ 'README.md': readme!, [CONFIG]: POLICY, [OUT]: text })
    expect(result.decision.verdict).not.toBe('passed')
    expect(JSON.stringify(result.levels)).toContain('reports/e2e-junit.xml')
  })

  it('nothing at all is exit 1, and still a bundle', async () => {
    const { exit, text } = await bundle({})
    expect([exit, JSON.parse(text).files]).toEqual([1, []])
  })

  it('a report that cannot be used is in the bundle, and the job goes on', async () => {
    const { exit, text, logged, output } = await bundle({ 'junit.xml': '<testsuites><testsuite', 'lcov.info': lcov(1, 2) })
    expect(exit).toBe(0)
    expect(output).toMatch(/1 report, 1 that cannot be used/)
    expect(logged.join()).toMatch(/junit\.xml/)
    expect(JSON.parse(text).rejected).toMatchObject([{ path: 'junit.xml', format: 'junit' }])
  })

  it('what is named and leads out of the workspace is rejected in the verdict too', async () => {
    const { 'README.md': readme, ...reports } = readyFiles()
    const job = world(reports)
    const find = job.files.find.bind(job.files)
    const outside: Files['find'] = (globs, limit) => ({
      ...find(globs, limit),
      unusable: globs.includes('../e2e.xml')
        ? [{ path: '../e2e.xml', origin: { type: 'workspace' }, code: 'outside_workspace', message: 'has .. in it' }]
        : [],
    })
    Object.assign(job.files, { find: outside })
    await run(invocation({ command: 'collect', evidence: ['reports/**', '../e2e.xml'] }), job)
    const result = await judged({ 'README.md': readme!, [CONFIG]: POLICY, [OUT]: job.files.written.get(OUT)! })
    expect(result.decision.verdict).not.toBe('passed')
    expect(result.evidence.filter((one) => !one.admitted)).toMatchObject([
      { path: '../e2e.xml', reasons: [{ code: 'evidence_unreadable' }] },
    ])
    expect(result.evidence.filter((one) => one.admitted).length).toBeGreaterThan(5)
  })

  it('what is named and is no report is rejected in the verdict too', async () => {
    const { 'README.md': readme, ...reports } = readyFiles()
    const { exit, text } = await bundle({ ...reports, 'reports/e2e.xml': '<a/>' }, { evidence: ['reports/**'] })
    expect(exit).toBe(0)
    const result = await judged({ 'README.md': readme!, [CONFIG]: POLICY, [OUT]: text })
    expect(result.decision.verdict).not.toBe('passed')
    expect(JSON.stringify(result.levels)).toContain('reports/e2e.xml')
  })

  it('what only has the name of a report, or is a broken fixture in git, is left out', async () => {
    const files = { 'junit.xml': '<a/>', 'fixtures/junit.xml': '<testsuites><testsuite', 'lcov.info': lcov(1, 1) }
    const { text } = await bundle(files, {}, { tracked: ['fixtures/junit.xml'] })
    expect(JSON.parse(text)).toMatchObject({ rejected: [], files: [{ path: 'lcov.info' }] })
  })

  it('puts no bundle into another', async () => {
    const { text } = await bundle({ 'lcov.info': lcov(1, 2) })
    const outer = await bundle({ 'shards/one.json': text, 'a.info': lcov(1, 1) }, { evidence: ['**'], out: 'x.json' })
    expect(JSON.parse(outer.text)).toMatchObject({ rejected: [], missing: [], files: [{ path: 'a.info' }] })
  })

  it('leaves the bundle itself alone, when it is made again', async () => {
    const first = await bundle({ 'lcov.info': lcov(1, 2) })
    const again = await bundle({ 'lcov.info': lcov(1, 2), [OUT]: first.text }, { evidence: ['**'] })
    expect(again.text).toBe(first.text)
  })

  it('asks nobody but the folder: a matrix of hundreds of jobs has no requests to spare', async () => {
    const asked = () => Promise.reject(new Error('asked GitHub'))
    const base = world({})
    const files = { [CONFIG]: 'version: 1\nevidence: [own/tests.xml]\n', 'own/tests.xml': junit([{ suite: 'a', name: 'b' }]) }
    const policy = { ...base.policy, trusted: asked, head: asked }
    const { text } = await bundle(files, {}, { policy })
    expect(JSON.parse(text).files).toMatchObject([{ path: 'own/tests.xml' }])
  })

  it('a config with mistakes is an error that names them', async () => {
    await expect(bundle({ [CONFIG]: 'version: 1\nmetrik: 1\n' })).rejects.toMatchObject({
      code: 'config_invalid',
      problems: [{ line: 2 }],
    })
  })

  it('--json is one document', async () => {
    const { output } = await bundle({ 'lcov.info': lcov(1, 2) }, { json: true })
    expect(JSON.parse(output)).toMatchObject({
      out: OUT,
      commit: COMMIT,
      files: [{ path: 'lcov.info', format: 'lcov', kind: 'coverage' }],
    })
  })
})

describe('a matrix of 200 jobs', () => {
  const JOBS = 200
  /** The job's own files; every tenth writes the coverage of its neighbour. */
  function job(at: number): Record<string, string> {
    const cases = Array.from({ length: 20 }, (_, n) => ({
      suite: `shard ${at}`,
      name: `case ${n}`,
      ...(at === 137 && n === 3 ? { failure: 'no' } : {}),
    }))
    return {
      'reports/lcov.info': lcov(90 + (at % 10), 100, `src/part-${at % 10 === 0 ? Math.max(0, at - 1) : at}.js`),
      'reports/junit.xml': at === 42 ? junit(cases).slice(0, -60) : junit(cases),
    }
  }

  it('is judged by its bundles as by all its files together', async () => {
    const config = 'version: 1\nmetrics: { test_coverage: { evidence: [{ artifact: "evidence-*", path: "**" }] } }\n'
    const plain: Record<string, Contents> = {}
    const bundles: Record<string, Contents> = {}
    for (let at = 0; at < JOBS; at++) {
      const name = `evidence-${String(at).padStart(3, '0')}`
      plain[name] = job(at)
      bundles[name] = { [OUT]: (await bundle(job(at), { evidence: ['reports/*'] })).text }
    }
    const judge = (held: Record<string, Contents>) =>
      judged(
        { [CONFIG]: config },
        {},
        { artifacts: artifactsOf(held), subject: { ...world({}).subject, run: 1 }, clock: { kind: 'fixed', now: () => NOW } },
      )
    const direct = await judge(plain)
    const through = await judge(bundles)
    expect(through.evidence).toHaveLength(JOBS * 2)
    const { evidenceDigest: _, ...same } = apart(direct) as Result
    expect(apart(through)).toEqual({ ...same, evidenceDigest: through.evidenceDigest })
    expect(through.decision.verdict).toBe('error')
    const text = JSON.stringify(through)
    expect(text).toContain('case 3')
    expect(through.evidence.filter((one) => !one.admitted)).toMatchObject([
      { path: 'reports/junit.xml', origin: { name: 'evidence-042' } },
    ])
  })
})
