// JMeter's results as XML (JTL): one element a sample, samples of a sample inside it.
import type { Problem } from '../../../model/problem.ts'
import type { Format, ReadResult } from '../../format.ts'
import { problem, quote } from '../../problems.ts'
import { isoOf } from '../../scan/stamps.ts'
import { readXml, type XmlTag } from '../../scan/xml.ts'
import { Samples } from './samples.ts'

/**
 * - Read: `sample` and `httpSample` directly below `testResults`: `t`, `s`, `lb`, `ts`. The file is read as a stream.
 * - Counted: as in the CSV of JMeter. Samples within a sample (those of a transaction controller, embedded resources,
 *   redirects) are parts of it and not counted again.
 * - Elements of plugins that write their own kind of result are passed over, and said.
 * - Refused: XML that ends before `</testResults>`, as of a run that was killed; a sample whose `t` is absent or no number.
 */
export const jmeterJtlXml: Format<'performance'> = {
  id: 'jmeter-jtl-xml',
  kind: 'performance',
  title: 'JMeter results (JTL, XML)',
  producers: ['JMeter: `jmeter -n -l results.jtl -Jjmeter.save.saveservice.output_format=xml`', 'Taurus: `error.jtl`'],
  discovers: ['**/*.jtl'],
  recognises: ({ xmlRoot, xmlNames, text }) =>
    xmlRoot === 'testResults' &&
    (xmlNames.has('sample') || xmlNames.has('httpSample') || /<testResults version="1\.\d"/.test(text)),
  read(source, limits): ReadResult<'performance'> {
    const samples = new Samples(limits)
    const problems: Problem[] = []
    const others = new Map<string, number>()
    let depth = 0
    readXml(source, limits, {
      open(tag) {
        depth++
        if (depth === 1 && tag.name !== 'testResults')
          throw tag.fault(`the root element is ${quote(tag.name)}, not testResults`, 'unexpected_root')
        if (depth !== 2) return false
        if (tag.name === 'sample' || tag.name === 'httpSample') addTo(samples, tag)
        else if (others.size < 20 || others.has(tag.name)) others.set(tag.name, (others.get(tag.name) ?? 0) + 1)
        return false
      },
      close() {
        depth--
      },
    })
    for (const [name, count] of others) {
      const message = `${quote(name)} is no sample that is known: ${count} of them passed over`
      problems.push(problem('wrong_shape', message, { path: source.path }))
    }
    return {
      facts: samples.facts(),
      info: { producer: 'JMeter', commit: null, createdAt: isoOf(samples.began) },
      problems: [...samples.problems(), ...problems].slice(0, limits.problems),
    }
  },
}

function addTo(samples: Samples, tag: XmlTag): void {
  const elapsed = tag.int('t')
  if (elapsed === null) throw tag.fault('a sample has no "t", its time in milliseconds', 'wrong_shape')
  const ok = tag.text('s')
  if (!samples.add(tag.text('lb') ?? '', tag.number('ts') ?? -1, elapsed, ok === null ? null : ok === 'true'))
    throw tag.fault(`t=${elapsed} is no time in milliseconds`, 'bad_number')
}
