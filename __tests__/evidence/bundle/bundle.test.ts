// A bundle says of each file what the file says, in fewer bytes; and whoever wrote it, nothing in it contradicts itself.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import Ajv2020 from 'ajv/dist/2020.js'
import { type Bundle, type Held, readBundle } from '../../../src/evidence/bundle/read.ts'
import { isBundle } from '../../../src/evidence/bundle/told.ts'
import { bundleOf, bundleText } from '../../../src/evidence/bundle/write.ts'
import type { EvidenceBundle } from '../../../src/evidence/bundle/written.ts'
import type { Collected } from '../../../src/evidence/collect.ts'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import type { EvidenceClaim, Facts } from '../../../src/model/evidence.ts'
import { CertifyError, type Problem } from '../../../src/model/problem.ts'
import { collect } from '../../support/collect.ts'
import { numbered } from '../../support/columns.ts'
import { fileOf, fixturesOf } from '../../support/fixtures.ts'
import { junit, lcov, sarif } from '../../support/ready-repository.ts'
import { sourceOf } from '../../support/source.ts'

const claim: EvidenceClaim = { metrics: [], level: null, component: null, discovered: false, committed: false }
const COMMIT = 'c'.repeat(40)
const schema = new Ajv2020.default({ strict: false })
const accepts = schema.compile(JSON.parse(readFileSync('schema/evidence-bundle.schema.json', 'utf8')))

function collected(files: Record<string, string | Uint8Array>): Collected {
  return collect(
    Object.entries(files).map(([path, content]) => ({ file: fileOf(content, path), claim, format: null })),
    DEFAULT_LIMITS,
  )
}

function textOf({ evidence, rejected }: Pick<Collected, 'evidence' | 'rejected'>): string {
  return bundleText(bundleOf({ tool: 'certify 1', commit: COMMIT, missing: [], evidence, rejected }, DEFAULT_LIMITS))
}

function read(text: string, lines = DEFAULT_LIMITS.bundleLines): Bundle {
  return readBundle(sourceOf(text, 'b.json'), { type: 'workspace' }, DEFAULT_LIMITS, { lines })
}

function problemOf(text: string, lines?: number): Problem {
  try {
    read(text, lines)
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]!
    throw error
  }
  throw new Error('was read')
}

/** As it is known without a bundle, and without who asks. */
function plain({ evidence, rejected }: Held) {
  const { origin: _, ...ref } = evidence?.ref ?? { origin: null }
  if (evidence !== undefined) return { ...evidence, facts: numbered(evidence.facts), ref }
  const { origin: __, ...rest } = rejected
  return rest
}

function held({ evidence, rejected }: Collected): Held[] {
  return [
    ...evidence.map(({ declaredBy: _, ...one }) => ({ evidence: one })),
    ...rejected.map(({ declaredBy: _, ...one }) => ({ rejected: one })),
  ]
}

