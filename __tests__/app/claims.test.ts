// A file that several entries name: read once, and it speaks for all of them.
import { describe, expect, it } from '@jest/globals'
import { Claims } from '../../src/app/claims.ts'
import type { FoundFile } from '../../src/app/ports.ts'
import type { EvidenceClaim, Origin } from '../../src/model/evidence.ts'

const WORKSPACE: Origin = { type: 'workspace' }

function file(path: string, origin: Origin = WORKSPACE): FoundFile {
  return { path, origin, size: 1, modifiedAt: null, tracked: false, chunks: () => [] }
}

function artifact(id: number): Origin {
  return { type: 'artifact', name: 'reports', id, runId: 1, digest: null, digestChecked: false }
}

function claim(change: Partial<EvidenceClaim> = {}): EvidenceClaim {
  return { metrics: [], level: null, component: null, discovered: false, committed: false, ...change }
}

function merged(a: Partial<EvidenceClaim>, b: Partial<EvidenceClaim>): EvidenceClaim {
  const claims = new Claims()
  claims.add(file('a.xml'), claim(a), null)
  claims.add(file('a.xml'), claim(b), null)
  expect(claims.list()).toHaveLength(1)
  return claims.list()[0]!.claim
}

describe('two entries for one file', () => {
  it('it counts for the metrics of both, each once', () => {
    expect(merged({ metrics: ['a', 'b'] }, { metrics: ['b', 'c'] }).metrics).toEqual(['a', 'b', 'c'])
  })

  it('a level or component that they agree on stays; where they differ, nobody has said which', () => {
    expect(merged({ level: 'service', component: 'api' }, { level: 'service', component: 'api' })).toMatchObject({
      level: 'service',
      component: 'api',
    })
    expect(merged({ level: 'service', component: 'api' }, { level: 'system', component: 'web' })).toMatchObject({
      level: null,
      component: null,
    })
  })

  it('different levels that they state are kept, never forgotten for a guess', () => {
    expect(merged({ level: 'service' }, { level: 'integration' })).toMatchObject({
      level: null,
      levels: ['integration', 'service'],
    })
    expect(merged({ level: 'service' }, { level: null })).toMatchObject({ level: null, levels: ['service'] })
    expect(merged({ level: 'service' }, { level: 'service' }).levels).toBeUndefined()
    const claims = new Claims()
    for (const level of ['system', 'service', null, 'system'] as const) claims.add(file('a.xml'), claim({ level }), null)
    expect(claims.list()[0]!.claim).toMatchObject({ level: null, levels: ['service', 'system'] })
  })

  it('is allowed to be committed only where both allow it', () => {
    expect(merged({ committed: true }, { committed: false }).committed).toBe(false)
    expect(merged({ committed: true }, { committed: true }).committed).toBe(true)
  })

  it('is declared as soon as one of them declares it', () => {
    expect(merged({ discovered: true }, { discovered: false }).discovered).toBe(false)
  })

  it('the first format that is named is the one it is read as', () => {
    const claims = new Claims()
    claims.add(file('a'), claim(), null)
    claims.add(file('a'), claim(), 'lcov')
    claims.add(file('a'), claim(), 'junit')
    expect(claims.list()[0]!.format).toBe('lcov')
  })
})

it('files of the same path in the workspace and in two artifacts are three files', () => {
  const claims = new Claims()
  for (const origin of [WORKSPACE, artifact(1), artifact(2), artifact(1)]) claims.add(file('a.xml', origin), claim(), null)
  expect(claims.list().map((one) => one.file.origin)).toEqual([WORKSPACE, artifact(1), artifact(2)])
  expect(claims.has(file('a.xml', artifact(2)))).toBe(true)
  expect(claims.has(file('a.xml', artifact(3)))).toBe(false)
})
