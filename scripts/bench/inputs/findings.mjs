// SARIF with as many results as asked for, in the shape code scanners give it.
import { seeded } from './random.mjs'

const SEVERITIES = [
  ['9.8', 'critical'],
  ['7.5', 'high'],
  ['5.0', 'medium'],
  ['2.0', 'low'],
]
const MESSAGE = 'This value comes from a request and reaches a query without being checked; bind it as a parameter. '.repeat(8)
const STEPS = 5

/** One in fifty is suppressed. Each has the flow of its data, as CodeQL gives it: about 2.4 KB a result. */
export function* sarif(results) {
  const random = seeded(7)
  const counts = { critical: 0, high: 0, medium: 0, low: 0 }
  const rules = Array.from({ length: 400 }, (_, at) => ({
    id: `shop/rule-${at}`,
    name: `Rule${at}`,
    shortDescription: { text: `What rule ${at} looks for` },
    properties: { 'security-severity': SEVERITIES[at % 4][0], tags: ['security', `external/cwe/cwe-${at}`] },
    defaultConfiguration: { level: 'error' },
  }))
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scanner","version":"1.0.0","rules":${JSON.stringify(rules)}}},"results":[\n`
  for (let at = 0; at < results; at += 1) {
    const rule = random(rules.length)
    const suppressed = random(50) === 0
    if (!suppressed) counts[SEVERITIES[rule % 4][1]] += 1
    const steps = Array.from({ length: STEPS }, () => ({
      location: { ...locationOf(random), message: { text: 'the value passes here' } },
    }))
    const result = {
      ruleId: rules[rule].id,
      ruleIndex: rule,
      message: { text: MESSAGE },
      locations: [locationOf(random)],
      partialFingerprints: { primaryLocationLineHash: `${at.toString(16).padStart(16, '0')}:1` },
      codeFlows: [{ threadFlows: [{ locations: steps }] }],
      ...(suppressed ? { suppressions: [{ kind: 'inSource' }] } : {}),
    }
    yield `${at === 0 ? '' : ',\n'}${JSON.stringify(result)}`
  }
  yield '\n]}]}\n'
  return { counts }
}

function locationOf(random) {
  const startLine = 1 + random(999)
  return {
    physicalLocation: {
      artifactLocation: { uri: `src/part${random(97)}/module${random(9999)}.js`, uriBaseId: '%SRCROOT%', index: random(9999) },
      region: { startLine, startColumn: 5, endLine: startLine, endColumn: 60 },
    },
  }
}