describe('a bundle of', () => {
  it.each(FORMATS.map((format) => format.id))('%s says of every fixture what the fixture says', (id) => {
    const files = Object.fromEntries(fixturesOf(id).map(({ name, bytes }) => [name, bytes]))
    const direct = collected(files)
    const text = textOf(direct)
    expect(accepts(JSON.parse(text))).toBe(true)
    const back = read(text).held.map(plain)
    const byPath = (list: ReturnType<typeof plain>[]) => new Map(list.map((one) => ['path' in one ? one.path : one.ref, one]))
    const named = (list: ReturnType<typeof plain>[]) =>
      [...byPath(list).entries()].sort(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(named(back)).toEqual(named(held(direct).map(plain)))
  })

  it('equal evidence is the same bytes, in whatever order it was found', () => {
    const direct = collected({ 'b.info': lcov(3, 4), 'a.xml': junit([{ suite: 's', name: 'n' }]), 'c.xml': '<a' })
    const turned = { evidence: [...direct.evidence].reverse(), rejected: direct.rejected }
    expect(textOf(turned)).toBe(textOf(direct))
  })

  it('a large coverage report is a small part of it', () => {
    const report = lcov(9000, 10_000)
    expect(textOf(collected({ 'a.info': report })).length).toBeLessThan(report.length / 50)
  })

  it('a report whose test printed a secret does not have it, nor does one that somebody else wrote', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`
    const direct = collected({ 'a.xml': junit([{ suite: 's', name: 'n', failure: `sent ${token}` }]) })
    expect(textOf(direct)).not.toContain(token)
    const text = textOf(collected({ 'a.xml': junit([{ suite: 's', name: 'n', failure: 'sent HERE' }]) }))
    const facts = read(text.replaceAll('HERE', token)).held[0]!.evidence!.facts
    expect(JSON.stringify(facts)).not.toContain(token)
  })
})

describe('being told', () => {
  const text = textOf(collected({ 'a.info': lcov(1, 2) }))

  it('by how it begins, whatever its name', () => {
    expect(isBundle(sourceOf(text, 'shards/linux.json'))).toBe(true)
    expect(isBundle(sourceOf(JSON.stringify(JSON.parse(text), null, 2), 'a.JSON'))).toBe(true)
  })

  it.each(['{"schema":"certify/result/v1"}', '{}', '', '{"a":{"schema":"certify/evidence-bundle/v1"}}'])(
    '%j is none',
    (other) => {
      expect(isBundle(sourceOf(other, 'certify-evidence.json'))).toBe(false)
    },
  )
})

const HITS = 'src/a.js'
const FILES = {
  'a.info': lcov(3, 4, HITS),
  'b.xml': junit([
    { suite: 's', name: 'one' },
    { suite: 's', name: 'two', failure: 'no' },
  ]),
  'c.sarif': sarif([{ rule: 'r', level: 'error', path: 'src/a.js', line: 3, message: 'm' }]),
}

describe('a bundle from elsewhere', () => {
  const good = textOf(collected(FILES))

  /** The good bundle with something else at a place. */
  function changed(change: (bundle: EvidenceBundle & { [key: string]: unknown }) => void): string {
    const bundle = JSON.parse(good)
    change(bundle)
    return JSON.stringify(bundle)
  }
  const facts = (bundle: EvidenceBundle, at: number) => bundle.files[at]!.facts as Facts & Record<string, never>

  const documented = (bundle: EvidenceBundle, covered: number, total: number) =>
    Object.assign(bundle.files[0]!, {
      format: 'interrogate',
      facts: { kind: 'apidocs', documented: { covered, total }, undocumented: [] },
    })

  it.each<[string, string, RegExp, (bundle: EvidenceBundle & Record<string, unknown>) => void]>([
    ['of another version', 'wrong_shape', /schema/, (b) => Object.assign(b, { schema: 'certify/evidence-bundle/v9' })],
    ['with a key that nobody knows', 'wrong_shape', /"verdict"/, (b) => Object.assign(b, { verdict: 'passed' })],
    ['without its files', 'wrong_shape', /"files"/, (b) => Object.assign(b, { files: undefined })],
    ['with a commit that is none', 'wrong_shape', /commit/, (b) => Object.assign(b, { commit: 'main' })],
    [
      'with a path out of the workspace',
      'wrong_shape',
      /files\[0\].*path/,
      (b) => Object.assign(b.files[0]!, { path: 'a/../../b' }),
    ],
    ['with an absolute path', 'wrong_shape', /files\[0\].*path/, (b) => Object.assign(b.files[0]!, { path: '/etc/a' })],
    ['with a sha256 that is none', 'wrong_shape', /files\[0\].*sha256/, (b) => Object.assign(b.files[0]!, { sha256: 'abc' })],
    ['with a size below nothing', 'bad_number', /files\[0\].*bytes/, (b) => Object.assign(b.files[0]!, { bytes: -1 })],
    ['with a format that nobody knows', 'wrong_shape', /files\[0\].*format/, (b) => Object.assign(b.files[0]!, { format: 'x' })],
    [
      'with a format of another kind',
      'wrong_shape',
      /files\[0\].*format/,
      (b) => Object.assign(b.files[0]!, { format: 'junit' }),
    ],
    ['with the same path twice', 'duplicate_name', /a\.info/, (b) => b.files.push(b.files[0]!)],
    ['with facts of no kind', 'wrong_shape', /files.*facts/, (b) => Object.assign(facts(b, 0), { kind: 'luck' })],
    [
      'with more covered than there is',
      'impossible_total',
      /files\[0\].*totals/,
      (b) => Object.assign(facts(b, 0), { totals: [[5, 4], null, null, null] }),
    ],
    [
      'with half a line covered',
      'bad_number',
      /totals/,
      (b) => Object.assign(facts(b, 0), { totals: [[0.5, 4], null, null, null] }),
    ],
    ['with hits below nothing', 'bad_number', /files\[0\].*lines/, (b) => runs(b, [1, 3, -1])],
    ['with lines that go back', 'bad_number', /lines/, (b) => runs(b, [9, 1, 1, -5, 1, 1])],
    ['with a run of no lines', 'bad_number', /lines/, (b) => runs(b, [1, 0, 1])],
    ['with a piece of a run', 'wrong_shape', /lines/, (b) => runs(b, [1, 3])],
    ['with lines beyond all files', 'bad_number', /lines/, (b) => runs(b, [4294967295, 5, 1])],
    ['with four thousand million lines', 'too_many', /lines/, (b) => runs(b, [1, 4294967290, 1])],
    ['with more branches covered than there are', 'impossible_total', /branches/, (b) => branches(b, [1, 1, 3, 2])],
    ['with totals that are not the sum', 'impossible_total', /totals/, (b) => Object.assign(facts(b, 1).totals, { total: 7 })],
    [
      'with totals that are not the cases',
      'impossible_total',
      /cases/,
      (b) => Object.assign(facts(b, 1).totals, { passed: 2, failed: 0 }),
    ],
    [
      'with a case of no outcome',
      'wrong_shape',
      /cases\[0\]/,
      (b) =>
        Object.assign(facts(b, 1), {
          cases: [
            [0, 'one', 9],
            [0, 'two', 1],
          ],
        }),
    ],
    [
      'with a case of no suite',
      'wrong_shape',
      /cases\[0\]/,
      (b) =>
        Object.assign(facts(b, 1), {
          cases: [
            [7, 'one', 0],
            [0, 'two', 1],
          ],
        }),
    ],
    ['with more documented than there is', 'impossible_total', /files\[0\].*documented/, (b) => documented(b, 5, 4)],
    ['with half a thing documented', 'bad_number', /files\[0\].*documented/, (b) => documented(b, 0.5, 4)],
    [
      'with a finding of no severity',
      'wrong_shape',
      /findings/,
      (b) => Object.assign(facts(b, 2).findings[0]!, { severity: 'none' }),
    ],
  ])('%s is refused as %s, with the place', (_what, code, place, change) => {
    expect(read(good).held).toHaveLength(3)
    const problem = problemOf(changed(change))
    expect(problem.code).toBe(code)
    expect(problem.message).toMatch(place)
  })

  function runs(bundle: EvidenceBundle, lines: number[]): void {
    Object.assign((bundle.files[0]!.facts as { files: object[] }).files[0]!, { lines })
  }
  function branches(bundle: EvidenceBundle, numbers: number[]): void {
    Object.assign((bundle.files[0]!.facts as { files: object[] }).files[0]!, { branches: numbers })
  }

  it.each([
    ['cut off', 'json_truncated', good.slice(0, -40)],
    ['with a key twice', 'json_duplicate_key', good.replace('"tool"', '"schema":"x","tool"')],
    ['nested without end', 'json_limit', good.replace('"missing":[]', `"missing":${'['.repeat(300)}${']'.repeat(300)}`)],
  ])('%s is refused with line and column', (_what, code, text) => {
    expect(problemOf(text)).toMatchObject({ code, line: expect.any(Number), column: expect.any(Number) })
  })

  it('`__proto__` in it is a key that nobody knows', () => {
    expect(problemOf(good.replace('"tool"', '"__proto__":{"a":1},"tool"')).code).toBe('wrong_shape')
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })

  it('all bundles of a run share one bound on lines', () => {
    const budget = { lines: 7 }
    const once = () => readBundle(sourceOf(good, 'b.json'), { type: 'workspace' }, DEFAULT_LIMITS, budget)
    expect(once().held).toHaveLength(3)
    expect(once).toThrow(expect.objectContaining({ code: 'too_many' }))
  })

  it('cut anywhere it is refused, and never a smaller bundle', () => {
    for (let at = 0; at < good.length - 2; at += 97) expect(problemOf(good.slice(0, at)).code).toMatch(/^(?:json_|empty)/)
  })

  it('texts are cut where a reader cuts them', () => {
    const long = changed((b) =>
      Object.assign(facts(b, 1), {
        cases: [
          [0, 'one', 0],
          [0, 'two', 1, null, null, null, null, 0, 'x'.repeat(200_000)],
        ],
      }),
    )
    const tests = read(long).held[1]!.evidence!.facts
    expect(tests.kind === 'tests' && tests.cases[1]!.message!.length).toBe(DEFAULT_LIMITS.textLength)
  })
})
