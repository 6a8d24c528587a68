// A CycloneDX document, JSON or XML, as facts: what its vulnerabilities say, and whether it is a scan at all.
import type { Finding, ReportInfo, ScanKind, Severity } from '../../../model/evidence.ts'
import { SEVERITIES } from '../../../model/facts.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Limits, ReadResult } from '../../format.ts'
import { packageOfPurl } from './purl.ts'
import { severityOf } from './sarif-severity.ts'
import { distinctIds, findingOf, highestOf, scoreOf, securityFacts, severityOfWord } from './scanner-finding.ts'

export interface BomComponent {
  ref: string | null
  group: string | null
  name: string | null
  version: string | null
  purl: string | null
}

export interface BomRating {
  severity: string | null
  score: number | null
  method: string | null
}

export interface BomVulnerability {
  id: string | null
  references: string[]
  title: string | null
  ratings: BomRating[]
  /** Of its analysis. */
  state: string | null
  affects: { ref: string; fixedIn: string | null }[]
}

export interface Bom {
  tools: { name: string; version: string | null }[]
  createdAt: string | null
  /** Type of the component that the document is about. */
  subject: string | null
  components: BomComponent[]
  vulnerabilities: BomVulnerability[]
}

/** Writers whose list of vulnerabilities is the outcome of a scan even where it is empty; others write an empty one into inventories. */
const SCANNERS: ReadonlySet<string> = new Set(['grype'])
const SET_ASIDE: ReadonlySet<string | null> = new Set(['resolved', 'resolved_with_pedigree', 'false_positive', 'not_affected'])

/** `listed`: the document has a list of vulnerabilities, however empty. */
export function readBom(bom: Bom, listed: boolean, limits: Limits): ReadResult<'security'> {
  const [writer] = bom.tools
  const tool = writer?.name.slice(0, 200) ?? 'CycloneDX'
  const components = new Map(bom.components.filter(({ ref }) => ref !== null).map((one) => [one.ref!, one]))
  const findings = bom.vulnerabilities.map((one) => vulnerability(one, components, tool))
  const failure = failureOf(bom, findings, listed)
  const info: ReportInfo = {
    producer: writer
      ? [writer.name, writer.version]
          .filter((part) => part)
          .join(' ')
          .slice(0, 200)
      : null,
    commit: null,
    createdAt: bom.createdAt,
  }
  const scans: ScanKind[] = failure === null ? [bom.subject === 'container' ? 'container' : 'sca'] : []
  const problems: Problem[] = failure === null ? [] : [{ code: 'nothing_measured', message: `is no scan: ${failure}` }]
  return { facts: securityFacts({ findings, tools: [tool], scans, failure }, limits), info, problems }
}

function failureOf({ tools, components }: Bom, findings: readonly Finding[], listed: boolean): string | null {
  if (findings.length === 0)
    return listed && tools.some(({ name }) => SCANNERS.has(name.toLowerCase()))
      ? null
      : 'it lists no vulnerabilities, as an inventory (SBOM) does that nobody has scanned'
  return components.length === 0 && findings.every(({ state }) => state !== 'active')
    ? 'it only says what does not apply (VEX); to accept a finding is for the policy'
    : null
}

function vulnerability(one: BomVulnerability, components: ReadonlyMap<string, BomComponent>, tool: string): Finding {
  const packages = one.affects.map(({ ref }) => packageAt(ref, components)).filter((found) => found !== null)
  const [id = 'unknown'] = distinctIds([one.id])
  return findingOf({
    rule: id,
    title: one.title,
    severity: worst(one.ratings),
    score: highest(one.ratings),
    tool,
    package: common(packages.map(({ name }) => name)),
    version: common(packages.map(({ version }) => version)),
    fixedIn: common(one.affects.map(({ fixedIn }) => fixedIn)),
    identifiers: distinctIds([one.id, ...one.references]),
    state: SET_ASIDE.has(one.state) ? 'suppressed' : 'active',
  })
}

/** The worst severity in words; without one the worst score, and without that nothing is known. */
function worst(ratings: readonly BomRating[]): Severity {
  const words = new Set(ratings.map(({ severity }) => severityOfWord(severity)))
  const known = SEVERITIES.find((severity) => severity !== 'unknown' && words.has(severity))
  return known ?? severityOf(highest(ratings), '')
}

/** Other methods than CVSS count on scales of their own. */
function highest(ratings: readonly BomRating[]): number | null {
  return highestOf(ratings.map(({ method, score }) => (method === null || /^cvss/i.test(method) ? scoreOf(score) : null)))
}

/** By the reference within the document, or at the end of a link to another one (`urn:cdx:SERIAL/VERSION#REF`), or a purl. */
function packageAt(ref: string, components: ReadonlyMap<string, BomComponent>): { name: string; version: string | null } | null {
  const link = ref.startsWith('urn:cdx:') ? ref.indexOf('#') : -1
  const local = link === -1 ? ref : ref.slice(link + 1)
  const found = components.get(ref) ?? components.get(local)
  const named = packageOfPurl(found?.purl ?? local)
  if (named) return { name: named.name, version: found?.version ?? named.version }
  if (!found?.name) return null
  return { name: found.group ? `${found.group}/${found.name}` : found.name, version: found.version }
}

/** What all say; null: they differ, or there is none. */
function common(texts: readonly (string | null)[]): string | null {
  const [first = null] = texts
  return first !== null && texts.every((text) => text === first) ? first.slice(0, 200) : null
}
