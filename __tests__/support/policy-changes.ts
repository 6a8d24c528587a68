// Changes of a policy, each with the direction it goes: what comparePolicy and looseningsOf are held to.
import { parseLimit } from '../../src/config/threshold.ts'
import type { Config, EvidenceEntry, SignOffRule, Suppression } from '../../src/model/config.ts'
import type { Limit } from '../../src/model/limit.ts'
import type { VexEntry } from '../../src/model/vex.ts'
import { criterionOf, metricOf, requirement } from './config.ts'

export function limit(raw: string, unit = '%', origin = 'policy.yml:9'): Limit {
  const parsed = parseLimit(raw, unit, origin)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.limit
}

export const evidence = (path: string, change: Partial<EvidenceEntry> = {}): EvidenceEntry => ({
  paths: [path],
  artifact: null,
  format: null,
  level: null,
  component: null,
  expect: null,
  required: true,
  committed: false,
  origin: 'policy.yml:3',
  ...change,
})
export const vexEntry = (file: string, expires: string): VexEntry => ({
  file,
  products: [],
  owner: 'security',
  expires,
  statements: [],
  sha256: null,
  origin: 'policy.yml:31',
})
export const suppression = (id: string, expires: string): Suppression => ({
  id,
  path: null,
  package: null,
  justification: 'not reachable here',
  owner: 'security',
  expires,
  origin: 'policy.yml:30',
})
export const signOff = (role: string, change: Partial<SignOffRule> = {}): SignOffRule => ({
  role,
  users: [],
  teams: [],
  environment: null,
  required: true,
  distinct: true,
  ...change,
})
export const objective = (sli: string, pass: string, change = {}) => ({
  sli,
  pass: [limit(pass, '')],
  warn: [],
  weight: 1,
  key: false,
  origin: 'policy.yml:12',
  ...change,
})
export const document = (id: string, change = {}) => ({
  id,
  path: `${id}.md`,
  minWords: 0,
  headings: [],
  maxAgeSeconds: null,
  weight: 1,
  links: true,
  ...change,
})
export const gate = (config: Config, number: number) => config.gates[number - 1]!
export const level = (config: Config, number: number) => config.levels[number - 1]!

