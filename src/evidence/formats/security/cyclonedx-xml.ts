// CycloneDX XML: as the JSON form, streamed element by element.
import type { ByteSource, Format, Limits } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { isoOf } from '../../scan/stamps.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'
import { type Bom, type BomComponent, type BomVulnerability, readBom } from './cyclonedx-bom.ts'

const NAMESPACE = 'http://cyclonedx.org/schema/bom/'

/**
 * Read and counted as [CycloneDX (JSON)](#cyclonedx-json-cyclonedx-json), versions 1.4 to 1.x. The vulnerabilities that older
 * versions keep inside of components by an extension are not read: such a document is an inventory, and no scan.
 */
export const cyclonedxXml: Format<'security'> = {
  id: 'cyclonedx-xml',
  kind: 'security',
  title: 'CycloneDX (XML)',
  producers: ['Grype', 'OWASP Dependency-Track', 'cyclonedx-maven-plugin', 'cyclonedx-bom'],
  discovers: [],
  recognises: ({ xmlRoot, text }) => xmlRoot === 'bom' && text.includes(NAMESPACE),
  read(source, limits) {
    const { bom, listed } = new Reader(source, limits).read()
    return readBom(bom, listed, limits)
  },
}

/** Elements whose text is read, by their parent. */
const TEXTS: ReadonlySet<string> = new Set([
  'metadata/timestamp',
  ...['name', 'version'].map((name) => `tool/${name}`),
  ...['group', 'name', 'version', 'purl'].map((name) => `component/${name}`),
  ...['id', 'description'].map((name) => `vulnerability/${name}`),
  'reference/id',
  ...['score', 'severity', 'method'].map((name) => `rating/${name}`),
  'analysis/state',
  'target/ref',
  ...['version', 'status'].map((name) => `version/${name}`),
])

class Reader implements XmlHandler {
  private readonly bom: Bom = { tools: [], createdAt: null, subject: null, components: [], vulnerabilities: [] }
  private readonly stack: string[] = []
  private readonly open_: BomComponent[] = []
  private seenRoot = false
  private listed = false
  private one: BomVulnerability | null = null
  /** Of the version that an affected component is in. */
  private version: string | null = null

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {}

  read(): { bom: Bom; listed: boolean } {
    readXml(this.source, this.limits, this)
    if (!this.seenRoot) throw refusal('wrong_format', 'has no <bom> root element', { path: this.source.path })
    return { bom: { ...this.bom, tools: this.bom.tools.filter(({ name }) => name !== '') }, listed: this.listed }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    this.stack.push(name)
    const [, section] = this.stack
    if (parent === undefined) this.root(tag)
    else if (name === 'component') this.component(tag, section, parent)
    else if (section === 'metadata' && name === 'tool') this.bom.tools.push({ name: '', version: null })
    else if (section === 'vulnerabilities') this.vulnerability(tag, parent)
    return TEXTS.has(`${parent}/${name}`)
  }

  private root(tag: XmlTag): void {
    if (tag.name !== 'bom') return
    const namespace = tag.text('xmlns') ?? ''
    if (!namespace.startsWith(NAMESPACE)) throw tag.fault('its <bom> is none of CycloneDX')
    if (!/^1\.\d{1,3}$/.test(namespace.slice(NAMESPACE.length))) throw tag.fault('is not of CycloneDX 1.x', 'wrong_version')
    this.seenRoot = true
  }

  private component(tag: XmlTag, section: string | undefined, parent: string): void {
    const component = { ref: tag.text('bom-ref'), group: null, name: null, version: null, purl: null }
    this.open_.push(component)
    if (section === 'components') this.bom.components.push(component)
    else if (parent === 'metadata') this.bom.subject = tag.text('type')
  }

  private vulnerability(tag: XmlTag, parent: string): void {
    const { name } = tag
    if (parent === 'bom') this.listed = true
    else if (name === 'vulnerability' && this.stack.length === 3) {
      if (this.bom.vulnerabilities.length >= this.limits.findings)
        throw tag.fault(`holds more than ${this.limits.findings} findings`, 'too_many')
      this.one = { id: null, references: [], title: null, ratings: [], state: null, affects: [] }
      this.bom.vulnerabilities.push(this.one)
    } else if (name === 'rating') this.one?.ratings.push({ severity: null, score: null, method: null })
    else if (name === 'target') this.one?.affects.push({ ref: '', fixedIn: null })
  }

  close(name: string, text: string | null): void {
    this.stack.pop()
    const parent = this.stack.at(-1)
    if (name === 'component') this.closed(this.open_.pop()!, parent)
    else if (name === 'vulnerability') this.one = null
    if (text === null) return
    const value = text.trim() || null
    const component = this.open_.at(-1)
    if (parent === 'component' && component) component[name as 'name'] = value
    else if (parent === 'tool') this.tool(name, value)
    else if (parent === 'metadata') this.bom.createdAt = isoOf(value)
    else if (this.one) this.text(this.one, `${parent}/${name}`, value)
  }

  /** Since 1.5 the tools are components. */
  private closed({ name, version }: BomComponent, parent: string | undefined): void {
    if (this.stack[1] === 'metadata' && parent === 'components' && this.stack[2] === 'tools' && name)
      this.bom.tools.push({ name, version })
  }

  private tool(name: string, value: string | null): void {
    const tool = this.bom.tools.at(-1)
    if (!tool || this.stack[1] !== 'metadata') return
    if (name === 'name') tool.name = value ?? ''
    else tool.version = value
  }

  private text(one: BomVulnerability, key: string, value: string | null): void {
    const rating = one.ratings.at(-1)
    const target = one.affects.at(-1)
    if (key === 'vulnerability/id') one.id = value
    else if (key === 'vulnerability/description') one.title = value
    else if (key === 'reference/id') one.references.push(value ?? '')
    else if (key === 'analysis/state') one.state = value
    else if (key === 'target/ref' && target) target.ref = value ?? ''
    else if (key === 'version/version') this.version = value
    else if (key === 'version/status' && target && value === 'unaffected') target.fixedIn ??= this.version
    else if (key === 'rating/score' && rating) rating.score = scoreOf(value)
    else if (key === 'rating/severity' && rating) rating.severity = value
    else if (key === 'rating/method' && rating) rating.method = value
  }
}

function scoreOf(text: string | null): number | null {
  return text !== null && /^\d{1,3}(?:\.\d{1,10})?$/.test(text) ? Number(text) : null
}
