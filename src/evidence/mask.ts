// Credentials that a test or scanner printed: gone before anything is judged, shown or recorded.
import type { Facts } from '../model/facts.ts'
import { SECRET_SHAPES } from '../model/secret-shapes.ts'

const EACH = SECRET_SHAPES.map((shape) => new RegExp(shape.source, 'g'))
/** Text longer than this is cut before it is looked through; nothing shows more of it. */
const LONGEST = 64 * 1024

export function maskSecrets(text: string): string {
  return EACH.reduce((masked, shape) => masked.replace(shape, '***'), text.slice(0, LONGEST))
}

/** The same facts; messages and traces of tests, titles of findings and why a scan failed are changed in place. */
export function maskFacts<F extends Facts>(facts: F): F {
  if (facts.kind === 'tests') {
    for (const test of facts.cases) {
      if (test.message !== null) test.message = maskSecrets(test.message)
      if (test.trace !== null) test.trace = maskSecrets(test.trace)
    }
  } else if (facts.kind === 'security') {
    for (const finding of facts.findings) if (finding.title !== null) finding.title = maskSecrets(finding.title)
    if (facts.failure !== null) facts.failure = maskSecrets(facts.failure)
  }
  return facts
}
