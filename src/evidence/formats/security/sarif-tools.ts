// Which SARIF tools are security scanners, of what kind, and which of their results are about security.
import type { Finding, ScanKind } from '../../../model/evidence.ts'
import type { Limits } from '../../format.ts'
import { field, isObject, type JsonObject, objectAt, textAt } from '../../scan/json-fields.ts'
import type { Rules } from './sarif-rules.ts'
import { namesSecurity } from './security-rules.ts'

export interface Tool {
  name: string
  /** Name and version. */
  label: string
  known: Known | null
}

interface Known {
  scans: readonly ScanKind[]
  /** Also finds what has nothing to do with security: then a rule's own tags decide. */
  mixed: boolean
}

const only = (...scans: ScanKind[]): Known => ({ scans, mixed: false })
const also = (...scans: ScanKind[]): Known => ({ scans, mixed: true })

/** By the beginning of the name, lower case, letters and digits only; the longest that fits counts, short ones only whole. */
const KNOWN: ReadonlyMap<string, Known> = new Map([
  ...[
    'bandit',
    'gosec',
    'golangsecuritychecker',
    'brakeman',
    'flawfinder',
    'securitycodescan',
    'devskim',
    'njsscan',
    'mobsfscan',
    'nodejsscan',
    'snykcode',
    'bearer',
    'horusec',
    'zizmor',
    'poutine',
    'veracode',
    'fortify',
    'findsecbugs',
    'appscan',
    'cppsecurity',
    'graudit',
  ].map((name) => [name, only('sast')] as const),
  ...['codeql', 'lgtm', 'semgrep', 'opengrep', 'sonar', 'coverity', 'klocwork', 'qodana', 'spotbugs'].map(
    (name) => [name, also('sast')] as const,
  ),
  ...[
    'grype',
    'osvscanner',
    'osv',
    'dependencycheck',
    'snykopensource',
    'snykcli',
    'npmaudit',
    'cargoaudit',
    'cargodeny',
    'pipaudit',
    'govulncheck',
    'retirejs',
    'depscan',
    'blackduck',
    'mend',
    'auditjs',
  ].map((name) => [name, only('sca')] as const),
  ...['snykcontainer', 'dockle', 'clair', 'dockerscout', 'anchore'].map((name) => [name, only('container')] as const),
  ...[
    'tfsec',
    'checkov',
    'kics',
    'terrascan',
    'snykiac',
    'kubescape',
    'kubelinter',
    'kubesec',
    'polaris',
    'cfnnag',
    'templateanalyzer',
  ].map((name) => [name, only('iac')] as const),
  ...['gitleaks', 'secretlint', 'trufflehog', 'detectsecrets', 'ggshield', 'betterleaks', 'credscan', 'credentialscanner'].map(
    (name) => [name, only('secrets')] as const,
  ),
  ...['zap', 'owaspzap', 'nuclei', 'nikto', 'stackhawk', 'burp', 'wapiti', 'dastardly', 'arachni'].map(
    (name) => [name, only('dast')] as const,
  ),
  ...['fossa', 'scancode', 'licensefinder', 'ort'].map((name) => [name, only('license')] as const),
  ...['trivy', 'checkmarx', 'snyk', 'msdo', 'wiz', 'prismacloud', 'aqua'].map((name) => [name, only()] as const),
])

/** What a rule's tags say of the kind of scan that found it. */
const TAGS: ReadonlyMap<string, ScanKind> = new Map([
  ['sast', 'sast'],
  ['sca', 'sca'],
  ['vulnerability', 'sca'],
  ['container', 'container'],
  ['containers', 'container'],
  ['iac', 'iac'],
  ['kics', 'iac'],
  ['misconfiguration', 'iac'],
  ['secret', 'secrets'],
  ['secrets', 'secrets'],
  ['dast', 'dast'],
  ['license', 'license'],
])

export function toolOf(run: JsonObject, limits: Limits): Tool {
  const tool = objectAt(run, 'tool')
  const driver = tool && objectAt(tool, 'driver')
  const name = (driver && textAt(driver, 'name', limits)?.slice(0, limits.nameLength)) || 'unnamed tool'
  const version = driver && (textAt(driver, 'semanticVersion', limits) || textAt(driver, 'version', limits))
  return { name, label: version ? `${name} ${version.slice(0, 100)}` : name, known: knownAs(name) }
}

function knownAs(name: string): Known | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  let best = ''
  for (const start of KNOWN.keys()) {
    const fits = start.length < 5 ? plain === start : plain.startsWith(start)
    if (fits && start.length > best.length) best = start
  }
  return KNOWN.get(best) ?? null
}

/** The rule's tags say so, or its name; else it is what the tool is for. Lint results of lint tools are not. */
export function isSecurity(tool: Tool, id: string, rule: JsonObject | null): boolean {
  const tags = tagsOf(rule)
  if (tags.some(saysSecurity) || namesSecurity(id)) return true
  if (!tool.known) return false
  // CodeQL and the like tag each rule; one without tags is not known to be harmless.
  return !tool.known.mixed || tags.length === 0
}

/** The kinds of scan a completed run was. Of an unknown tool without any security rule nothing is claimed. */
export function scansOf(tool: Tool, run: JsonObject, rules: Rules, findings: readonly Finding[]): ScanKind[] {
  const tagged = rules.all.flatMap(tagsOf).flatMap((tag) => TAGS.get(tag) ?? [])
  const scans = new Set<ScanKind>([...(tool.known?.scans ?? []), ...(tool.known ? tagged : [])])
  // Trivy's and Grype's SARIF name the image they looked into.
  const properties = field(run, 'properties')
  if (tool.known && isObject(properties) && typeof field(properties, 'imageName') === 'string') scans.add('container')
  if (scans.size > 0) return [...scans]
  if (tool.known) return ['sca']
  const security = findings.some((finding) => finding.security) || rules.all.some((rule) => tagsOf(rule).some(saysSecurity))
  return security ? (tagged.length > 0 ? [...new Set(tagged)] : ['sast']) : []
}

/** No more of them than anybody writes: they are looked at for each result. */
function tagsOf(rule: JsonObject | null): string[] {
  const properties = rule && field(rule, 'properties')
  const tags = isObject(properties) ? field(properties, 'tags') : null
  if (!Array.isArray(tags)) return []
  return tags
    .slice(0, 100)
    .filter((tag) => typeof tag === 'string')
    .map((tag) => tag.slice(0, 100).toLowerCase())
}

function saysSecurity(tag: string): boolean {
  return tag === 'security' || TAGS.has(tag) || /^(?:external\/cwe|cwe|owasp)/.test(tag)
}
