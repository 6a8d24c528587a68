// Levels, criteria and gates of two policies held against each other.
import type { CriterionConfig, GateConfig, LevelConfig, SignOffRule } from '../model/config.ts'
import { type Change, compareBy, compareKeyed, escapeKey, NONE, type Place, placeAt, rule, unchanged, within } from './change.ts'
import { compareRequirements } from './compare-requirements.ts'
import {
  anyChange,
  limitOrigin,
  limits,
  lower,
  moreIsStricter,
  namedOrNot,
  ordered,
  showLimits,
  strictWhen,
  warnBand,
  whoMay,
} from './judges.ts'

const LEVEL_RULES = [
  rule('enabled', 'enabled', (level: LevelConfig) => level.enabled, strictWhen(true)),
  rule('manual_review', 'manual review', (level: LevelConfig) => level.manualReview, strictWhen(true)),
  rule('auto_progression', 'goes on by itself', (level: LevelConfig) => level.autoProgression, strictWhen(false)),
  rule('depends_on', 'depends on', (level: LevelConfig) => level.dependsOn, moreIsStricter),
  rule('components', 'components', (level: LevelConfig) => level.components, moreIsStricter),
]

type NotApplicable = CriterionConfig['notApplicable']

const BASELINE_RULES = [
  rule('missing', 'without a baseline', (one: CriterionConfig) => one.baseline.missing, ordered('bootstrap', 'pending', 'fail')),
  rule('select', 'baseline from', (one: CriterionConfig) => one.baseline.select, anyChange),
  rule('count', 'baseline of how many', (one: CriterionConfig) => one.baseline.count, anyChange),
  rule('aggregate', 'baseline by', (one: CriterionConfig) => one.baseline.aggregate, anyChange),
  rule('value', 'baseline', (one: CriterionConfig) => one.baseline.value, anyChange),
]

const CRITERION_RULES = [
  rule('metric', 'metric', (one: CriterionConfig) => one.metric, anyChange),
  rule('on_missing', 'on missing', (one: CriterionConfig) => one.onMissing, ordered('pending', 'fail')),
  rule('severity', 'severity', (one: CriterionConfig) => one.severity, ordered('info', 'warn', 'fail')),
  rule('weight', 'weight', (one: CriterionConfig) => one.weight, anyChange),
  rule('key', 'key', (one: CriterionConfig) => one.key, strictWhen(true)),
  rule('not_applicable', 'not applicable', (one: CriterionConfig) => one.notApplicable, exempt, showExemption),
]

type Regression = CriterionConfig['regression']

const REGRESSION_RULES = [
  rule('', '', (one: CriterionConfig) => one.regression, regression, showRegression),
  rule('min_samples', 'minimum of samples', (one: CriterionConfig) => one.regression?.minSamples ?? null, asked),
  rule('window', 'samples looked at', (one: CriterionConfig) => one.regression?.window ?? null, asked),
]

/** One test more is stricter, and so is a nearer boundary; two kinds of test cannot be held against each other. */
function regression(from: Regression, to: Regression) {
  if (from === null || to === null) return from === to ? null : from === null ? 'tighter' : 'looser'
  return from.test === to.test ? lower(from.boundary, to.boundary) : 'unknown'
}

/** Only where both ask for a test: its coming and going says the rest. */
function asked(from: number | null, to: number | null) {
  return from === null || to === null ? null : anyChange(from, to)
}

function showRegression(one: Regression): string {
  if (one === null) return NONE
  return one.test === 'iqr' ? `${one.boundary} interquartile ranges` : `${one.boundary} % of the median`
}

function exempt(from: NotApplicable, to: NotApplicable) {
  if (from === null || to === null) return from === to ? null : to === null ? 'tighter' : 'looser'
  return lower(Date.parse(from.expires), Date.parse(to.expires))
}

function showExemption(one: NotApplicable): string {
  return one === null ? 'no' : `until ${one.expires}`
}

