// A valid resolved configuration with the sixteen seed criteria and the four gates: tests start here and break one thing.
import type { Check } from '../../src/model/check.ts'
import type {
  Config,
  CriterionConfig,
  GateConfig,
  LevelConfig,
  MetricConfig,
  MetricFamily,
  Requirement,
} from '../../src/model/config.ts'
import type { LevelId, LevelNumber } from '../../src/model/level.ts'
import { LEVEL_IDS, levelNumber } from '../../src/model/level.ts'
import type { Comparator, Limit } from '../../src/model/limit.ts'

/** An absolute limit of one term in percent: `limit('>', 95)`. */
export function limit(op: Comparator, value: number, unit = '%'): Limit {
  return {
    terms: [{ op, value, unit, mode: 'absolute' }],
    text: `${op} ${value}${unit === '' ? '' : ` ${unit}`}`,
    origin: 'default',
  }
}

interface Seed {
  level: LevelId
  id: string
  family: MetricFamily
  pass: Limit
}

const FULL = limit('>=', 100)
const COVERED = limit('>', 95)

/** The sixteen criteria in the seed's order. */
export const SEED_CRITERIA: readonly Seed[] = [
  { level: 'component', id: 'test_coverage', family: 'coverage', pass: COVERED },
  { level: 'component', id: 'performance_compliance', family: 'performance', pass: FULL },
  { level: 'component', id: 'security_score', family: 'security', pass: FULL },
  { level: 'component', id: 'documentation_completeness', family: 'documentation', pass: FULL },
  { level: 'integration', id: 'integration_test_coverage', family: 'coverage', pass: COVERED },
  { level: 'integration', id: 'service_communication', family: 'scenario', pass: FULL },
  { level: 'integration', id: 'external_integration', family: 'scenario', pass: FULL },
  { level: 'integration', id: 'database_integration', family: 'scenario', pass: FULL },
  { level: 'service', id: 'service_test_coverage', family: 'coverage', pass: COVERED },
  { level: 'service', id: 'service_performance', family: 'performance', pass: FULL },
  { level: 'service', id: 'service_security', family: 'security', pass: FULL },
  { level: 'service', id: 'service_reliability', family: 'reliability', pass: limit('>=', 99.9) },
  { level: 'system', id: 'system_test_coverage', family: 'coverage', pass: COVERED },
  { level: 'system', id: 'end_to_end_validation', family: 'scenario', pass: FULL },
  { level: 'system', id: 'production_readiness', family: 'readiness', pass: FULL },
  { level: 'system', id: 'deployment_approval', family: 'approval', pass: FULL },
]

/** A metric of the family, in percent, with the shipped defaults and no evidence of its own. */
export function metricConfig(id: string, family: MetricFamily, level: LevelId, change: Partial<MetricConfig> = {}): MetricConfig {
  return {
    id,
    family,
    level,
    unit: '%',
    evidence: [],
    maxAgeSeconds: null,
    measure: 'lines',
    include: [],
    exclude: [],
    objectives: [],
    weights: { critical: 100, high: 25, medium: 5, low: 1, info: 0, unknown: 25 },
    requireScans: [],
    documents: [],
    points: [],
    tests: [],
    minEvents: 1000,
    minLines: 20,
    sli: null,
    parts: [],
    checklists: family === 'readiness' ? ['production_readiness'] : [],
    origin: 'default',
    ...change,
  }
}

/** A required criterion that judges the metric of the same id. */
export function criterionConfig(id: string, level: LevelId, pass: Limit, change: Partial<CriterionConfig> = {}): CriterionConfig {
  return {
    id,
    level,
    metric: id,
    pass: [pass],
    warn: [],
    onMissing: 'fail',
    severity: 'fail',
    weight: 1,
    key: false,
    baseline: { select: 'last_passed', count: 1, aggregate: 'median', value: null, missing: 'pending' },
    regression: null,
    notApplicable: null,
    origin: 'default',
    ...change,
  }
}

/** A sentence bound to a check. */
export function requirement(text: string, check: Check): Requirement {
  return { text, check, optional: false, origin: 'default' }
}

const NAMES: Record<LevelId, string> = {
  component: 'Component',
  integration: 'Integration',
  service: 'Service',
  system: 'System',
}

function levelConfig(id: LevelId): LevelConfig {
  const number = levelNumber(id)
  return {
    id,
    number,
    enabled: true,
    name: `${NAMES[id]} Certification`,
    description: '',
    requirements: [],
    criteria: SEED_CRITERIA.filter((seed) => seed.level === id).map((seed) => criterionConfig(seed.id, id, seed.pass)),
    dependsOn: [],
    autoProgression: number < 4,
    manualReview: number > 2,
    components: [],
  }
}

const criterion = (text: string, id: string): Requirement => requirement(text, { fn: 'criterion', id })
const tests = (level: LevelId): Requirement =>
  requirement(`${NAMES[level]} tests implemented`, { fn: 'tests.count', level, limit: limit('>=', 1, '') })
const allPass = (level: LevelId): Requirement => requirement(`All ${level} tests pass`, { fn: 'tests.passed', level })
const below = (level: LevelId): Requirement => requirement(`${NAMES[level]} certification complete`, { fn: 'level', level })
const report = (text: string, check: Check) => ({ ...requirement(text, check), name: text })