/** The laxer setting first: going from the first to the second tightens, the way back loosens. */
export const SETTINGS: [string, (config: Config) => void, (config: Config) => void, string][] = [
  [
    'a limit',
    (c) => {
      criterionOf(c, 'test_coverage').pass = [limit('> 80%')]
    },
    (c) => {
      criterionOf(c, 'test_coverage').pass = [limit('> 95%')]
    },
    'test_coverage: > 80 % -> > 95 %',
  ],
  [
    'one more limit',
    () => {},
    (c) => {
      criterionOf(c, 'test_coverage').pass.push(limit('>= -0.5pp'))
    },
    'test_coverage: > 95 % -> > 95 % and >= -0.5 pp',
  ],
  [
    'a warn band',
    (c) => {
      criterionOf(c, 'test_coverage').warn = [limit('> 90%')]
    },
    () => {},
    'test_coverage, warn: > 90 % -> (none)',
  ],
  [
    'a narrower warn band',
    (c) => {
      criterionOf(c, 'test_coverage').warn = [limit('> 80%')]
    },
    (c) => {
      criterionOf(c, 'test_coverage').warn = [limit('> 90%')]
    },
    'test_coverage, warn: > 80 % -> > 90 %',
  ],
  [
    'on_missing',
    (c) => {
      criterionOf(c, 'test_coverage').onMissing = 'pending'
    },
    () => {},
    'test_coverage, on missing: pending -> fail',
  ],
  [
    'severity',
    (c) => {
      criterionOf(c, 'test_coverage').severity = 'info'
    },
    (c) => {
      criterionOf(c, 'test_coverage').severity = 'warn'
    },
    'test_coverage, severity: info -> warn',
  ],
  [
    'key',
    () => {},
    (c) => {
      criterionOf(c, 'test_coverage').key = true
    },
    'test_coverage, key: off -> on',
  ],
  [
    'not applicable',
    (c) => {
      criterionOf(c, 'test_coverage').notApplicable = { reason: 'there is no code', expires: '2027-06-30', approvedBy: null }
    },
    () => {},
    'test_coverage, not applicable: until 2027-06-30 -> no',
  ],
  [
    'not applicable for longer',
    (c) => {
      criterionOf(c, 'test_coverage').notApplicable = { reason: 'there is no code', expires: '2027-06-30', approvedBy: null }
    },
    (c) => {
      criterionOf(c, 'test_coverage').notApplicable = { reason: 'there is no code', expires: '2027-01-31', approvedBy: null }
    },
    'test_coverage, not applicable: until 2027-06-30 -> until 2027-01-31',
  ],
  [
    'bootstrap',
    (c) => {
      criterionOf(c, 'test_coverage').baseline.missing = 'bootstrap'
    },
    () => {},
    'test_coverage, without a baseline: bootstrap -> pending',
  ],
  [
    'a regression test',
    () => {},
    (c) => {
      criterionOf(c, 'test_coverage').regression = { test: 'percentage', boundary: 5, minSamples: 5, window: 20 }
    },
    'test_coverage, regression: (none) -> 5 % of the median',
  ],
  [
    'the boundary of a regression test',
    (c) => {
      criterionOf(c, 'test_coverage').regression = { test: 'iqr', boundary: 3, minSamples: 5, window: 20 }
    },
    (c) => {
      criterionOf(c, 'test_coverage').regression = { test: 'iqr', boundary: 1.5, minSamples: 5, window: 20 }
    },
    'test_coverage, regression: 3 interquartile ranges -> 1.5 interquartile ranges',
  ],
  [
    'a criterion',
    (c) => {
      level(c, 1).criteria.shift()
    },
    () => {},
    'test_coverage: (none) -> > 95 %',
  ],
  [
    'a level',
    (c) => {
      level(c, 4).enabled = false
    },
    () => {},
    'system level, enabled: off -> on',
  ],
  [
    'manual review',
    (c) => {
      level(c, 3).manualReview = false
    },
    () => {},
    'service level, manual review: off -> on',
  ],
  [
    'depends_on',
    () => {},
    (c) => {
      level(c, 2).dependsOn = ['component']
    },
    'integration level, depends on: (none) -> component',
  ],
  [
    'a requirement',
    () => {},
    (c) => {
      level(c, 1).requirements.push(requirement('Ready', { fn: 'manual' }))
    },
    'component level, "Ready": (none) -> manual',
  ],
  [
    'a gate',
    (c) => {
      gate(c, 3).enabled = false
    },
    () => {},
    'gate 3, enabled: off -> on',
  ],
  [
    'manual approval',
    (c) => {
      gate(c, 3).manualApproval = false
    },
    () => {},
    'gate 3, manual approval: off -> on',
  ],
  [
    'progression',
    () => {},
    (c) => {
      gate(c, 3).autoProgression = false
    },
    'gate 3, goes on by itself: on -> off',
  ],
  [
    'an environment',
    (c) => {
      gate(c, 3).environment = null
    },
    () => {},
    'gate 3, environment: (none) -> certify-gate-3',
  ],
  [
    'an entry criterion',
    (c) => {
      gate(c, 1).entry.shift()
    },
    () => {},
    'gate 1, entry, "Code development complete": (none) -> change.ready',
  ],
  [
    'an exit criterion',
    (c) => {
      gate(c, 1).exit[0]!.optional = true
    },
    () => {},
    'gate 1, exit, "All component tests pass", optional: on -> off',
  ],
  [
    'the limit of a check',
    () => {},
    (c) => {
      gate(c, 1).entry[1]!.check = { fn: 'tests.count', level: 'component', limit: limit('>= 20', '') }
    },
    'gate 1, entry, "Component tests implemented", check: tests.count:component >= 1 -> tests.count:component >= 20',
  ],
  [
    'a sentence that is bound',
    () => {},
    (c) => {
      gate(c, 1).exit[0]!.check = { fn: 'unbound' }
    },
    'gate 1, exit, "All component tests pass", check: tests.passed:component -> unbound',
  ],
  [
    'a deliverable',
    (c) => {
      gate(c, 1).deliverables.pop()
    },
    () => {},
    'gate 1, deliverable, "Security assessment": (none) -> evidence:security:component',
  ],
  [
    'a sign-off',
    () => {},
    (c) => {
      gate(c, 4).signOffs = [signOff('security')]
    },
    'gate 4, sign-off, security: (none) -> required',
  ],
  [
    'a required sign-off',
    (c) => {
      gate(c, 4).signOffs = [signOff('security', { required: false })]
    },
    (c) => {
      gate(c, 4).signOffs = [signOff('security')]
    },
    'gate 4, sign-off, security, required: off -> on',
  ],
  [
    'a distinct person',
    (c) => {
      gate(c, 4).signOffs = [signOff('security', { distinct: false })]
    },
    (c) => {
      gate(c, 4).signOffs = [signOff('security')]
    },
    'gate 4, sign-off, security, distinct person: off -> on',
  ],
  [
    'who may sign',
    (c) => {
      gate(c, 4).signOffs = [signOff('security')]
    },
    (c) => {
      gate(c, 4).signOffs = [signOff('security', { teams: ['acme/appsec'] })]
    },
    'gate 4, sign-off, security, by: (none) -> team acme/appsec',
  ],
  [
    'fewer who may sign',
    (c) => {
      gate(c, 4).signOffs = [signOff('security', { users: ['a', 'b'] })]
    },
    (c) => {
      gate(c, 4).signOffs = [signOff('security', { users: ['a'] })]
    },
    'gate 4, sign-off, security, by: a, b -> a',
  ],
  [
    'mode',
    (c) => {
      c.mode = 'advisory'
    },
    () => {},
    'mode: advisory -> enforce',
  ],
  [
    'target',
    (c) => {
      c.target.push = 1
    },
    () => {},
    'target of push: 1 -> 2',
  ],
  [
    'sequence',
    (c) => {
      c.sequential = false
    },
    () => {},
    'levels in order: off -> on',
  ],
  [
    'automatic approval',
    (c) => {
      c.autoApprove = true
    },
    () => {},
    'automatic approval: on -> off',
  ],
  [
    'gates going on',
    () => {},
    (c) => {
      c.gateAutoProgress = false
    },
    'gates go on by themselves: on -> off',
  ],
  [
    'policy refs',
    (c) => {
      c.policyRefs = ['release']
    },
    () => {},
    'branches with a policy of their own: release -> (none)',
  ],
  [
    'locks',
    () => {},
    (c) => {
      c.locked = ['/mode']
    },
    'locked: (none) -> /mode',
  ],
  [
    'approval',
    (c) => {
      c.manualReview.approvalRequired = false
    },
    () => {},
    'approval required: off -> on',
  ],
  [
    'self review',
    (c) => {
      c.manualReview.preventSelfReview = false
    },
    () => {},
    'no review by oneself: off -> on',
  ],
  [
    'a suppression',
    (c) => {
      c.suppressions = [suppression('CVE-2027-1', '2027-06-30')]
    },
    () => {},
    'suppression, CVE-2027-1: until 2027-06-30 -> (none)',
  ],
  [
    'a shorter suppression',
    (c) => {
      c.suppressions = [suppression('CVE-2027-1', '2027-06-30')]
    },
    (c) => {
      c.suppressions = [suppression('CVE-2027-1', '2027-01-31')]
    },
    'suppression, CVE-2027-1, expires: 2027-06-30 -> 2027-01-31',
  ],
  [
    'a VEX document',
    (c) => {
      c.vex = [vexEntry('vex.json', '2027-06-30')]
    },
    () => {},
    'VEX document, vex.json: until 2027-06-30 -> (none)',
  ],
  [
    'a VEX document for a shorter time',
    (c) => {
      c.vex = [vexEntry('vex.json', '2027-06-30')]
    },
    (c) => {
      c.vex = [vexEntry('vex.json', '2027-01-31')]
    },
    'VEX document, vex.json, expires: 2027-06-30 -> 2027-01-31',
  ],
  [
    'required evidence',
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('a.info', { required: false })]
    },
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('a.info')]
    },
    'metric test_coverage, evidence, a.info, required: off -> on',
  ],
  [
    'committed evidence',
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('a.info', { committed: true })]
    },
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('a.info')]
    },
    'metric test_coverage, evidence, a.info, may be committed: on -> off',
  ],
  [
    'expected files',
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('*.info')]
    },
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('*.info', { expect: 4 })]
    },
    'metric test_coverage, evidence, *.info, number of files: (none) -> 4',
  ],
  [
    'fewer expected files',
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('*.info', { expect: 3 })]
    },
    (c) => {
      metricOf(c, 'test_coverage').evidence = [evidence('*.info', { expect: 4 })]
    },
    'metric test_coverage, evidence, *.info, number of files: 3 -> 4',
  ],
  [
    'age',
    (c) => {
      metricOf(c, 'test_coverage').maxAgeSeconds = null
    },
    (c) => {
      metricOf(c, 'test_coverage').maxAgeSeconds = 86_400
    },
    'metric test_coverage, maximum age in seconds: (none) -> 86400',
  ],
  [
    'exclusions',
    (c) => {
      metricOf(c, 'test_coverage').exclude = ['**/gen/**']
    },
    () => {},
    'metric test_coverage, excluded files: **/gen/** -> (none)',
  ],
  [
    'changed lines that are enough to enforce',
    (c) => {
      metricOf(c, 'test_coverage').minLines = 50
    },
    () => {},
    'metric test_coverage, minimum of changed lines: 50 -> 20',
  ],
  [
    'scans',
    () => {},
    (c) => {
      metricOf(c, 'security_score').requireScans = ['sast']
    },
    'metric security_score, required scans: (none) -> sast',
  ],
  [
    'weights of findings',
    (c) => {
      metricOf(c, 'security_score').weights.high = 10
    },
    () => {},
    'metric security_score, points off for high: 10 -> 25',
  ],
  [
    'an objective',
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 300ms')]
    },
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 200ms')]
    },
    'metric performance_compliance, objective, a.p95: < 300 ms -> < 200 ms',
  ],
  [
    'one more objective',
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 200ms')]
    },
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 200ms'), objective('b.p95', '< 1s')]
    },
    'metric performance_compliance, objective, b.p95: (none) -> < 1 s',
  ],
  [
    'a key objective',
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 200ms')]
    },
    (c) => {
      metricOf(c, 'performance_compliance').objectives = [objective('a.p95', '< 200ms', { key: true })]
    },
    'metric performance_compliance, objective, a.p95, key: off -> on',
  ],
  [
    'words of a document',
    (c) => {
      metricOf(c, 'documentation_completeness').documents = [document('readme')]
    },
    (c) => {
      metricOf(c, 'documentation_completeness').documents = [document('readme', { minWords: 200 })]
    },
    'metric documentation_completeness, document, readme, minimum of words: 0 -> 200',
  ],
  [
    'links of a document',
    (c) => {
      metricOf(c, 'documentation_completeness').documents = [document('readme', { links: false })]
    },
    (c) => {
      metricOf(c, 'documentation_completeness').documents = [document('readme')]
    },
    'metric documentation_completeness, document, readme, links checked: off -> on',
  ],
  [
    'events',
    (c) => {
      metricOf(c, 'service_reliability').minEvents = 10
    },
    () => {},
    'metric service_reliability, minimum of events: 10 -> 1000',
  ],
  [
    'a checklist item',
    () => {},
    (c) => {
      c.checklists[0]!.items.push(byHand())
    },
    'checklist, production_readiness, "Backups": (none) -> by hand',
  ],
  [
    'an item that holds nothing back',
    (c) => {
      c.checklists[0]!.items.push({ ...byHand(), progress: true })
    },
    (c) => {
      c.checklists[0]!.items.push({ ...byHand(), progress: false })
    },
    'checklist, production_readiness, "Backups", progress: on -> off',
  ],
  [
    'plain ticks',
    (c) => {
      c.checklists[0]!.attestation = false
    },
    () => {},
    'checklist, production_readiness, attestation: off -> on',
  ],
  [
    'a component',
    () => {},
    (c) => {
      c.components.push({ id: 'api', paths: ['api'], evidence: [] })
    },
    'component, api: (none) -> api',
  ],
]

