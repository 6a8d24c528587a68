// The text of .github/certification.yml: an entry for each report that was found, a comment where a choice is a person's.
import type { Kind } from '../../model/evidence.ts'
import { LEVEL_IDS, type LevelId } from '../../model/level.ts'
import { PLACEHOLDER } from '../placeholder.ts'
import type { ChecklistPart } from './checklist-config.ts'
import { lackingAt, listed } from './lacking.ts'
import { objectivesFor } from './objectives.ts'
import type { Report } from './repository.ts'
import { oneOrList, remark, scalar } from './yaml-text.ts'

const SCHEMA = `https://raw.githubusercontent.com/${PLACEHOLDER}/v1/schema/certification.schema.json`

/** Limits of a load test that are shown. */
const STATED = 10

interface MetricOf {
  name: string
  /** The level it is a criterion of. */
  level: LevelId
  kinds: readonly Kind[]
  /** Levels whose reports it takes: a level without a criterion of that kind lends them to its neighbour. */
  from: readonly LevelId[]
}

const METRICS: readonly MetricOf[] = [
  { name: 'test_coverage', level: 'component', kinds: ['coverage', 'tests'], from: ['component'] },
  { name: 'performance_compliance', level: 'component', kinds: ['performance'], from: ['component', 'integration'] },
  { name: 'security_score', level: 'component', kinds: ['security'], from: ['component', 'integration'] },
  { name: 'integration_test_coverage', level: 'integration', kinds: ['coverage', 'tests'], from: ['integration'] },
  { name: 'service_test_coverage', level: 'service', kinds: ['coverage', 'tests'], from: ['service'] },
  { name: 'service_performance', level: 'service', kinds: ['performance'], from: ['service', 'system'] },
  { name: 'service_security', level: 'service', kinds: ['security'], from: ['service', 'system'] },
  { name: 'system_test_coverage', level: 'system', kinds: ['coverage', 'tests'], from: ['system'] },
]

const TITLES: Record<LevelId, string> = {
  component: 'Level 1, component: the parts by themselves.',
  integration: 'Level 2, integration: the parts together, and with their neighbours.',
  service: 'Level 3, service: what callers are promised.',
  system: 'Level 4, system: whole journeys.',
}

/** `part`: of a checklist that is written beside it. */
export function configText(reports: readonly Report[], readme: boolean, part: ChecklistPart | null = null): string {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What a change must show before it may go on. Everything not written here has a default: docs/configuration.md of certify.',
    'version: 1',
    '',
    ...targetLines(reports, readme),
  ]
  const levels = LEVEL_IDS.map((level) => levelLines(level, reports, readme))
  const blocks = [...levels, part?.metrics ?? []].filter((block) => block.length > 0)
  if (blocks.length > 0) lines.push('metrics:', ...blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block])), '')
  if (part !== null) lines.push(...part.rest, '')
  if (reports.some((one) => one.kind === 'security')) lines.push(...strictness())
  return `${lines.join('\n').trimEnd()}\n`
}

function targetLines(reports: readonly Report[], readme: boolean): string[] {
  const [first, second] = [lackingAt('component', reports, readme), lackingAt('integration', reports, readme)]
  const lines = ['# Pull requests, merge groups and pushes must reach level 2.']
  if (first.length > 0) lines.push(`# Level 1 still lacks ${listed(first)}.`)
  if (second.length > 0) {
    lines.push(`# Level 2 still lacks ${listed(second)}. Until they are there you may aim at level 1:`)
    lines.push('# target: { pull_request: 1, merge_group: 1, push: 1, local: 1 }')
  }
  return [...lines, '']
}

function levelLines(level: LevelId, reports: readonly Report[], readme: boolean): string[] {
  const lines = METRICS.filter((metric) => metric.level === level).flatMap((metric) => metricLines(metric, reports))
  const own = reports.filter((one) => one.level === level)
  if (level === 'service') lines.push(...reliabilityLines(own))
  if (level === 'component' && readme) {
    lines.push('  documentation_completeness:', '    # What must a reader find? min_words: 100, headings: [Use, Tests]')
    lines.push('    documents: [{ path: README.md }]')
  }
  if (level === 'integration' && lines.length > 0) lines.push(...pointLines(own))
  return lines.length === 0 ? [] : [`  # ${TITLES[level]}`, ...lines]
}

function metricLines({ name, kinds, from }: MetricOf, all: readonly Report[]): string[] {
  const reports = all.filter((one) => kinds.includes(one.kind) && from.includes(one.level))
  if (reports.length === 0) return []
  const evidence = `    evidence: ${oneOrList(reports.map((one) => one.path))}`
  return [`  ${name}:`, evidence, ...(kinds.includes('performance') ? objectiveLines(reports) : [])]
}

/** Objectives take the place of all limits that a load test holds itself to, so beside such limits none is proposed. */
function objectiveLines(reports: readonly Report[]): string[] {
  const stated = reports.flatMap(({ lying }) => lying?.stated ?? [])
  if (stated.length > 0) {
    return [
      "    # The load test's own limits count, so none is proposed. Objectives written here take their place: name each, none looser.",
      ...stated.slice(0, STATED).map((limit) => `    # - ${remark(limit)}`),
      ...(stated.length > STATED ? [`    # and ${stated.length - STATED} more`] : []),
    ]
  }
  const proposed = reports.flatMap(({ lying }) => (lying === null ? [] : objectivesFor(lying)))
  if (proposed.length === 0) {
    return [
      "    # Name what is promised; `certify inspect FILE` shows what a report measures. Without objectives k6's own thresholds count.",
      '    # objectives: [{ sli: http_req_duration.p95, pass: "< 500ms" }]',
    ]
  }
  return [
    '    # Limits to start from, twice what was measured: yours to say.',
    '    objectives:',
    ...proposed.map(
      ({ sli, pass, measured }) =>
        `      - { sli: ${scalar(sli)}, pass: ${JSON.stringify(pass)} }${measured === '' ? '' : ` # ${remark(measured)}`}`,
    ),
  ]
}

function reliabilityLines(own: readonly Report[]): string[] {
  const counting = own.filter((one) => one.lying?.events === true)
  return counting.length === 0 ? [] : ['  service_reliability:', `    evidence: ${oneOrList(counting.map((one) => one.path))}`]
}

/** Without points all integration tests count for each of the three: which prove what is known to people alone. */
function pointLines(own: readonly Report[]): string[] {
  const suites = [...new Set(own.flatMap((one) => one.lying?.suites ?? []))].slice(0, 8)
  return [
    '  # Which tests prove which neighbour? Without points, all integration tests count for each of these.',
    ...(suites.length === 0 ? [] : [`  # Suites found: ${remark(suites.join(' · '))}`]),
    '  # service_communication: { points: [{ id: shop to stock, tests: "SUITE" }] }',
    '  # external_integration: { points: [{ id: payment provider, tests: "SUITE" }] }',
    '  # database_integration: { points: [{ id: orders, tests: "SUITE" }] }',
  ]
}

function strictness(): string[] {
  return [
    '# A security score of 100, the default limit, means nothing open at all. ">= 90%" lets findings of low severity pass:',
    '# certification_levels: { level_1: { validation_criteria: { security_score: ">= 90%" } } }',
  ]
}
