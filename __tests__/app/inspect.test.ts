// `certify inspect FILE...`: the shape of interface.md, one entry a file in the order given; nothing is judged.
import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { Files } from '../../src/app/ports.ts'
import { run } from '../../src/app/run.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { junit, k6, lcov, readyFiles, sarif } from '../support/ready-repository.ts'

const FILES: Record<string, string> = {
  'lcov.info': lcov(41, 44),
  'junit.xml': junit([
    { suite: 'a', name: 'one' },
    { suite: 'a', name: 'two', failure: 'no' },
    { suite: 'a', name: 'three', skipped: true },
  ]),
  'k6-summary.json': k6(),
  'semgrep.sarif': sarif([{ rule: 'r', level: 'error', path: 'src/a.ts', line: 3, message: 'm' }]),
  'checklist.md': '# Ready\n\n- [x] one\n- [ ] two\n',
}

async function inspect(paths: string[], w: World = world(FILES)) {
  const ended = await run(invocation({ command: 'inspect', operands: paths, json: true }), w)
  return { exit: ended.exit, entries: JSON.parse(ended.output) }
}

describe('inspect --json', () => {
  it.each([
    ['lcov.info', 'lcov', 'coverage', { lines: { covered: 41, total: 44 }, files: 1 }],
    [
      'junit.xml',
      'junit',
      'tests',
      { total: 3, passed: 1, failed: 1, errors: 0, skipped: 1, suite_errors: 0, unfinished: false },
    ],
    ['k6-summary.json', 'k6-summary', 'performance', { errors: 0 }],
    ['semgrep.sarif', 'sarif', 'security', { active: 1, suppressed: 0, scan_failed: false, tools: ['Semgrep'] }],
    ['checklist.md', 'checklist-md', 'checklist', { items: 2, checked: 1 }],
  ] as const)('%s', async (path, format, kind, block) => {
    const { exit, entries } = await inspect([path])
    expect(exit).toBe(0)
    const [entry] = entries
    expect(entry).toMatchObject({ path, ok: true, format, kind, problems: [], [kind]: block })
    expect(entry.sha256).toBe(createHash('sha256').update(FILES[path]!).digest('hex'))
    expect(entry.bytes).toBe(Buffer.byteLength(FILES[path]!))
    const blocks = ['coverage', 'tests', 'performance', 'security', 'documentation', 'checklist', 'reliability']
    expect(Object.keys(entry).filter((key) => blocks.includes(key))).toEqual([kind])
  })

  it('gives one entry a file, in the order given, also twice', async () => {
    const paths = ['semgrep.sarif', 'lcov.info', 'semgrep.sarif']
    expect((await inspect(paths)).entries.map((e: { path: string }) => e.path)).toEqual(paths)
  })

  it.each([
    ['does not exist', 'missing.xml', {}],
    ['is empty', 'empty.xml', { 'empty.xml': '' }],
    ['is of no known format', 'notes.txt', { 'notes.txt': 'hello' }],
    ['is cut off', 'cut.xml', { 'cut.xml': FILES['junit.xml']!.slice(0, 150) }],
  ])(
    'a file that %s: ok false, no block, at least one problem, exit 1; the others are still read',
    async (_what, path, files) => {
      const { exit, entries } = await inspect([path, 'lcov.info'], world({ ...FILES, ...files }))
      expect(exit).toBe(1)
      expect(entries[0]).toMatchObject({ path, ok: false })
      expect(entries[0].problems.length).toBeGreaterThan(0)
      expect(entries[0].problems[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) })
      expect(Object.keys(entries[0]).sort()).toEqual(['bytes', 'format', 'kind', 'ok', 'path', 'problems', 'producer', 'sha256'])
      expect(entries[1]).toMatchObject({ path: 'lcov.info', ok: true })
    },
  )

  it('a folder is no report', async () => {
    const w = world(FILES)
    const open: Files['open'] = (path) => ({ path, origin: { type: 'workspace' }, code: 'not_a_file', message: 'is a directory' })
    Object.assign(w.files, { open })
    expect(await inspect(['reports'], w)).toMatchObject({
      exit: 1,
      entries: [{ path: 'reports', ok: false, problems: [{ code: 'not_a_file', message: 'is a directory' }] }],
    })
  })
})

describe('inspect for a person', () => {
  it('shows the numbers of each file, and what is wrong with one', async () => {
    const ended = await run(invocation({ command: 'inspect', operands: ['lcov.info', 'missing.xml'] }), world(FILES))
    expect(ended.exit).toBe(1)
    expect(ended.output).toMatch(/lcov\.info.*lcov/)
    expect(ended.output).toMatch(/41 of 44/)
    expect(ended.output).toMatch(/missing\.xml[\s\S]*does not exist/)
  })

  it('needs a file', async () => {
    await expect(run(invocation({ command: 'inspect' }), world({}))).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('certify inspect'),
    })
  })

  it('judges nothing: no policy is read, nothing is published', async () => {
    const w = world(readyFiles())
    w.policy.trusted = () => Promise.reject(new Error('policy was read'))
    w.publishers.push({ id: 'none', publish: () => Promise.reject(new Error('published')) })
    const ended = await run(invocation({ command: 'inspect', operands: ['reports/semgrep.sarif'] }), w)
    expect(ended).toMatchObject({ exit: 0, result: null })
    expect(w.logged).toEqual([])
  })
})

describe('an evidence bundle', () => {
  const made = async () => {
    const job = world({ 'lcov.info': FILES['lcov.info']!, 'junit.xml': '<testsuites><testsuite' })
    await run(invocation({ command: 'collect', evidence: ['*', 'e2e.xml'] }), job)
    return job.files.written.get('certify-evidence.json')!
  }

  it('is an entry that says what is in it, followed by one for each of its files', async () => {
    const { exit, entries } = await inspect(['shard.json'], world({ 'shard.json': await made() }))
    const [direct] = (await inspect(['lcov.info'])).entries
    expect(entries).toMatchObject([
      { path: 'shard.json', ok: true, format: 'evidence-bundle', bundle: { files: 1, rejected: 1, missing: ['e2e.xml'] } },
      { ...direct, from: 'shard.json' },
      { path: 'junit.xml', from: 'shard.json', ok: false, format: 'junit', problems: [{ code: 'xml_truncated' }] },
    ])
    expect(exit).toBe(1)
  })

  it('for a person: each file below the bundle that it is in', async () => {
    const there = world({ 'shard.json': await made() })
    const { output } = await run(invocation({ command: 'inspect', operands: ['shard.json'] }), there)
    expect(output).toMatch(
      /shard\.json: evidence-bundle[\s\S]*shard\.json: lcov\.info[\s\S]*41 of 44[\s\S]*shard\.json: junit\.xml/,
    )
  })

  it('that is broken says where', async () => {
    const { exit, entries } = await inspect(['b.json'], world({ 'b.json': (await made()).replace('"bytes":', '"bites":') }))
    expect(exit).toBe(1)
    expect(entries).toMatchObject([
      { path: 'b.json', ok: false, problems: [{ code: 'wrong_shape', message: expect.stringMatching(/files\[0\]/) }] },
    ])
  })
})
