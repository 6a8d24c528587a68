// How things are measured, in two policies: evidence, objectives, documents, scans, scopes.
import type { Config, DocumentRule, EvidenceEntry, MetricConfig, Objective, ScenarioPoint } from '../model/config.ts'
import type { Severity } from '../model/evidence.ts'
import {
  type Change,
  compareBy,
  compareKeyed,
  type Direction,
  escapeKey,
  line,
  NONE,
  type Place,
  placeAt,
  rule,
  unchanged,
  within,
} from './change.ts'
import {
  anyChange,
  described,
  higher,
  limits,
  lower,
  moreIsLaxer,
  moreIsStricter,
  namedOrNot,
  showLimits,
  strictWhen,
  warnBand,
} from './judges.ts'
import { parseLimit, strictness } from './threshold.ts'

const METRIC_RULES = [
  rule('kind', 'kind', (one: MetricConfig) => one.family, anyChange),
  rule('level', 'level', (one: MetricConfig) => one.level, anyChange),
  rule('unit', 'unit', (one: MetricConfig) => one.unit, anyChange),
  rule('max_age', 'maximum age in seconds', (one: MetricConfig) => one.maxAgeSeconds, lower),
  rule('coverage/measure', 'measure', (one: MetricConfig) => one.measure, anyChange),
  rule('coverage/include', 'included files', (one: MetricConfig) => one.include, anyChange),
  rule('coverage/exclude', 'excluded files', (one: MetricConfig) => one.exclude, moreIsLaxer),
  rule('security/require', 'required scans', (one: MetricConfig) => one.requireScans, moreIsStricter),
  rule('tests', 'tests', (one: MetricConfig) => one.tests, described),
  rule('min_events', 'minimum of events', (one: MetricConfig) => one.minEvents, higher),
  rule('min_lines', 'minimum of changed lines', (one: MetricConfig) => one.minLines, lower),
  rule('sli', 'SLI', (one: MetricConfig) => one.sli, anyChange),
  rule('checklists', 'checklists', (one: MetricConfig) => one.checklists, moreIsStricter),
]

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info', 'unknown']

const WEIGHT_RULES = SEVERITIES.map((severity) =>
  rule(`security/weights/${severity}`, `points off for ${severity}`, (one: MetricConfig) => one.weights[severity], higher),
)

const OBJECTIVE_RULES = [
  rule('', '', (one: Objective) => one.pass, limits, showLimits),
  rule('', 'warn', (one: Objective) => one.warn, warnBand, showLimits),
  rule('', 'key', (one: Objective) => one.key, strictWhen(true)),
  rule('', 'weight', (one: Objective) => one.weight, anyChange),
]

const DOCUMENT_RULES = [
  rule('', 'path', (one: DocumentRule) => one.path, anyChange),
  rule('', 'minimum of words', (one: DocumentRule) => one.minWords, higher),
  rule('', 'headings', (one: DocumentRule) => one.headings, moreIsStricter),
  rule('', 'maximum age in seconds', (one: DocumentRule) => one.maxAgeSeconds, lower),
  rule('', 'links checked', (one: DocumentRule) => one.links, strictWhen(true)),
  rule('', 'weight', (one: DocumentRule) => one.weight, anyChange),
]

const EVIDENCE_RULES = [
  // No number asks for at least one file.
  rule(
    '',
    'number of files',
    (one: EvidenceEntry) => one.expect,
    (from, to) => (from === to ? null : higher(from ?? 0, to ?? 0)),
  ),
  rule('', 'required', (one: EvidenceEntry) => one.required, strictWhen(true)),
  rule('', 'may be committed', (one: EvidenceEntry) => one.committed, strictWhen(false)),
  rule('', 'format', (one: EvidenceEntry) => one.format, namedOrNot),
  rule(
    '',
    'pointers',
    (one: EvidenceEntry) => one.json ?? null,
    anyChange,
    (json) => (json === null ? NONE : line(JSON.stringify(json))),
  ),
  rule('', 'level', (one: EvidenceEntry) => one.level, anyChange),
  rule('', 'component', (one: EvidenceEntry) => one.component, anyChange),
]

