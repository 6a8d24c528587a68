// Gathering: what the config declares, what discovery adds, what is missing. Files, rejects and gaps account for every entry.
import { describe, expect, it } from '@jest/globals'
import { gather } from '../../src/app/gather.ts'
import type { Artifacts, Files, FoundFile } from '../../src/app/ports.ts'
import { resolveConfig } from '../../src/config/resolve.ts'
import { BUNDLE_GLOB } from '../../src/evidence/bundle/told.ts'
import type { Config } from '../../src/model/config.ts'
import type { Gathered } from '../../src/model/evidence.ts'
import { CertifyError } from '../../src/model/problem.ts'
import type { Result } from '../../src/model/result.ts'
import { evaluate } from '../support/evaluated.ts'
import { invocation, type World, world } from '../support/ports.ts'
import { junit, lcov, POLICY, README, readyFiles, sarif } from '../support/ready-repository.ts'

const CONFIG = '.github/certification.yml'

function config(text: string): Config {
  const resolved = resolveConfig({
    text: `version: 1\n${text}`,
    path: CONFIG,
    source: CONFIG,
    base: null,
    env: {},
    inputs: {},
    event: 'local',
    mayLoosen: true,
  })
  if (resolved.config === null) throw new Error(JSON.stringify(resolved.problems))
  return resolved.config
}

function paths(gathered: Gathered): string[] {
  return gathered.evidence.filter((one) => one.kind !== 'documentation').map((one) => one.ref.path)
}

const tests = junit([{ suite: 'a', name: 'b' }])

describe('discovery', () => {
  const files = { 'coverage/lcov.info': lcov(1, 2), 'junit.xml': tests, 'out/semgrep.sarif': sarif(), 'notes.xml': '<a/>' }

  it('finds reports by their usual names where the config says nothing, and says that it found them', async () => {
    const gathered = await gather(config(''), world(files))
    expect(paths(gathered).sort()).toEqual(['coverage/lcov.info', 'junit.xml', 'out/semgrep.sarif'])
    expect(gathered.evidence.every((one) => one.kind === 'documentation' || one.declaredBy.discovered)).toBe(true)
    expect(gathered.rejected).toEqual([])
  })

  it('keeps out of the families that the config speaks of', async () => {
    const text = 'metrics: { test_coverage: { evidence: [own.info, own.xml] } }\n'
    const gathered = await gather(config(text), world({ ...files, 'own.info': lcov(2, 2), 'own.xml': tests }))
    expect(paths(gathered).sort()).toEqual(['out/semgrep.sarif', 'own.info', 'own.xml'])
  })

  it('does not fill in for a declared report that is missing', async () => {
    const text = 'metrics: { test_coverage: { evidence: own.info } }\n'
    const gathered = await gather(config(text), world(files))
    expect(paths(gathered)).not.toContain('coverage/lcov.info')
    expect(gathered.unmet).toEqual([
      { pattern: 'own.info', found: 0, expected: null, declaredBy: expect.objectContaining({ metrics: ['test_coverage'] }) },
    ])
  })

  it.each(['evidence: [own/lcov.info]\n', 'components: { api: { paths: ["src/**"], evidence: [own/lcov.info] } }\n'])(
    'never makes up for what %j asks for in vain',
    async (text) => {
      const { 'reports/component/lcov.info': _, ...rest } = readyFiles()
      const policy = POLICY.replace('evidence: [reports/component/lcov.info, reports/component/junit.xml]', '')
      const result = await evaluate(invocation(), world({ ...rest, ...files, [CONFIG]: policy + text }))
      expect(result.decision.verdict).not.toBe('passed')
      expect(JSON.stringify(result.levels)).toContain('own/lcov.info')
    },
  )

  it('is switched off by `discovery: false`', async () => {
    expect(paths(await gather(config('discovery: false\n'), world(files)))).toEqual([])
  })

  it('says nothing of a file that is no report, and tells of a broken one', async () => {
    const broken = { 'junit.xml': '<?xml version="1.0"?><testsuites><testsuite name="a"', 'test-results.xml': '<a/>' }
    const gathered = await gather(config(''), world(broken))
    expect(gathered.rejected.map((one) => one.path)).toEqual(['junit.xml'])
  })

  it('does not hold a broken fixture in git against the repository', async () => {
    const broken = { 'fixtures/junit.xml': '<?xml version="1.0"?><testsuites><testsuite name="a"' }
    expect((await gather(config(''), world(broken, { tracked: Object.keys(broken) }))).rejected).toEqual([])
  })
})

