// OpenVEX: what its author says of vulnerabilities in products. Statements, never a scan.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { asObject, field, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { checkContext, type VexStatement, vexStatements } from './openvex-statements.ts'
import { packageOfPurl } from './purl.ts'
import { findingOf, securityFacts } from './scanner-finding.ts'

/**
 * Documents of the contexts `https://openvex.dev/ns` and `.../ns/v0.x`.
 * - Statements of status not_affected and fixed are suppressed findings of unknown severity, one each; affected and
 *   under_investigation set nothing aside and are left out.
 * - It is no scan, whatever it says: as evidence it counts as a scan that failed and vouches for nothing, and no statement
 *   hides what a scanner found. To accept findings is for the policy: it names the document under `vex`, with an owner and an
 *   expiry ([configuration](configuration.md#vex-documents)).
 * - Refused: a statement of another status, or of no vulnerability.
 */
export const openvex: Format<'security'> = {
  id: 'openvex',
  kind: 'security',
  title: 'OpenVEX (JSON)',
  producers: ['vexctl', '`govulncheck -format openvex`', 'Trivy', 'Grype'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('@context') === true &&
    /"@context"\s*:\s*"(?:https?:\/\/openvex\.dev\/ns|text\/vex\+json)/.test(text),
  read(source, limits): ReadResult<'security'> {
    const document = asObject(readJson(source, limits), 'the document')
    checkContext(document)
    const failure = 'a VEX document says what does not apply, and is no scan; to accept findings is for the policy'
    const findings = vexStatements(document, limits)
      .filter(({ status }) => status === 'not_affected' || status === 'fixed')
      .map(suppression)
    return {
      facts: securityFacts({ findings, tools: ['OpenVEX'], scans: [], failure }, limits),
      info: {
        producer: textAt(document, 'tooling', limits)?.slice(0, 200) || null,
        commit: null,
        createdAt: isoOf(field(document, 'last_updated')) ?? isoOf(field(document, 'timestamp')),
      },
      problems: [{ code: 'nothing_measured', message: failure }],
    }
  },
}

/** The package where the statement is of one. */
function suppression({ vulnerability, products, justification, impact }: VexStatement): Finding {
  const things = products.flatMap(({ names, parts }) => (parts.length > 0 ? parts : names))
  const named = things.length === 1 ? packageOfPurl(things[0]!) : null
  return findingOf({
    rule: vulnerability[0]!,
    title: justification ?? impact,
    tool: 'OpenVEX',
    package: named?.name ?? null,
    version: named?.version ?? null,
    identifiers: vulnerability,
    state: 'suppressed',
  })
}
