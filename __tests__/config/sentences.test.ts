import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { bindSentence, type Section } from '../../src/config/sentences.ts'
import { notationOf } from '../../src/model/check.ts'
import { LEVEL_IDS, type LevelId } from '../../src/model/level.ts'

function bound(text: string, section: Section, level: LevelId): string | null {
  const found = bindSentence(text, { section, level })
  return found === null ? null : notationOf(found.check)
}

/** Every sentence of a certification process as it is usually written, with what it must be bound to. */
const PROCESS: [LevelId, Section, string, string][] = [
  ['component', 'requirement', 'Component tests pass with >95% coverage', 'test_coverage > 95 %'],
  ['component', 'requirement', 'Component performance meets architecture targets', 'criterion:performance_compliance'],
  ['component', 'requirement', 'Component security validation complete', 'criterion:security_score'],
  ['component', 'requirement', 'Component documentation complete', 'criterion:documentation_completeness'],
  ['integration', 'requirement', 'Integration tests pass with >95% coverage', 'integration_test_coverage > 95 %'],
  ['integration', 'requirement', 'Cross-service communication validated', 'criterion:service_communication'],
  ['integration', 'requirement', 'External service integrations validated', 'criterion:external_integration'],
  ['integration', 'requirement', 'Database integrations validated', 'criterion:database_integration'],
  ['service', 'requirement', 'Service tests pass with >95% coverage', 'service_test_coverage > 95 %'],
  ['service', 'requirement', 'Service performance meets architecture targets', 'criterion:service_performance'],
  ['service', 'requirement', 'Service security validation complete', 'criterion:service_security'],
  ['service', 'requirement', 'Service reliability validation complete', 'criterion:service_reliability'],
  ['system', 'requirement', 'System tests pass with >95% coverage', 'system_test_coverage > 95 %'],
  ['system', 'requirement', 'End-to-end validation complete', 'criterion:end_to_end_validation'],
  ['system', 'requirement', 'Production readiness assessment complete', 'criterion:production_readiness'],
  ['system', 'requirement', 'Deployment approval granted', 'criterion:deployment_approval'],
  ['component', 'entry', 'Code development complete', 'change.ready'],
  ['component', 'entry', 'Component tests implemented', 'tests.count:component >= 1'],
  ['component', 'entry', 'Component documentation complete', 'criterion:documentation_completeness'],
  ['component', 'exit', 'All component tests pass', 'tests.passed:component'],
  ['component', 'exit', 'Code coverage >95%', 'test_coverage > 95 %'],
  ['component', 'exit', 'Performance targets met', 'criterion:performance_compliance'],
  ['component', 'exit', 'Security validation complete', 'criterion:security_score'],
  ['component', 'deliverable', 'Component test report', 'evidence:tests:component'],
  ['component', 'deliverable', 'Coverage report', 'evidence:coverage:component'],
  ['component', 'deliverable', 'Performance report', 'evidence:performance:component'],
  ['component', 'deliverable', 'Security assessment', 'evidence:security:component'],
  ['integration', 'entry', 'Component certification complete', 'level:component'],
  ['integration', 'entry', 'Integration tests implemented', 'tests.count:integration >= 1'],
  ['integration', 'entry', 'External service connectivity established', 'criterion:external_integration'],
  ['integration', 'exit', 'All integration tests pass', 'tests.passed:integration'],
  ['integration', 'exit', 'Cross-service communication validated', 'criterion:service_communication'],
  ['integration', 'exit', 'External services validated', 'criterion:external_integration'],
  ['integration', 'exit', 'Database connectivity validated', 'criterion:database_integration'],
  ['integration', 'deliverable', 'Integration test report', 'evidence:tests:integration'],
  ['integration', 'deliverable', 'Service validation report', 'evidence:tests:integration'],
  ['integration', 'deliverable', 'Connectivity report', 'evidence:tests:integration'],
  ['integration', 'deliverable', 'Performance report', 'evidence:performance'],
  ['service', 'entry', 'Integration certification complete', 'level:integration'],
  ['service', 'entry', 'Service tests implemented', 'tests.count:service >= 1'],
  ['service', 'entry', 'Performance baselines established', 'baseline:service'],
  ['service', 'exit', 'All service tests pass', 'tests.passed:service'],
  ['service', 'exit', 'Performance targets met', 'criterion:service_performance'],
  ['service', 'exit', 'Security validated', 'criterion:service_security'],
  ['service', 'exit', 'Reliability validated', 'criterion:service_reliability'],
  ['service', 'deliverable', 'Service test report', 'evidence:tests:service'],
  ['service', 'deliverable', 'Performance report', 'evidence:performance:service'],
  ['service', 'deliverable', 'Security assessment', 'evidence:security:service'],
  ['service', 'deliverable', 'Reliability report', 'service_reliability >= 0 %'],
  ['system', 'entry', 'Service certification complete', 'level:service'],
  ['system', 'entry', 'System tests implemented', 'tests.count:system >= 1'],
  ['system', 'entry', 'Production environment ready', 'manual'],
  ['system', 'exit', 'All system tests pass', 'tests.passed:system'],
  ['system', 'exit', 'End-to-end validation complete', 'criterion:end_to_end_validation'],
  ['system', 'exit', 'Production readiness confirmed', 'criterion:production_readiness'],
  ['system', 'exit', 'Deployment approved', 'approval'],
  ['system', 'deliverable', 'System test report', 'evidence:tests:system'],
  ['system', 'deliverable', 'Production readiness assessment', 'production_readiness >= 0 %'],
  ['system', 'deliverable', 'Deployment approval', 'approval'],
  ['system', 'deliverable', 'Go-live authorization', 'go_live'],
]