describe('declared entries', () => {
  it.each([
    [1, 2],
    [3, 2],
    [0, 1],
  ])('%i files where `expect` says %i are a gap that says both numbers', async (found, expected) => {
    const files = Object.fromEntries(Array.from({ length: found }, (_, i) => [`r/${i}.xml`, tests]))
    const gathered = await gather(config(`evidence: [{ path: "r/*.xml", expect: ${expected} }]\n`), world(files))
    expect(gathered.unmet).toMatchObject([{ pattern: 'r/*.xml', found, expected }])
  })

  it('as many as expected are no gap, though one cannot be used', async () => {
    const files = { 'r/0.xml': tests, 'r/1.xml': '' }
    const gathered = await gather(config('evidence: [{ path: "r/*.xml", expect: 2 }]\n'), world(files))
    expect(gathered.unmet).toEqual([])
    expect(gathered.rejected.map((one) => one.path)).toEqual(['r/1.xml'])
  })

  it('`required: false` may be missing', async () => {
    expect((await gather(config('evidence: [{ path: a.xml, required: false }]\n'), world({}))).unmet).toEqual([])
  })

  it('a file that several name is read once', async () => {
    const text = 'metrics:\n  test_coverage: { evidence: [a.xml] }\n  integration_test_coverage: { evidence: ["*.xml"] }\n'
    let read = 0
    const w = world({ 'a.xml': tests })
    const find = w.files.find.bind(w.files)
    w.files.find = (globs, limit) => {
      const found = find(globs, limit)
      const counted = (file: FoundFile): FoundFile => {
        const chunks = () => {
          read += 1
          return file.chunks()
        }
        return { ...file, chunks }
      }
      return { ...found, files: found.files.map(counted) }
    }
    const { evidence } = await gather(config(`${text}discovery: false\n`), w)
    const [one, ...more] = evidence
    expect(more).toEqual([])
    expect(one!.declaredBy.metrics).toEqual(['test_coverage', 'integration_test_coverage'])
    const alone = read
    read = 0
    await gather(config('metrics: { test_coverage: { evidence: a.xml } }\ndiscovery: false\n'), w)
    expect(alone).toBe(read)
  })

  it('what matches and cannot be read is a reject that keeps its place and its reason', async () => {
    const w = world({})
    const message = 'is a directory, not a report'
    const find: Files['find'] = () => ({
      files: [],
      unusable: [{ path: 'r/a.xml', origin: { type: 'workspace' }, code: 'not_a_file', message }],
    })
    Object.assign(w.files, { find })
    const gathered = await gather(config('metrics: { test_coverage: { evidence: r/a.xml } }\ndiscovery: false\n'), w)
    expect(gathered.unmet).toEqual([])
    expect(gathered.rejected).toMatchObject([
      {
        path: 'r/a.xml',
        declaredBy: { metrics: ['test_coverage'] },
        reason: { code: 'evidence_unreadable', args: { why: expect.stringContaining('directory') } },
      },
    ])
  })
})

describe('a workspace that is no clone, in the Action', () => {
  const noClone = (files: Record<string, string>, inAction: boolean): World => {
    const w = world(files, { inAction })
    return { ...w, git: { ...w.git, tracked: () => null } }
  }

  it('is said: nobody can tell whether its reports were committed (decision 12)', async () => {
    const { notices } = await gather(config(''), noClone({ 'junit.xml': tests }, true))
    expect(notices).toMatchObject([{ message: expect.stringMatching(/git/), hint: expect.stringMatching(/checkout/) }])
  })

  it.each([
    ['on a laptop', { 'junit.xml': tests }, false],
    ['without a report from it', {}, true],
  ] as const)('%s is nothing to say', async (_where, files, inAction) => {
    expect((await gather(config(''), noClone(files, inAction))).notices).toEqual([])
  })
})

