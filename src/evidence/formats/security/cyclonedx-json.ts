// CycloneDX JSON: the vulnerabilities that a scanner or a vulnerability manager wrote into a bill of materials.
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson, refused } from '../../scan/json.ts'
import { arrayAt, asObject, field, inside, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import { isoOf } from '../../scan/stamps.ts'
import { type Bom, type BomComponent, type BomVulnerability, readBom } from './cyclonedx-bom.ts'

/**
 * Versions 1.4 to 1.x (before 1.4 there were no vulnerabilities).
 * - One finding per entry of `vulnerabilities`, however many components it affects; package and version where all of them
 *   agree. Severity: the worst in words of its ratings, else the band of the highest CVSS score, else unknown.
 * - `analysis.state` resolved, resolved_with_pedigree, false_positive and not_affected are suppressed, which counts where the
 *   policy names the document under `vex` ([configuration](configuration.md#vex-documents)); exploitable, in_triage and any other are open.
 * - No scan: a document without vulnerabilities (an inventory; Trivy and others write an empty list into those, only that of
 *   Grype says that it looked), or one without components whose every entry is suppressed (VEX). It says `nothing_measured`,
 *   and vouches for nothing.
 * - Kind of scan: container where `metadata.component` is one, else sca. Never found by name: an SBOM beside the reports is no
 *   failed scan.
 */
export const cyclonedxJson: Format<'security'> = {
  id: 'cyclonedx-json',
  kind: 'security',
  title: 'CycloneDX (JSON)',
  producers: ['Grype', 'Trivy', 'OWASP Dependency-Track', 'Snyk', 'Syft'],
  discovers: [],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    ((jsonKeys?.has('bomFormat') === true && /"bomFormat"\s*:\s*"CycloneDX"/.test(text)) ||
      (jsonKeys?.has('$schema') === true && /"\$schema"\s*:\s*"https?:\/\/cyclonedx\.org\/schema\/bom-/.test(text))),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the document')
    checkBom(root)
    const metadata = objectAt(root, 'metadata')
    const subject = metadata && objectAt(metadata, 'component')
    const listed = arrayAt(root, 'vulnerabilities')
    const bom: Bom = {
      tools: metadata ? toolsOf(metadata, limits) : [],
      createdAt: isoOf(metadata && field(metadata, 'timestamp')),
      subject: subject && textAt(subject, 'type', limits),
      components: componentsOf(root, limits),
      vulnerabilities: (listed ?? []).map((value, index) =>
        inside(
          () => `vulnerabilities[${index}]`,
          () => vulnerabilityOf(asObject(value, 'the entry'), limits),
        ),
      ),
    }
    return readBom(bom, listed !== null, limits)
  },
}

/** Throws where it is none of CycloneDX 1.x. */
export function checkBom(root: JsonObject): void {
  if (field(root, 'bomFormat') !== 'CycloneDX') throw refused('wrong_format', '"bomFormat" is not CycloneDX')
  const version = field(root, 'specVersion')
  if (typeof version !== 'string' || !/^1\.\d{1,3}$/.test(version))
    throw refused('wrong_version', 'is not of CycloneDX 1.x', { hint: 'Have the tool write CycloneDX 1.4 to 1.7.' })
}

/** A list of tools (to 1.4), or an object that holds them as components. */
function toolsOf(metadata: JsonObject, limits: Limits): Bom['tools'] {
  const tools = field(metadata, 'tools')
  return objectsIn(isObject(tools) ? field(tools, 'components') : tools).flatMap((tool) => {
    const name = textAt(tool, 'name', limits)
    return name ? [{ name, version: textAt(tool, 'version', limits) }] : []
  })
}

/** With those inside of them: the depth of the JSON is bounded. What is no component is passed over. */
export function componentsOf(parent: JsonObject, limits: Limits): BomComponent[] {
  return objectsIn(field(parent, 'components')).flatMap((one) => [
    {
      ref: textAt(one, 'bom-ref', limits),
      group: textAt(one, 'group', limits),
      name: textAt(one, 'name', limits),
      version: textAt(one, 'version', limits),
      purl: textAt(one, 'purl', limits),
    },
    ...componentsOf(one, limits),
  ])
}

function vulnerabilityOf(entry: JsonObject, limits: Limits): BomVulnerability {
  const analysis = objectAt(entry, 'analysis')
  return {
    id: textAt(entry, 'id', limits),
    references: objectsIn(field(entry, 'references')).map((one) => textAt(one, 'id', limits) ?? ''),
    title: textAt(entry, 'description', limits),
    ratings: objectsIn(field(entry, 'ratings')).map((one) => {
      const score = field(one, 'score')
      return {
        severity: textAt(one, 'severity', limits),
        score: typeof score === 'number' ? score : null,
        method: textAt(one, 'method', limits),
      }
    }),
    state: analysis && textAt(analysis, 'state', limits),
    affects: objectsIn(field(entry, 'affects')).map((one) => ({
      ref: textAt(one, 'ref', limits) ?? '',
      fixedIn: fixOf(one, limits),
    })),
  }
}

function fixOf(affected: JsonObject, limits: Limits): string | null {
  const fixed = objectsIn(field(affected, 'versions')).find((one) => field(one, 'status') === 'unaffected')
  return fixed ? textAt(fixed, 'version', limits) : null
}

export function objectsIn(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}
