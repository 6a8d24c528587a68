// The gates: entry, exit, deliverables and who approves.
import type { GateConfig, SignOffRule } from '../model/config.ts'
import { LEVEL_IDS, type LevelNumber } from '../model/level.ts'
import { deliverablesOf, type Known, requirementsOf } from './build-sentences.ts'
import type { Reader } from './reader.ts'
import { GATE_KEYS } from './schema/gates.ts'

export function gatesOf(root: Reader, known: Known): GateConfig[] {
  return GATE_KEYS.map((key, index) => {
    const reader = root.at('certification_gates').at(key)
    const level = LEVEL_IDS[index]!
    const enabled = reader.flag('enabled', true)
    return {
      number: (index + 1) as LevelNumber,
      id: key,
      enabled,
      explicit: enabled && reader.at('enabled').origin !== 'default',
      name: reader.text('name', key),
      entry: requirementsOf(reader, 'entry_criteria', { section: 'entry', level }, known),
      exit: requirementsOf(reader, 'exit_criteria', { section: 'exit', level }, known),
      deliverables: deliverablesOf(reader, 'deliverables', level, known),
      autoProgression: reader.flag('auto_progression', true),
      manualApproval: reader.flag('manual_approval', false),
      environment: reader.maybe('environment'),
      signOffs: reader.items('sign_offs').map(signOffOf),
      refs: reader.texts('refs'),
      questions: reader.texts('questions'),
    }
  })
}

function signOffOf(reader: Reader): SignOffRule {
  return {
    role: reader.text('role', ''),
    users: reader.texts('users'),
    teams: reader.texts('teams'),
    environment: reader.maybe('environment'),
    required: reader.flag('required', true),
    distinct: reader.flag('distinct', true),
  }
}
