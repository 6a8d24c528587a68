// SonarQube's generic coverage XML: files and their lines to cover, with the branches of a line as numbers.
import { countedFiles, totalOf } from '../../coverage/facts.ts'
import { CoverageStore } from '../../coverage/store.ts'
import type { ByteSource, Format, Limits, ReadResult } from '../../format.ts'
import { refusal } from '../../problems.ts'
import { readXml, type XmlHandler, type XmlTag } from '../../scan/xml.ts'

/**
 * - Read: `lineToCover` of each `file`: `covered` is `true` or `false` and nothing else; `branchesToCover` and
 *   `coveredBranches`, which is 0 where it is left out. States no totals, no hits and no time: a covered line counts one hit.
 * - Refused: a version other than 1 (as SonarQube does), more branches covered than there are.
 */
export const sonarGeneric: Format<'coverage'> = {
  id: 'sonar-generic',
  kind: 'coverage',
  title: 'SonarQube generic coverage (XML)',
  producers: ['`gcovr --sonarqube`', 'ReportGenerator', 'slather', 'xcresultparser'],
  discovers: ['**/sonarqube.xml', '**/sonarqube-generic-coverage.xml', '**/sonar-coverage.xml'],
  recognises: ({ xmlRoot, xmlNames }) =>
    xmlRoot === 'coverage' && xmlNames.has('version') && [...xmlNames].every((name) => name === 'version' || name === 'file'),
  read: (source, limits) => new Reader(source, limits).read(),
}

class Reader implements XmlHandler {
  private readonly store: CoverageStore
  private readonly stack: string[] = []

  constructor(
    private readonly source: ByteSource,
    private readonly limits: Limits,
  ) {
    this.store = new CoverageStore(source.path)
  }

  read(): ReadResult<'coverage'> {
    readXml(this.source, this.limits, this)
    const files = countedFiles(this.store)
    return {
      facts: { kind: 'coverage', totals: totalOf(files), declared: null, headline: null, files },
      info: { producer: null, commit: null, createdAt: null },
      problems: [],
    }
  }

  open(tag: XmlTag): boolean {
    const { name } = tag
    const parent = this.stack.at(-1)
    if (parent === undefined) this.root(tag)
    else if (name === 'file') {
      const path = tag.text('path')
      if (!path) throw tag.fault('a <file> lacks its path')
      this.store.begin(path)
    } else if (name === 'lineToCover') {
      if (parent !== 'file') throw tag.fault('a <lineToCover> stands in no <file>')
      this.line(tag)
    }
    this.stack.push(name)
    return false
  }

  close(): void {
    this.stack.pop()
  }

  private root(tag: XmlTag): void {
    const { path } = this.source
    if (tag.name !== 'coverage') throw refusal('wrong_format', 'has no <coverage> root element', { path })
    if (tag.text('version') !== '1') throw tag.fault('its version is not 1', 'wrong_version')
  }

  private line(tag: XmlTag): void {
    const line = tag.int('lineNumber')
    const covered = tag.text('covered')
    if (line === null || line > 0xffffffff) throw tag.fault('a <lineToCover> lacks its number, or it is out of range')
    if (covered !== 'true' && covered !== 'false') throw tag.fault('"covered" is neither true nor false', 'wrong_shape')
    this.store.line(line, covered === 'true' ? 1 : 0)
    const total = tag.int('branchesToCover') ?? 0
    const taken = tag.int('coveredBranches') ?? 0
    if (taken > total) throw tag.fault(`${taken} of ${total} branches are covered`, 'impossible_total')
    if (total > 0) this.store.branch(line, taken, total)
  }
}
