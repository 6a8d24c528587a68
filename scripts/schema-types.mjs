// TypeScript types of the config as a person writes it, from the schema.
import { compile } from 'json-schema-to-typescript'

/** The tool knows neither `x-` patterns (it would let any key through) nor types beside a $ref. */
function forTypes(node) {
  if (Array.isArray(node)) return node.map(forTypes)
  if (node === null || typeof node !== 'object') return node
  if (typeof node.$ref === 'string') return { $ref: node.$ref }
  const dropped = ['patternProperties', 'propertyNames', 'pattern', 'minItems', 'x-env', 'x-unit', 'x-meaning']
  const entries = Object.entries(node).filter(([key]) => !dropped.includes(key))
  const rest = Object.fromEntries(entries.map(([key, value]) => [key, key === 'enum' ? value : forTypes(value)]))
  if (node.enum && Array.isArray(node.type)) delete rest.type
  return rest
}

/** Names that would otherwise hide something else of that name. */
const NAMES = { process: 'Certification', date: 'CalendarDate', level: 'LevelName' }

function pascal(name) {
  if (name in NAMES) return NAMES[name]
  return name.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase())
}

export async function typesOf(schema, process) {
  const defs = { ...schema.$defs, process }
  const titled = Object.fromEntries(
    Object.entries(defs).map(([name, node]) => [name, { ...forTypes(node), title: pascal(name) }]),
  )
  const root = {
    type: 'object',
    additionalProperties: false,
    properties: { process: { $ref: '#/$defs/process' } },
    $defs: titled,
  }
  const made = await compile(root, 'Root', {
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
    declareExternallyReferenced: true,
  })
  const plain = made
    .replace(/^ \*\s*\n \* This interface was referenced by .*\n \* via the `definition` .*\n/gm, '')
    .replace(/^\/\*\*\n \* This interface was referenced by .*\n \* via the `definition` .*\n \*\/\n/gm, '')
  const extensible = plain.replace(/^(export interface \w+ \{)$/gm, `$1\n[key: \`x-\${string}\`]: unknown`)
  const lines = extensible.replace(/^export interface Root \{[^}]*\}\n/m, '').trim()
  return `${lines}\n\n/** The whole file: the keys at top level, or below the wrapper. */\nexport type CertificationFile = Certification | { version?: 1; extends?: string; certification_process: Certification }\n`
}