const SENTENCES: Record<LevelId, Pick<GateConfig, 'entry' | 'exit' | 'deliverables'>> = {
  component: {
    entry: [
      requirement('Code development complete', { fn: 'change.ready' }),
      tests('component'),
      criterion('Component documentation complete', 'documentation_completeness'),
    ],
    exit: [
      allPass('component'),
      criterion('Code coverage >95%', 'test_coverage'),
      criterion('Performance targets met', 'performance_compliance'),
      criterion('Security validation complete', 'security_score'),
    ],
    deliverables: [
      report('Component test report', { fn: 'evidence', kind: 'tests', level: 'component' }),
      report('Coverage report', { fn: 'evidence', kind: 'coverage', level: 'component' }),
      report('Performance report', { fn: 'evidence', kind: 'performance', level: 'component' }),
      report('Security assessment', { fn: 'evidence', kind: 'security', level: 'component' }),
    ],
  },
  integration: {
    entry: [
      below('component'),
      tests('integration'),
      criterion('External service connectivity established', 'external_integration'),
    ],
    exit: [
      allPass('integration'),
      criterion('Cross-service communication validated', 'service_communication'),
      criterion('External services validated', 'external_integration'),
      criterion('Database connectivity validated', 'database_integration'),
    ],
    deliverables: [
      report('Integration test report', { fn: 'evidence', kind: 'tests', level: 'integration' }),
      report('Performance report', { fn: 'evidence', kind: 'performance', level: null }),
    ],
  },
  service: {
    entry: [
      below('integration'),
      tests('service'),
      requirement('Performance baselines established', { fn: 'baseline', level: 'service' }),
    ],
    exit: [
      allPass('service'),
      criterion('Performance targets met', 'service_performance'),
      criterion('Security validated', 'service_security'),
      criterion('Reliability validated', 'service_reliability'),
    ],
    deliverables: [
      report('Service test report', { fn: 'evidence', kind: 'tests', level: 'service' }),
      report('Reliability report', { fn: 'file', paths: ['reports/reliability.*'], maxAgeSeconds: 86_400 }),
    ],
  },
  system: {
    entry: [below('service'), tests('system'), requirement('Production environment ready', { fn: 'manual' })],
    exit: [
      allPass('system'),
      criterion('End-to-end validation complete', 'end_to_end_validation'),
      criterion('Production readiness confirmed', 'production_readiness'),
      requirement('Deployment approved', { fn: 'approval' }),
    ],
    deliverables: [
      report('System test report', { fn: 'evidence', kind: 'tests', level: 'system' }),
      report('Production readiness assessment', { fn: 'checklist', id: 'production_readiness' }),
      report('Deployment approval', { fn: 'approval' }),
      report('Go-live authorization', { fn: 'go_live' }),
    ],
  },
}

function gateConfig(id: LevelId): GateConfig {
  const number: LevelNumber = levelNumber(id)
  return {
    number,
    id: `gate_${number}_${id}_gate`,
    enabled: true,
    name: `${NAMES[id]} Quality Gate`,
    ...structuredClone(SENTENCES[id]),
    autoProgression: number < 4,
    manualApproval: number > 2,
    environment: number > 2 ? `certify-gate-${number}` : null,
    signOffs: [],
    refs: [],
    questions: [],
  }
}

/**
 * The resolved configuration of the seed, in enforce mode: sixteen criteria, four gates, no evidence entries, discovery on.
 * A fresh copy every time; `change` may edit it in place.
 */
export function seedConfig(change: (config: Config) => void = () => {}): Config {
  const config: Config = {
    version: 1,
    mode: 'enforce',
    environment: 'testing',
    timeoutSeconds: 600,
    retries: 3,
    autoApprove: false,
    sequential: true,
    gateAutoProgress: true,
    target: { pull_request: 2, merge_group: 2, push: 2, release: 4, local: 2 },
    discovery: true,
    suites: {
      component: ['**/unit/**', '**/component/**'],
      integration: ['**/integration/**'],
      service: ['**/service/**', '**/contract/**'],
      system: ['**/system/**', '**/e2e/**'],
    },
    evidence: [],
    metrics: SEED_CRITERIA.map((seed) => metricConfig(seed.id, seed.family, seed.level)),
    components: [],
    levels: LEVEL_IDS.map(levelConfig),
    gates: LEVEL_IDS.map(gateConfig),
    checklists: [{ id: 'production_readiness', source: null, items: [] }],
    suppressions: [],
    pathMap: [],
    automatedValidation: true,
    manualReview: {
      enabled: true,
      approvalRequired: true,
      reviewTimeoutHours: 24,
      escalationTimeoutHours: 48,
      preventSelfReview: true,
      adminBypass: false,
      mechanism: 'environment',
      approvers: [],
    },
    policyRefs: [],
    ledger: { enabled: true, branch: 'certify-ledger', write: 'own-job' },
    certificate: {
      enabled: true,
      system: null,
      authority: null,
      statement: null,
      contacts: {},
      validity: { months: 6, seconds: 0 },
      validUntil: null,
      renewalNoticeSeconds: 30 * 86_400,
      conditional: { enabled: true, validity: { months: 0, seconds: 30 * 86_400 }, maxConditions: 5, conditions: [] },
      attest: 'auto',
      signOffs: [],
      subjects: [],
      signers: [],
      door: { allowUnsigned: false, allowUnchecked: false },
      recertify: { onFailure: 'warn', renew: true },
    },
    expectedSkips: [],
    locked: [],
    notInForce: [],
    reserved: {},
  }
  change(config)
  return config
}

/** The criterion of that id, for editing inside `seedConfig`'s change. */
export function criterionOf(config: Config, id: string): CriterionConfig {
  const found = config.levels.flatMap((level) => level.criteria).find((one) => one.id === id)
  if (found === undefined) throw new Error(`no criterion ${id}`)
  return found
}

/** The metric of that id, for editing inside `seedConfig`'s change. */
export function metricOf(config: Config, id: string): MetricConfig {
  const found = config.metrics.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no metric ${id}`)
  return found
}
