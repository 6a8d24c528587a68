// What no single value shows: settings that contradict each other, or that would let something through in silence.
import type { Config } from '../model/config.ts'
import { levelId } from '../model/level.ts'
import { longPointer } from './aliases.ts'
import { certificateChecks } from './certificate-checks.ts'
import { meantOf } from './layer.ts'
import { keysOf } from './pointer.ts'
import type { Reader } from './reader.ts'
import { below, followed } from './rules.ts'
import { EVENTS, PROCESS } from './schema/index.ts'
import type { SchemaNode } from './schema/node.ts'

export function crossCheck(root: Reader, config: Config): void {
  escalation(root)
  approval(root, config)
  review(root, config)
  targets(root, config)
  gates(root, config)
  environments(root)
  certificateChecks(root, config)
  for (const item of root.items('locked')) lock(item)
}

function escalation(root: Reader): void {
  const process = root.at('certification_validation').at('escalation_process')
  const automatic = root.at('certification_automation').at('automation_escalation')
  if (process.flag('auto_approval', false)) {
    process
      .at('auto_approval')
      .problem('auto_approval', 'auto_approval: true would approve by silence', 'remove it, or write false')
  }
  for (const key of ['escalation_levels', 'escalation_timeout']) {
    const [one, other] = [process.at(key), automatic.at(key)]
    if (one.value === undefined || other.value === undefined) continue
    const same =
      key === 'escalation_levels' ? one.value === other.value : process.seconds(key, 'm') === automatic.seconds(key, 'm')
    if (same) continue
    other.problem(
      'contradiction',
      `${key} is ${other.value} here and ${one.value} in escalation_process (${one.origin})`,
      'there is one escalation: make the two say the same',
    )
  }
}

function approval(root: Reader, config: Config): void {
  if (config.autoApprove && config.environment !== 'development') {
    root
      .at('auto_approve')
      .problem('auto_approve', `auto_approve is only for environment: development, not ${config.environment}`, 'remove it')
  }
  if (config.environment !== 'production') return
  const review = root.at('certification_validation').at('manual_review')
  for (const key of ['enabled', 'approval_required']) {
    if (!review.flag(key, true))
      review
        .at(key)
        .problem('approval_off', 'approval cannot be switched off in environment: production', 'remove it, or write true')
  }
}

function review(root: Reader, config: Config): void {
  const { reviewTimeoutHours, escalationTimeoutHours } = config.manualReview
  if (reviewTimeoutHours < escalationTimeoutHours) return
  root
    .at('certification_validation')
    .at('manual_review')
    .problem(
      'contradiction',
      `review_timeout (${reviewTimeoutHours} h) must be shorter than escalation_timeout (${escalationTimeoutHours} h)`,
      'the reminder comes before the end',
    )
}

function targets(root: Reader, config: Config): void {
  for (const event of EVENTS) {
    const reader = root.at('target').at(event)
    const level = config.levels.find((one) => one.id === levelId(config.target[event]))
    if (reader.origin === 'default' || level?.enabled !== false) continue
    reader.notice(
      'target_disabled',
      `the target for ${event} is level ${config.target[event]}, which is switched off`,
      'enable the level, or lower the target',
    )
  }
}

function gates(root: Reader, config: Config): void {
  for (const gate of config.gates) {
    const level = config.levels.find((one) => one.number === gate.number)
    if (gate.explicit !== true || level?.enabled !== false) continue
    root
      .at('certification_gates')
      .at(gate.id)
      .notice(
        'gate_without_level',
        `gate ${gate.number} is on while its level is off: only what needs no level is judged`,
        'switch the gate off too, or the level on',
      )
  }
}

/** A lock on something that does not exist protects nothing. */
function lock(item: Reader): void {
  let rule: SchemaNode | null = PROCESS
  for (const key of keysOf(longPointer(String(item.value)))) {
    const allowed: string[] = Object.keys(followed(rule).properties ?? {})
    rule = below(rule, key)
    if (rule !== null) continue
    item.problem(
      'unknown_pointer',
      `${JSON.stringify(item.value)} points to no setting`,
      meantOf(key, allowed) ?? 'a pointer is made of keys of this file: /certification_gates',
    )
    return
  }
}

/** What differs by environment cannot itself say which environment it is, or stand on another file. */
function environments(root: Reader): void {
  for (const environment of root.entries('environments')) {
    for (const key of ['environments', 'environment', 'extends', 'locked', 'policy_refs']) {
      if (environment.has(key))
        environment.at(key).problem('not_allowed', `${key} cannot differ by environment`, 'write it at top level')
    }
  }
}
