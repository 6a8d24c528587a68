// A branch's badge: what its newest run reached, never turned back by an older one, and nothing in it that a name could break.
import { describe, expect, it } from '@jest/globals'
import { SaxesParser } from 'saxes'
import { badgePath, badgesFor } from '../../../src/app/ledger/badges.ts'
import type { EvaluationData } from '../../../src/model/evaluation.ts'
import type { Draft } from '../../../src/model/ledger.ts'
import { draft } from '../../support/ledger/drafts.ts'
import { evaluationData, PULL_REQUEST } from '../../support/ledger/evaluations.ts'

const of = (seq: number, change: Partial<EvaluationData> = {}): Draft => draft(`d${seq}`, evaluationData(seq, change))
const outcome = (change: Partial<EvaluationData['outcome']>): Partial<EvaluationData> => ({
  outcome: { ...evaluationData(1).outcome, ...change },
})

function written(drafts: Draft[], before: string | null = null): Record<string, string> {
  const extras = badgesFor(drafts)
  const bytes = extras.paths.map(() => (before === null ? null : Buffer.from(before)))
  return Object.fromEntries(extras.write(bytes, { at: new Date('2026-11-22T10:00:00Z'), seq: 0 }))
}

/** Throws for what is not well-formed. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => names.push(name))
  parser.write(xml).close()
  return names
}

describe('a badge', () => {
  it('is written for a run of the branch itself, as JSON that shields.io takes and as a picture', () => {
    const files = written([of(7)])
    expect(Object.keys(files)).toEqual(['badges/main.json', 'badges/main.svg'])
    expect(JSON.parse(files['badges/main.json']!)).toEqual({
      schemaVersion: 1,
      label: 'certify',
      message: 'level 2',
      color: 'green',
    })
    expect(files['badges/main.svg']).toContain('<title>certify: level 2</title>')
  })

  it('says for how long the level is held', () => {
    const facts = { comparison: { continuity: { level: 2, seconds: 41.9 * 86_400 } } } as unknown as EvaluationData['facts']
    expect(written([of(7, { facts })])['badges/main.json']).toContain('"level 2 · held 41 d"')
    const other = { comparison: { continuity: { level: 3, seconds: 1e9 } } } as unknown as EvaluationData['facts']
    expect(written([of(7, { facts: other })])['badges/main.json']).toContain('"level 2"')
  })

  it.each([
    [{ verdict: 'failed', level: 0 }, 'no level', 'red'],
    [{ verdict: 'failed', level: 1 }, 'level 1, failing', 'red'],
    [{ verdict: 'pending', level: 2 }, 'level 2, pending', 'blue'],
    [{ verdict: 'error', level: 0 }, 'could not judge', 'lightgrey'],
    [{ verdict: 'passed', level: 4 }, 'level 4', 'brightgreen'],
  ] as const)('of %j says %s', (change, message, color) => {
    expect(JSON.parse(written([of(7, outcome(change))])['badges/main.json']!)).toMatchObject({ message, color })
  })

  it('is none of a pull request’s, of no branch’s, or of what is no evaluation', () => {
    const others = [
      of(1, PULL_REQUEST),
      of(2, { branch: null }),
      draft('x', { main: true }),
      draft('y', {}, { type: 'approval' }),
    ]
    expect(badgesFor(others).paths).toEqual([])
  })

  it('is the newest run’s where several are recorded at once', () => {
    const files = written([of(9, outcome({ level: 3 })), of(8, outcome({ level: 1 }))])
    expect(files['badges/main.json']).toContain('level 3')
  })

  it('is not turned back by an older run, nor by an old one that is started again', () => {
    const stood = written([of(9)])['badges/main.svg']!
    const again = { subject: { ...evaluationData(8).subject, attempt: 2 }, evaluatedAt: '2027-01-01T00:00:00.000Z' }
    expect(written([of(8)], stood)).toEqual({})
    expect(written([of(8, again)], stood)).toEqual({})
    expect(Object.keys(written([of(9, { subject: { ...evaluationData(9).subject, attempt: 2 } })], stood))).toHaveLength(2)
    expect(Object.keys(written([of(10)], stood))).toHaveLength(2)
  })

  it('is written anew over what is no badge of ours', () => {
    for (const other of ['', 'x', '<svg><desc>run 99999999999999999999.1, evaluated now</desc></svg>'])
      expect(Object.keys(written([of(3)], other))).toHaveLength(2)
  })
})

describe('the files’ names', () => {
  it('stay apart for branches that are apart, below one folder', () => {
    const branches = [
      'main',
      'release/1.0',
      'release-1.0',
      'release_1.0',
      'release_2f1.0',
      '..',
      '.',
      '.git',
      'ä',
      '../../x',
      'a\nb',
      '%2f',
      'Main',
    ]
    const paths = branches.map((branch) => badgePath('certify', branch))
    expect(new Set(paths).size).toBe(branches.length)
    for (const path of paths) expect(path).toMatch(/^badges\/[A-Za-z0-9_-][A-Za-z0-9._-]*$/)
    expect(badgePath('certify', 'release/1.0')).toBe('badges/release_2f1.0')
    expect(badgePath('nightly/../x', 'main')).toMatch(/^badges\/nightly_2f\.\._2fx\/main$/)
  })

  it('stay short and apart for endless ones', () => {
    const paths = ['a', 'b'].map((end) => badgePath('certify', `${'x'.repeat(250)}${end}`))
    expect(paths[0]).not.toBe(paths[1])
    for (const path of paths) expect(path.length).toBeLessThan(160)
  })
})

describe('a hostile name', () => {
  const NAME = '"/><script>alert(1)</script><!--]]>&amp;\u202e\u0007\n@all'

  it('is text in the picture, which stays one well-formed document', () => {
    const [, svg] = Object.values(written([of(7, { name: NAME })]))
    expect(svg).not.toMatch(/<script|<!--|\u202e|\u0007/)
    const names = elementsOf(svg!)
    expect(new Set(names)).toEqual(new Set(['svg', 'title', 'desc', 'clipPath', 'rect', 'g', 'text']))
  })

  it('is a bounded label in the JSON', () => {
    const [json] = Object.values(written([of(7, { name: NAME.repeat(50) })]))
    expect(JSON.parse(json!).label.length).toBeLessThanOrEqual(40)
  })
})