const PART_RULES = [rule('', 'weight', (one: { metric: string; weight: number }) => one.weight, anyChange)]
const POINT_RULES = [rule('', 'tests', (one: ScenarioPoint) => one.tests, anyChange)]

/**
 * Which file counts may matter more than how it is read: an entry that is new beside others cannot be told to be harmless.
 * `first`: what it is to name any where none was named.
 */
export function compareEvidence(
  from: readonly EvidenceEntry[],
  to: readonly EvidenceEntry[],
  place: Place,
  first: Direction = 'declared',
): Change[] {
  return compareKeyed(from, to, place, {
    idOf: (one) => JSON.stringify([one.artifact, one.paths]),
    name: (one) => line(`${one.artifact === null ? '' : `artifact ${one.artifact}: `}${one.paths.join(', ')}`),
    show: (one) => (one.committed ? 'may be committed' : one.required ? 'required' : 'optional'),
    added: from.length === 0 ? (to.some((one) => one.committed) ? 'looser' : first) : 'unknown',
    removed: 'looser',
    origin: (one) => one.origin,
    keyed: false,
    rules: EVIDENCE_RULES,
  })
}

export function compareMetrics(from: Config, to: Config): Change[] {
  return from.metrics.flatMap((before) => {
    const place = placeAt(`/metrics/${escapeKey(before.id)}`, `metric ${before.id}`)
    const metric = to.metrics.find((one) => one.id === before.id)
    if (unchanged(before, metric)) return []
    if (metric === undefined) return [{ ...place, from: before.family, to: NONE, direction: 'unknown' as const }]
    return compareMetric(before, metric, { ...place, origin: metric.origin }, dilution(to, metric.id))
  })
}

function compareMetric(from: MetricConfig, to: MetricConfig, place: Place, diluted: Direction): Change[] {
  const added = (had: readonly unknown[]): Direction => (had.length === 0 ? 'declared' : diluted)
  const item = { keyed: false, removed: 'looser' as const }
  // Documents and reports on interfaces are parts of one score.
  const documentation = from.family === 'documentation' ? [...from.documents, ...from.evidence] : []
  return [
    ...compareBy([...METRIC_RULES, ...WEIGHT_RULES], from, to, place),
    ...compareEvidence(from.evidence, to.evidence, within(place, 'evidence', 'evidence'), added(documentation)),
    ...compareKeyed(from.objectives, to.objectives, within(place, 'objectives', 'objective'), {
      ...item,
      idOf: (one) => one.sli,
      show: (one) => showLimits(one.pass),
      added: added(from.objectives),
      origin: (one) => one.origin,
      rules: OBJECTIVE_RULES,
    }),
    ...compareKeyed(from.documents, to.documents, within(place, 'documents', 'document'), {
      ...item,
      idOf: (one) => one.id,
      show: (one) => line(one.path),
      added: added(documentation),
      rules: DOCUMENT_RULES,
    }),
    ...compareKeyed(from.points, to.points, within(place, 'points', 'point'), {
      ...item,
      idOf: (one) => one.id,
      show: (one) => line(one.tests.join(', ')),
      added: added(from.points),
      rules: POINT_RULES,
    }),
    ...compareKeyed(from.parts, to.parts, within(place, 'parts', 'part'), {
      ...item,
      idOf: (one) => one.metric,
      show: (one) => `weight ${one.weight}`,
      added: added(from.parts),
      rules: PART_RULES,
    }),
  ]
}

/**
 * What one more part does to a score of weighted parts: where every criterion asks for 100 % it is one more thing that must hold;
 * where less is enough, an easy part can make up for a hard one.
 */
function dilution(config: Config, metric: string): Direction {
  const whole = parseLimit(100, '%', 'default')
  if ('problem' in whole) return 'unknown'
  const judging = config.levels.flatMap((level) => level.criteria).filter((criterion) => criterion.metric === metric)
  const asksForAll = judging.every(
    (one) => one.warn.length === 0 && ['equal', 'tighter'].includes(strictness([whole.limit], one.pass)),
  )
  return judging.length > 0 && asksForAll ? 'tighter' : 'unknown'
}
