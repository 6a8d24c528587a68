import { describe, expect, it } from '@jest/globals'
import { FORMATS } from '../../../src/evidence/formats/index.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { sourceOf } from '../../support/source.ts'

/** More than a call takes arguments. */
const MANY = 200_000
const many = <T>(one: T): T[] => Array(MANY).fill(one)

describe('more scores than anybody gives', () => {
  it.each([
    ['grype', { matches: [{ vulnerability: { id: 'A', cvss: many({ version: '3.1', metrics: { baseScore: 5 } }) } }] }],
    ['cyclonedx-json', { bomFormat: 'CycloneDX', specVersion: '1.6', vulnerabilities: [{ ratings: many({ score: 5 }) }] }],
    [
      'trivy',
      {
        SchemaVersion: 2,
        ArtifactName: 'a',
        Results: [{ Vulnerabilities: [{ CVSS: Object.fromEntries(many(0).map((_, at) => [`a${at}`, { V3Score: 5 }])) }] }],
      },
    ],
    ['npm-audit-v2', { auditReportVersion: 2, vulnerabilities: { a: { severity: 'low', via: many({ cvss: { score: 5 } }) } } }],
  ])('are read by %s', (id, report) => {
    const format = FORMATS.find((one) => one.id === id)!
    const { facts } = format.read(sourceOf(JSON.stringify(report)), DEFAULT_LIMITS)
    expect(facts).toMatchObject({ findings: [{ score: 5 }] })
  })

  it('may have versions that are no text', () => {
    const format = FORMATS.find((one) => one.id === 'grype')!
    const cvss = [{ version: { toString: 1 }, metrics: { baseScore: 5 } }]
    const report = JSON.stringify({ matches: [{ vulnerability: { id: 'A', cvss } }] })
    expect(format.read(sourceOf(report), DEFAULT_LIMITS).facts).toMatchObject({ findings: [{ score: 5 }] })
  })
})
