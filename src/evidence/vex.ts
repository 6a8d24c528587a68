// A VEX document that the policy names, OpenVEX or CycloneDX JSON, as statements about packages.
import type { VexSaid, VexThing } from '../model/vex.ts'
import { checkBom } from './formats/security/cyclonedx-json.ts'
import { cyclonedxStatements } from './formats/security/cyclonedx-statements.ts'
import { checkContext, type VexStatement, vexStatements } from './formats/security/openvex-statements.ts'
import { packageOfPurl } from './formats/security/purl.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readJson, refused } from './scan/json.ts'
import { asObject } from './scan/json-fields.ts'

/** Longer names were cut when they were read: what one of them says of a version may be wrong. */
const LONGEST = 200

/** Throws CertifyError where it is neither, or not to be read. */
export function readVex(path: string, text: string): VexSaid[] {
  const bytes = new TextEncoder().encode(text)
  const root = asObject(readJson({ path, size: bytes.length, chunks: () => [bytes] }, DEFAULT_LIMITS), 'the document')
  const statements = statementsOf(root)
  if (statements.length > DEFAULT_LIMITS.findings)
    throw refused('too_many', `holds more than ${DEFAULT_LIMITS.findings} statements`)
  return statements.map(saidBy)
}

function statementsOf(root: ReturnType<typeof asObject>): VexStatement[] {
  if ('bomFormat' in root) {
    checkBom(root)
    return cyclonedxStatements(root, DEFAULT_LIMITS)
  }
  checkContext(root)
  return vexStatements(root, DEFAULT_LIMITS)
}

function saidBy({ vulnerability, products, status, justification, impact, saidAt }: VexStatement): VexSaid {
  const about = products.map(({ names, parts }) => ({ names: names.map(thingOf), parts: parts.map(thingOf) }))
  return { vulnerability, products: about, status, why: justification?.trim() || impact?.trim() || null, saidAt }
}

function thingOf(id: string): VexThing {
  const named = id.length < LONGEST ? packageOfPurl(id) : null
  return { id, package: named?.name ?? null, version: named?.version ?? null }
}
