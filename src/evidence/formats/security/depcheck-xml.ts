// OWASP Dependency-Check's XML report, streamed.
import type { Finding } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { type DepcheckDependency, depcheckFinding, depcheckResult } from './depcheck.ts'
import { scoreOf } from './scanner-finding.ts'

/**
 * Read and counted as [the JSON form](#owasp-dependency-check-json-depcheck-json), element by element.
 */
export const depcheckXml: Format<'security'> = {
  id: 'depcheck-xml',
  kind: 'security',
  title: 'OWASP Dependency-Check (XML)',
  producers: ['OWASP Dependency-Check'],
  discovers: ['**/dependency-check-report.xml'],
  recognises: ({ xmlRoot, text }) => xmlRoot === 'analysis' && /dependency-check\.\d{1,3}\.\d{1,3}\.xsd/.test(text),
  read: (source, limits) => new Reader(source, limits).read(),
}

const SETS: ReadonlySet<string> = new Set(['vulnerability', 'suppressedVulnerability'])
const CVSS: readonly string[] = ['cvssV4', 'cvssV3', 'cvssV2']

/** Elements whose text is read, by their parent. */
const TEXTS: ReadonlySet<string> = new Set([
  'scanInfo/engineVersion',
  'projectInfo/reportDate',
  'exception/message',
  'dependency/fileName',
  'dependency/filePath',
  'package/id',
  ...[...SETS].flatMap((name) => ['name', 'severity', 'description'].map((text) => `${name}/${text}`)),
  ...CVSS.flatMap((name) => ['baseScore', 'baseSeverity', 'severity'].map((text) => `${name}/${text}`)),
])

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly report = {
    version: null as string | null,
    date: null as string | null,
    dependencies: 0,
    findings: [] as Finding[],
    failure: null as string | null,
  }
  private listed = false
  private dependency: DepcheckDependency = { fileName: null, filePath: null, purl: null }
  /** Texts of the vulnerability that is open, by their path below it. */
  private texts = new Map<string, string>()
  private readonly fixed = new Set<string>()

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'security'> {
    readXml(this.source, this.limits, this)
    if (!this.listed) throw refusal('wrong_shape', 'has no list of dependencies', { path: this.source.path })
    return depcheckResult(this.report, this.limits)
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    if (parent === undefined && name !== 'analysis') throw tag.fault(`its root is <${name.slice(0, 60)}>, not <analysis>`)
    this.stack.push(name)
    if (name === 'dependencies' && parent === 'analysis') this.listed = true
    else if (name === 'dependency' && parent === 'dependencies') {
      this.report.dependencies++
      this.dependency = { fileName: null, filePath: null, purl: null }
    } else if (SETS.has(name)) {
      if (this.report.findings.length >= this.limits.findings)
        throw tag.fault(`holds more than ${this.limits.findings} findings`, 'too_many')
      this.texts = new Map()
      this.fixed.clear()
    } else if (name === 'software' && tag.text('vulnerabilityIdMatched') === 'true') {
      const version = tag.text('versionEndExcluding')
      if (version && this.fixed.size < 100) this.fixed.add(version.slice(0, 200))
    } else if (name === 'exception' && parent === 'analysisExceptions') this.report.failure ??= 'an analyzer failed'
    return TEXTS.has(`${parent}/${name}`)
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    const parent = this.stack.at(-1)
    if (SETS.has(name) && parent === 'vulnerabilities') this.found(name === 'suppressedVulnerability')
    const value = text?.trim()
    if (!value) return
    const key = `${parent}/${name}`
    if (key === 'scanInfo/engineVersion') this.report.version = value
    else if (key === 'projectInfo/reportDate') this.report.date = value
    else if (key === 'exception/message') this.failed(value)
    else if (key === 'dependency/fileName' || key === 'dependency/filePath') this.dependency[name as 'fileName'] = value
    else if (key === 'package/id') this.packageId(value)
    else this.texts.set(SETS.has(parent ?? '') ? name : key, value)
  }

  /** The outermost exception says what it was; those inside of it say why. */
  private failed(message: string): void {
    if (this.report.failure === 'an analyzer failed') this.report.failure = message.slice(0, 300)
  }

  /** Of the dependency itself, not of a related one. */
  private packageId(value: string): void {
    if (this.stack.at(-3) === 'dependency') this.dependency.purl ??= value
  }

  private found(suppressed: boolean): void {
    const text = (key: string) => this.texts.get(key) ?? null
    const score = text('cvssV4/baseScore') ?? text('cvssV3/baseScore')
    const known = {
      name: text('name'),
      title: text('description'),
      severities: [text('severity'), text('cvssV4/baseSeverity'), text('cvssV3/baseSeverity'), text('cvssV2/severity')],
      score: score !== null && /^\d{1,2}(?:\.\d{1,10})?$/.test(score) ? scoreOf(Number(score)) : null,
      fixedIn: [...this.fixed].join(', ') || null,
      suppressed,
    }
    this.report.findings.push(depcheckFinding(this.dependency, known, this.limits))
  }
}
