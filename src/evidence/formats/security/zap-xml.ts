// ZAP's XML report, streamed.
import type { Finding } from '../../../model/evidence.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { withoutLateDeclaration } from '../../scan/xml-late.ts'
import { type ZapAlert, zapFinding, zapResult } from './zap-alerts.ts'

/**
 * ZAP's traditional XML report, with and without requests and responses. Read and counted as
 * [the JSON form](#zap-json-zap-json). Comments and blank lines before the XML declaration, which tools put there, are passed over.
 */
export const zapXml: Format<'security'> = {
  id: 'zap-xml',
  kind: 'security',
  title: 'ZAP (XML)',
  producers: ['ZAP', 'OWASP ZAP', 'zap-baseline', 'zap-full-scan'],
  discovers: ['**/report_xml.xml', '**/zap.xml', '**/zap-report.xml'],
  recognises: ({ xmlRoot }) => xmlRoot === 'OWASPZAPReport',
  read: (source, limits) => new Reader(source, limits).read(),
}

/** Elements whose text is read, by their parent. */
const TEXTS: ReadonlySet<string> = new Set([
  ...['pluginid', 'alertRef', 'alert', 'name', 'riskcode', 'confidence'].map((name) => `alertitem/${name}`),
  'instance/uri',
])

class Reader implements XmlHandler {
  private readonly stack: string[] = []
  private readonly findings: Finding[] = []
  private version: string | null = null
  private createdAt: string | null = null
  private sites = 0
  private site: string | null = null
  private texts = new Map<string, string>()

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): ReadResult<'security'> {
    readXml(withoutLateDeclaration(this.source), this.limits, this)
    const { version, createdAt, sites, findings } = this
    if (version === null) throw refusal('wrong_shape', 'names no version of ZAP', { path: this.source.path })
    return zapResult({ version, createdAt, sites, findings }, this.limits)
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    if (parent === undefined) {
      if (name !== 'OWASPZAPReport') throw tag.fault('its root element is none of ZAP', 'unexpected_root')
      this.version = tag.text('version')
      this.createdAt = tag.text('created')
    } else if (name === 'site' && parent === 'OWASPZAPReport') {
      this.sites++
      this.site = tag.text('name')
    } else if (name === 'alertitem') {
      if (this.findings.length >= this.limits.findings)
        throw tag.fault(`holds more than ${this.limits.findings} findings`, 'too_many')
      this.texts = new Map()
    }
    return TEXTS.has(`${parent}/${name}`)
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    if (name === 'alertitem') this.findings.push(zapFinding(this.alert(), this.limits))
    const value = text?.trim()
    if (value && !this.texts.has(name)) this.texts.set(name, value)
  }

  private alert(): ZapAlert {
    const text = (key: string) => this.texts.get(key) ?? null
    return {
      site: this.site,
      plugin: text('pluginid'),
      reference: text('alertRef'),
      name: text('name') ?? text('alert'),
      risk: text('riskcode'),
      confidence: text('confidence'),
      url: text('uri'),
    }
  }
}