export function compareLevels(from: readonly LevelConfig[], to: readonly LevelConfig[]): Change[] {
  return to.flatMap((level) => {
    const before = from.find((one) => one.id === level.id)
    if (before === undefined || unchanged(before, level)) return []
    const key = `level_${level.number}_${level.id}_certification`
    const place = placeAt(`/certification_levels/${key}`, `${level.id} level`)
    const criteria = { ...within(place, 'validation_criteria', ''), label: '' }
    return [
      ...compareBy(LEVEL_RULES, before, level, place),
      ...compareRequirements(before.requirements, level.requirements, within(place, 'requirements', '')),
      ...compareCriteria(before.criteria, level.criteria, criteria),
    ]
  })
}

function compareCriteria(from: readonly CriterionConfig[], to: readonly CriterionConfig[], place: Place): Change[] {
  const cameOrWent = compareKeyed(from, to, place, {
    idOf: (one) => one.id,
    show: (one) => showLimits(one.pass),
    added: 'tighter',
    removed: 'looser',
    origin: (one) => one.origin,
  })
  const changed = to.flatMap((criterion) => {
    const before = from.find((one) => one.id === criterion.id)
    if (before === undefined) return []
    const here = { ...within(place, escapeKey(criterion.id), criterion.id), origin: criterion.origin }
    return [
      ...compareBy([rule('', '', passOf, limits, showLimits)], before, criterion, {
        ...here,
        origin: limitOrigin(criterion.pass) ?? here.origin,
      }),
      ...compareBy([rule('warn', 'warn', warnOf, warnBand, showLimits)], before, criterion, {
        ...here,
        origin: limitOrigin(criterion.warn) ?? here.origin,
      }),
      ...compareBy(CRITERION_RULES, before, criterion, here),
      ...compareBy(BASELINE_RULES, before, criterion, within(here, 'baseline', '')),
      ...compareBy(REGRESSION_RULES, before, criterion, within(here, 'regression', 'regression')),
    ]
  })
  return [...cameOrWent, ...changed]
}

const passOf = (one: CriterionConfig) => one.pass
const warnOf = (one: CriterionConfig) => one.warn

const GATE_RULES = [
  rule('enabled', 'enabled', (gate: GateConfig) => gate.enabled, strictWhen(true)),
  rule('manual_approval', 'manual approval', (gate: GateConfig) => gate.manualApproval, strictWhen(true)),
  rule('auto_progression', 'goes on by itself', (gate: GateConfig) => gate.autoProgression, strictWhen(false)),
  rule('environment', 'environment', (gate: GateConfig) => gate.environment, namedOrNot),
  rule('refs', 'refs that may come', (gate: GateConfig) => gate.refs, anyChange),
  rule('questions', 'questions', (gate: GateConfig) => gate.questions, moreIsStricter),
]

const SIGN_OFF_RULES = [
  rule('', 'required', (one: SignOffRule) => one.required, strictWhen(true)),
  rule('', 'distinct person', (one: SignOffRule) => one.distinct, strictWhen(true)),
  rule('', 'by', (one: SignOffRule) => [...one.users, ...one.teams.map((team) => `team ${team}`)], whoMay),
  rule('', 'environment', (one: SignOffRule) => one.environment, namedOrNot),
]

export function compareGates(from: readonly GateConfig[], to: readonly GateConfig[]): Change[] {
  return to.flatMap((gate) => {
    const before = from.find((one) => one.number === gate.number)
    if (before === undefined || unchanged(before, gate)) return []
    const place = placeAt(`/certification_gates/${gate.id}`, `gate ${gate.number}`)
    return [
      ...compareBy(GATE_RULES, before, gate, place),
      ...compareRequirements(before.entry, gate.entry, within(place, 'entry_criteria', 'entry')),
      ...compareRequirements(before.exit, gate.exit, within(place, 'exit_criteria', 'exit')),
      ...compareRequirements(before.deliverables, gate.deliverables, within(place, 'deliverables', 'deliverable')),
      ...compareKeyed(before.signOffs, gate.signOffs, within(place, 'sign_offs', 'sign-off'), {
        idOf: (one) => one.role,
        show: (one) => (one.required ? 'required' : 'optional'),
        added: 'tighter',
        removed: 'looser',
        keyed: false,
        rules: SIGN_OFF_RULES,
      }),
    ]
  })
}
