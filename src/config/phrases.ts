// The sentences that certify understands, as data: what is said, in which sections, and what it is bound to (docs/checks.md).
import type { Check } from '../model/check.ts'
import type { Kind } from '../model/evidence.ts'
import type { LevelId } from '../model/level.ts'
import { LEVEL_IDS } from '../model/level.ts'

/** The seed criteria by what they are about. A level without one of its own is answered for by the nearest below it. */
export const CRITERION_OF: Record<'coverage' | 'performance' | 'security', Partial<Record<LevelId, string>>> = {
  coverage: {
    component: 'test_coverage',
    integration: 'integration_test_coverage',
    service: 'service_test_coverage',
    system: 'system_test_coverage',
  },
  performance: { component: 'performance_compliance', service: 'service_performance' },
  security: { component: 'security_score', service: 'service_security' },
}

/** The criterion of the level, or of the nearest level below that has one. */
export function criterionAt(subject: keyof typeof CRITERION_OF, level: LevelId): string {
  const reachable = LEVEL_IDS.slice(0, LEVEL_IDS.indexOf(level) + 1).reverse()
  return reachable.map((id) => CRITERION_OF[subject][id]).find((id) => id !== undefined)!
}

/** What a phrase is bound to, at a level. A `criterion` whose sentence states a number becomes a metric check with that number. */
export type Meaning = { criterion: string } | { check: Check }

/** `(a|b|)` are alternatives, `#` is a number of percent, `{level}` one of the four names and then the level that is meant. */
export interface Phrase {
  says: string
  means: (level: LevelId) => Meaning
}

const criterion = (says: string, id: string): Phrase => ({ says, means: () => ({ criterion: id }) })
const done = '(complete|completed|done|passed|validated)'
const valid = '(validated|verified|tested|complete|completed|passed)'
const connected = '(established|validated|verified)'

/** Sentences that something holds: requirements of levels, entry and exit criteria of gates. */
export const STATEMENTS: readonly Phrase[] = [
  {
    says: '{level} tests pass(|ed) with # (|code |test |line )coverage',
    means: (level) => ({ criterion: criterionAt('coverage', level) }),
  },
  { says: '(|{level} )(code|test|line) coverage #', means: (level) => ({ criterion: criterionAt('coverage', level) }) },
  { says: '{level} (code |test |)coverage #', means: (level) => ({ criterion: criterionAt('coverage', level) }) },
  { says: '(|all )(|{level} )tests (pass|passed|are passing)', means: (level) => ({ check: { fn: 'tests.passed', level } }) },
  {
    says: '{level} tests (implemented|written|exist|in place)',
    means: (level) => ({
      check: {
        fn: 'tests.count',
        level,
        limit: { terms: [{ op: '>=', value: 1, unit: '', mode: 'absolute' }], text: '>= 1', origin: 'sentence' },
      },
    }),
  },
  { says: '(code |)development (complete|completed|done)', means: () => ({ check: { fn: 'change.ready' } }) },
  { says: '(code|implementation) (complete|completed|done)', means: () => ({ check: { fn: 'change.ready' } }) },
  {
    says: '(|{level} )performance (meets|meets all) (|the )(architecture |performance |)targets',
    means: (level) => ({ criterion: criterionAt('performance', level) }),
  },
  {
    says: '(|{level} )performance (targets |)(met|validated|validation complete)',
    means: (level) => ({ criterion: criterionAt('performance', level) }),
  },
  {
    says: '(|{level} )performance (baseline|baselines) established',
    means: (level) => ({ check: { fn: 'baseline', level: baselineLevel(level) } }),
  },
  {
    says: `(|{level} )security (validation ${done}|validated|verified)`,
    means: (level) => ({ criterion: criterionAt('security', level) }),
  },
  criterion('(|component )documentation (is |)(complete|completed|#)', 'documentation_completeness'),
  criterion(`(cross-service|inter-service|service|service to service) communication (is |)${valid}`, 'service_communication'),
  criterion(
    `external (service|services|integration|integrations|service integration|service integrations) ${valid}`,
    'external_integration',
  ),
  criterion(`external (service|services) connectivity ${connected}`, 'external_integration'),
  criterion(`(database|databases|database integration|database integrations) ${valid}`, 'database_integration'),
  criterion(`database connectivity ${connected}`, 'database_integration'),
  criterion(`(|service )reliability (validation ${done}|validated|verified|#)`, 'service_reliability'),
  criterion('end-to-end (validation complete|validation completed|tests pass|tests passed|validated)', 'end_to_end_validation'),
  criterion('production readiness (assessment |)(complete|completed|confirmed|#)', 'production_readiness'),
  { says: '{level} certification (complete|completed|passed)', means: (level) => ({ check: { fn: 'level', level } }) },
  { says: 'production environment (is |)ready', means: () => ({ check: { fn: 'manual' } }) },
]

/** Sentences about the approval itself. A level requires the criterion, a gate waits for the act. */
export const APPROVALS: readonly Phrase[] = [
  { says: 'deployment (approval granted|approved|approval given)', means: () => ({ check: { fn: 'approval' } }) },
  { says: 'go-live (authorized|authorised|authorization granted)', means: () => ({ check: { fn: 'go_live' } }) },
]

const known = (metric: string): Meaning => ({
  check: {
    fn: 'metric',
    id: metric,
    limit: { terms: [{ op: '>=', value: 0, unit: '%', mode: 'absolute' }], text: '>= 0 %', origin: 'sentence' },
  },
})

const evidence = (kind: Kind, level: LevelId | null): Meaning => ({ check: { fn: 'evidence', kind, level } })

/** Things that a gate wants to see on the table. */
export const DELIVERABLES: readonly Phrase[] = [
  { says: '(|{level} )(test|tests) (report|results)', means: (level) => evidence('tests', level) },
  { says: '(|{level} )(|code |test )coverage report', means: (level) => evidence('coverage', level) },
  {
    says: '(|{level} )performance (report|results)',
    means: (level) => evidence('performance', CRITERION_OF.performance[level] === undefined ? null : level),
  },
  {
    says: '(|{level} )security (assessment|report|scan report)',
    means: (level) => evidence('security', CRITERION_OF.security[level] === undefined ? null : level),
  },
  { says: '(service validation|service communication|integration) report', means: () => evidence('tests', 'integration') },
  {
    says: '(connectivity|database connectivity|external service connectivity) report',
    means: () => evidence('tests', 'integration'),
  },
  { says: '(|service )reliability report', means: () => known('service_reliability') },
  { says: 'production readiness (assessment|report)', means: () => known('production_readiness') },
  { says: 'deployment approval', means: () => ({ check: { fn: 'approval' } }) },
  { says: 'go-live (authorization|authorisation)', means: () => ({ check: { fn: 'go_live' } }) },
]

/** Baselines belong to the level whose performance they are the baseline of. */
function baselineLevel(level: LevelId): LevelId {
  return level === 'component' || level === 'integration' ? 'component' : 'service'
}

/** Every spelling of a phrase, `{level}` still in it. */
export function spellings(says: string): string[] {
  const open = says.lastIndexOf('(')
  if (open < 0) return [says]
  const close = says.indexOf(')', open)
  const before = says.slice(0, open)
  const after = says.slice(close + 1)
  return says
    .slice(open + 1, close)
    .split('|')
    .flatMap((choice) => spellings(before + choice + after))
}
