// The resolved config, built from the merged tree: every default filled in, every unit normalised, every sentence bound.
import type { Config, EventName } from '../model/config.ts'
import { LEVEL_IDS, type LevelId, type LevelNumber, levelNumber } from '../model/level.ts'
import { longPointer } from './aliases.ts'
import { certificateOf } from './build-certificate.ts'
import { checklistsOf, componentsOf, evidenceOf, levelOf, suppressionsOf, vexOf } from './build-evidence.ts'
import { gatesOf } from './build-gates.ts'
import { levelReader, levelsOf, usedAt } from './build-levels.ts'
import { metricsOf } from './build-metrics.ts'
import { type Known, requirementsOf, writtenCheck } from './build-sentences.ts'
import { crossCheck } from './cross-checks.ts'
import type { Layer } from './layer.ts'
import { isTree } from './pointer.ts'
import { Reader, type Report } from './reader.ts'
import { notInForce, reservedOf } from './reserved.ts'
import { EVENTS } from './schema/index.ts'

/** A config is made even with problems, so that all of them are found; it must not be used then. */
export function buildConfig(source: Layer, report: Report): Config {
  const root = Reader.of(source, report)
  const components = componentsOf(root)
  const names = components.map((component) => component.id)
  const metrics = metricsOf(root, usedAt(root), names)
  const levels = levelsOf(root, metrics)
  const checklists = checklistsOf(root)
  const known: Known = {
    metrics: new Map(metrics.map((metric) => [metric.id, metric.unit])),
    criteria: new Map(levels.flatMap((level) => level.criteria).map((criterion) => [criterion.id, criterion])),
    bare: new Set(LEVEL_IDS.flatMap((id) => bareIn(root, id))),
    checklists: checklists.map((list) => list.config.id),
  }
  for (const level of levels) {
    level.requirements = requirementsOf(
      levelReader(root, level.id),
      'requirements',
      { section: 'requirement', level: level.id },
      known,
    )
  }
  for (const { config, readers } of checklists) {
    for (const [index, reader] of readers.entries())
      if (reader.has('check')) config.items[index]!.check = writtenCheck(reader.at('check'), known)
  }
  const validation = root.at('certification_validation')
  const automated = validation.at('automated_validation')
  const config: Config = {
    version: 1,
    mode: root.choice('mode', 'enforce'),
    environment: root.text('environment', 'development'),
    // Of the two bounds of the seed the smaller one holds.
    timeoutSeconds: Math.min(
      root.seconds('timeout', 's') ?? 600,
      automated.seconds('timeout_threshold', 's') ?? Number.POSITIVE_INFINITY,
    ),
    retries: retriesOf(root, automated),
    autoApprove: root.flag('auto_approve', false),
    sequential: root.flag('sequential', true),
    gateAutoProgress: root.flag('gate_auto_progress', true),
    target: targetOf(root),
    discovery: root.flag('discovery', true),
    suites: Object.fromEntries(LEVEL_IDS.map((id) => [id, root.at('suites').texts(id)])) as Record<LevelId, string[]>,
    evidence: evidenceOf(root, names),
    metrics,
    components,
    levels,
    gates: gatesOf(root, known),
    checklists: checklists.map((list) => list.config),
    suppressions: suppressionsOf(root),
    ...vexOf(root),
    pathMap: root.items('path_map').map((reader) => ({ from: reader.text('from', ''), to: reader.text('to', '') })),
    automatedValidation: automated.flag('enabled', true),
    manualReview: reviewOf(validation.at('manual_review')),
    ledger: ledgerOf(root.at('ledger')),
    certificate: certificateOf(root.at('certificate')),
    policyRefs: root.texts('policy_refs'),
    expectedSkips: root.texts('expected_skips'),
    locked: root.texts('locked').map(longPointer),
    notInForce: notInForce(source.tree),
    reserved: reservedOf(source.tree),
  }
  crossCheck(root, config)
  return config
}

function bareIn(root: Reader, level: LevelId): string[] {
  const isBare = (reader: Reader) => typeof (isTree(reader.value) ? reader.at('pass').value : reader.value) === 'number'
  return levelReader(root, level)
    .entries('validation_criteria')
    .filter(isBare)
    .map((reader) => reader.key)
}

function retriesOf(root: Reader, automated: Reader): number {
  const own = root.at('retries')
  return own.origin === 'default' ? automated.number('retry_attempts', root.number('retries', 3)) : root.number('retries', 3)
}

function targetOf(root: Reader): Record<EventName, LevelNumber> {
  const target = root.at('target')
  const entries = EVENTS.map((event) => [event, levelNumber(levelOf(target.at(event).value) ?? 'integration')])
  return Object.fromEntries(entries) as Record<EventName, LevelNumber>
}

function ledgerOf(reader: Reader): Config['ledger'] {
  return {
    enabled: reader.flag('enabled', true),
    branch: reader.text('branch', 'certify-ledger'),
    write: reader.choice('write', 'own-job'),
  }
}

function reviewOf(reader: Reader): Config['manualReview'] {
  return {
    enabled: reader.flag('enabled', true),
    approvalRequired: reader.flag('approval_required', true),
    reviewTimeoutHours: (reader.seconds('review_timeout', 'h') ?? 24 * 3600) / 3600,
    escalationTimeoutHours: (reader.seconds('escalation_timeout', 'h') ?? 48 * 3600) / 3600,
    preventSelfReview: reader.flag('prevent_self_review', true),
    adminBypass: reader.flag('admin_bypass', false),
    mechanism: reader.choice('mechanism', 'environment'),
    approvers: reader.texts('approvers'),
  }
}