describe('bindSentence', () => {
  it.each(PROCESS)('%s %s: "%s" is %s', (level, section, text, check) => {
    expect(bound(text, section, level)).toBe(check)
    expect(bound(`  ${text.toUpperCase().replaceAll(' ', '\n  ')}. `, section, level)).toBe(check)
  })

  it.each([
    ['Code coverage > 95 %', 'test_coverage > 95 %'],
    ['Code coverage of at least 95%', 'test_coverage >= 95 %'],
    ['Test coverage is above 92.5 percent', 'test_coverage > 92.5 %'],
    ['Code coverage ≥95%', 'test_coverage >= 95 %'],
    ['Component tests pass with 95% coverage', 'test_coverage >= 95 %'],
    ['Integration tests pass with >80% coverage', 'integration_test_coverage > 80 %'],
    ['Unit tests implemented', 'tests.count:component >= 1'],
    ['All tests pass', 'tests.passed:component'],
    ['Service reliability >= 99.9%', 'service_reliability >= 99.9 %'],
    ['E2E tests pass', 'criterion:end_to_end_validation'],
    ['End‑to‑end validation complete', 'criterion:end_to_end_validation'],
  ])('reads "%s" as %s', (text, check) => {
    expect(bound(text, 'exit', 'component')).toBe(check)
  })

  it('hands over the number of a sentence and the criterion it must agree with', () => {
    expect(bindSentence('Code coverage >95%', { section: 'exit', level: 'component' })).toMatchObject({
      number: { text: '> 95 %', origin: 'sentence', terms: [{ op: '>', value: 95, unit: '%', mode: 'absolute' }] },
      criterion: 'test_coverage',
    })
    expect(bindSentence('Security validated', { section: 'exit', level: 'service' })).toMatchObject({
      number: null,
      criterion: 'service_security',
    })
    expect(bindSentence('All service tests pass', { section: 'exit', level: 'service' })).toMatchObject({
      number: null,
      criterion: null,
    })
  })

  it('answers for a level without such a criterion by the nearest below', () => {
    expect(bound('Performance targets met', 'exit', 'integration')).toBe('criterion:performance_compliance')
    expect(bound('Security validated', 'exit', 'system')).toBe('criterion:service_security')
    expect(bound('Performance baselines established', 'entry', 'integration')).toBe('baseline:component')
  })

  it.each(LEVEL_IDS)('lets no level require itself, a level above or a go-live: %s', (level) => {
    for (const other of LEVEL_IDS) {
      const found = bound(`${other} certification complete`, 'requirement', level)
      expect(found).toBe(LEVEL_IDS.indexOf(other) < LEVEL_IDS.indexOf(level) ? `level:${other}` : null)
    }
    expect(bound('Go-live authorized', 'requirement', level)).toBeNull()
  })

  it.each([
    '',
    ' ',
    'The moon is full',
    'Code coverage',
    'Code coverage <95%',
    'Code coverage != 95%',
    'Code coverage >95',
    'Code coverage >101%',
    'Code coverage >-95%',
    'Code coverage >95% and <90%',
    'Code coverage >95% >90%',
    'Code coverage >1950%',
    'Code coverage #',
    'Code coverage > 95% or so',
    'Not all component tests pass',
    'All component tests pass eventually',
    'No component tests implemented',
    'Security validation incomplete',
    'Service reliability 0.5.5%',
    'Deployment approved by nobody',
    'constructor',
    '__proto__',
    '{level} tests pass',
    'Coverage report',
  ])('does not guess at "%s"', (text) => {
    expect(bound(text, 'exit', 'component')).toBeNull()
  })

  it('does not guess at long text', () => {
    for (const text of [
      'a'.repeat(100_000),
      `Code coverage >95%${' '.repeat(100_000)}`,
      '>95% '.repeat(20_000),
      '9'.repeat(100),
    ]) {
      expect(bound(text, 'exit', 'component')).toBeNull()
    }
  })

  it('is written up: every sentence with its check is in docs/checks.md', () => {
    const docs = readFileSync('docs/checks.md', 'utf8')
    for (const [, , text] of PROCESS) {
      const general = text.replace(
        /^(All )?(Integration|Service|System|integration|service|system) (tests|performance|security)/i,
        (_, all, _level, what) => `${all ?? ''}${all === undefined ? 'Component' : 'component'} ${what}`,
      )
      expect(docs.includes(`\`${text}\``) || docs.includes(`\`${general}\``) ? 'in the docs' : text).toBe('in the docs')
    }
  })
})