function byHand(): Config['checklists'][number]['items'][number] {
  return { id: 'a', text: 'Backups', domain: null, check: null, blocking: true, weight: 1, origin: 'policy.yml:2' }
}

/** Going either way cannot be told, so both ways are listed as loosened. */
export const UNTOLD: [string, (config: Config) => void][] = [
  [
    'what paths in reports mean',
    (c) => {
      c.pathMap = [{ from: '/srv/web', to: 'packages/web' }]
    },
  ],
  [
    'another kind of limit',
    (c) => {
      criterionOf(c, 'test_coverage').pass = [limit('>= -0.5pp')]
    },
  ],
  [
    'the measure',
    (c) => {
      metricOf(c, 'test_coverage').measure = 'branches'
    },
  ],
  [
    'included files',
    (c) => {
      metricOf(c, 'test_coverage').include = ['src/**']
    },
  ],
  [
    'suites',
    (c) => {
      c.suites.component = ['**/fast/**']
    },
  ],
  [
    'discovery',
    (c) => {
      c.discovery = false
    },
  ],
  [
    'another environment',
    (c) => {
      gate(c, 3).environment = 'other'
    },
  ],
  [
    'another check',
    (c) => {
      gate(c, 1).exit[0]!.check = { fn: 'manual' }
    },
  ],
  [
    'another metric',
    (c) => {
      criterionOf(c, 'test_coverage').metric = 'system_test_coverage'
    },
  ],
  [
    'another baseline',
    (c) => {
      criterionOf(c, 'test_coverage').baseline.select = 'fixed'
    },
  ],
  [
    'another weight',
    (c) => {
      criterionOf(c, 'test_coverage').weight = 9
    },
  ],
]