describe('artifacts', () => {
  const text = 'metrics: { test_coverage: { evidence: [{ artifact: "reports-*", path: "**/*.info" }] } }\ndiscovery: false\n'

  it('cannot be read on a laptop: a gap that names the artifact, never a pass', async () => {
    const gathered = await gather(config(text), world({ 'a.info': lcov(1, 1) }))
    expect(paths(gathered)).toEqual([])
    expect(gathered.unmet).toMatchObject([{ pattern: 'artifact reports-*: **/*.info', found: 0 }])
  })

  it('are asked for by name, by path and of the run that was given', async () => {
    const asked: unknown[] = []
    const artifacts: Artifacts = {
      find: async (...args) => {
        asked.push(args)
        const [file] = world({ 'a.info': lcov(1, 1) }).files.find(['a.info'], 1).files
        const origin = { type: 'artifact', name: 'reports-1', id: 5, runId: 77, digest: null, digestChecked: true } as const
        return { files: [{ ...file!, origin }], unusable: [], matched: ['reports-1'] }
      },
      dispose: () => {},
    }
    const gathered = await gather(config(text), world({}, { artifacts, artifactRun: 77 }))
    expect(asked).toEqual([['reports-*', ['**/*.info', BUNDLE_GLOB], 77]])
    expect(gathered.evidence.filter((one) => one.kind === 'coverage')).toMatchObject([
      { ref: { path: 'a.info', origin: { type: 'artifact', id: 5 } } },
    ])
    expect(gathered.unmet).toEqual([])
  })

  it('that cannot be read end the run in `error`: nothing is guessed', async () => {
    const artifacts: Artifacts = {
      find: () => Promise.reject(new CertifyError('artifact_unreadable', 'the download broke', { hint: 'run it again' })),
      dispose: () => {},
    }
    const result = await evaluate(invocation(), world({ [CONFIG]: `version: 1\n${text}` }, { artifacts }))
    expect(result.decision.verdict).toBe('error')
    expect(JSON.stringify(result.decision.reasons)).toMatch(/the download broke.*run it again/)
  })
})

describe('documents', () => {
  const ready = (): Record<string, string> => ({ [CONFIG]: POLICY, ...readyFiles() })
  const documentation = (result: Result) =>
    result.levels.flatMap((l) => l.criteria).find((c) => c.id === 'documentation_completeness')!

  it('are read with what git knows of them', async () => {
    const { evidence } = await gather(config('metrics: { documentation_completeness: { documents: [{ path: docs/a.md }] } }\n'), {
      ...world({ 'docs/a.md': README }, { tracked: ['docs/a.md'] }),
    })
    expect(evidence).toMatchObject([
      { kind: 'documentation', facts: { path: 'docs/a.md', tracked: true, changedAt: expect.any(String) } },
    ])
  })

  it('that are missing hold the criterion, and are named', async () => {
    const { 'README.md': _, ...files } = ready()
    const result = await evaluate(invocation(), world(files))
    expect(documentation(result).outcome).not.toBe('pass')
    expect(JSON.stringify(documentation(result).reasons)).toContain('README.md')
  })

  it('a folder where a document was named is the trouble of that criterion; the others are judged', async () => {
    const { 'README.md': _, ...files } = ready()
    const w = world(files)
    w.files.readText = () => {
      throw new CertifyError('not_a_file', 'README.md: is a directory, not a report')
    }
    w.policy.trusted = async (path) => ({ text: path === CONFIG ? POLICY : null, source: path })
    const result = await evaluate(invocation(), w)
    expect(['error', 'no_evidence']).toContain(documentation(result).outcome)
    expect(JSON.stringify(result)).toMatch(/README\.md.*is a directory/)
    expect(result.levels[0]!.criteria.find((c) => c.id === 'test_coverage')!.outcome).toBe('pass')
    expect(['failed', 'error']).toContain(result.decision.verdict)
  })
})

describe('checklists (decision 11)', () => {
  const TEXT = 'checklists: { production_readiness: { source: docs/ready.md } }\n'
  const ticked = async (w: World) => {
    const { evidence } = await gather(config(TEXT), w)
    return evidence.flatMap((one) => (one.facts.kind === 'checklist' ? one.facts.items : [])).map((item) => item.checked)
  }

  function twoVersions(inAction: boolean): World {
    const w = world({ 'docs/ready.md': '- [x] one\n' }, { inAction })
    w.policy.trusted = async (path) => ({ text: path === 'docs/ready.md' ? '- [ ] one\n' : null, source: path })
    return w
  }

  it('come from the trusted ref in the Action: a pull request cannot tick its own list', async () => {
    expect(await ticked(twoVersions(true))).toEqual([false])
  })

  it('come from the work tree on a laptop', async () => {
    expect(await ticked(twoVersions(false))).toEqual([true])
  })

  it('that do not exist are no evidence', async () => {
    expect(await ticked(world({}))).toEqual([])
  })
})
