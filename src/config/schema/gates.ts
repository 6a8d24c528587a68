// The gates: what lets a change in, out, and on.
import { flag, record, ref, type SchemaNode, section, text, texts } from './node.ts'

export const GATE_KEYS = [
  'gate_1_component_gate',
  'gate_2_integration_gate',
  'gate_3_service_gate',
  'gate_4_system_gate',
] as const

function gate(number: number, manual: boolean, automatic: boolean): SchemaNode {
  return section(
    {
      name: text,
      description: text,
      entry_criteria: { type: 'array', items: ref('requirement') },
      exit_criteria: { type: 'array', items: ref('requirement') },
      deliverables: { type: 'array', items: ref('deliverable') },
      auto_progression: flag(automatic),
      manual_approval: flag(manual),
      environment: { type: 'string', minLength: 1, description: 'GitHub environment whose required reviewers approve.' },
      refs: { ...texts, description: 'Branches and tags that may come to the approval.' },
      questions: { ...texts, description: 'Asked of whoever approves; answered in the comment of the approval.' },
      sign_offs: { type: 'array', items: ref('sign_off') },
    },
    `CERTIFICATION_GATE_${number}_ENABLED`,
  )
}

const manual = [false, false, true, true]
const automatic = [true, true, true, false]
const gates: Record<string, SchemaNode> = {}
export const gateDefs: Record<string, SchemaNode> = {}
for (const [index, key] of GATE_KEYS.entries()) {
  gateDefs[`gate_${index + 1}`] = gate(index + 1, manual[index]!, automatic[index]!)
  gates[key] = ref(`gate_${index + 1}`)
  gates[`gate_${index + 1}`] = ref(`gate_${index + 1}`)
}

export const gatesSection: SchemaNode = record(gates)
