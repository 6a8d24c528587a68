// The XML tokenizer: what it refuses, where, and that it says the same as saxes of what is well-formed.
import { describe, expect, it } from '@jest/globals'
import type { Limits } from '../../../src/evidence/format.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { readXml } from '../../../src/evidence/scan/xml.ts'
import { CertifyError } from '../../../src/model/problem.ts'
import { bytesOf, fixturesOf } from '../../support/fixtures.ts'
import { sourceOf } from '../../support/source.ts'
import { ours, theirs } from '../../support/xml-events.ts'

/** A small deterministic generator of documents with everything in them. */
function generated(seed: number): string {
  let state = seed * 2654435761 + 1
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return list[(state >>> 8) % list.length]!
  }
  const value = () =>
    pick([
      '',
      'a',
      'a&amp;b',
      '&lt;i&gt; &apos;n&quot; &amp;amp;\r\n\t',
      `${'&amp;'.repeat(900)}`,
      '&#65;&#x1F600;',
      "it's",
      'tab\there',
      'line\nbreak',
      'dos\r\nbreak',
      'grün 漢字 😀',
      ']]',
      'a > b',
      'x'.repeat(300),
    ])
  const text = () =>
    pick([
      value(),
      '\r',
      '\r\n',
      ' ',
      '<![CDATA[ <raw> & ]] \r\n ]]>',
      '<!-- a - comment > -->',
      '<?pi some > thing?>',
      ']',
      ']] >',
      '&quot;&apos;&lt;&gt;',
    ])
  const element = (depth: number): string => {
    const name = pick(['a', 'testcase', 'ns:b', 'Ünï', '_x.y-z'])
    const names = ['x', 'y', 'ä', 'z:z'].filter(() => pick([true, false]))
    const attributes = names
      .map((attribute) => `${pick([' ', '\n ', '\t'])}${attribute}${pick(['=', ' = '])}"${value()}"`)
      .join('')
    if (pick([true, false, false])) return `<${name}${attributes}${pick(['', ' '])}/>`
    const children = Array.from({ length: depth > 5 ? 0 : pick([0, 1, 2, 4]) }, () => text() + element(depth + 1)).join('')
    return `<${name}${attributes}>${children}${text()}</${name}${pick(['', ' ', '\n'])}>`
  }
  const doctype = pick(['', '<!DOCTYPE a SYSTEM "a.dtd">', '<!DOCTYPE a [<!ELEMENT a ANY><!-- it\'s ] > --><!ENTITY e "]>">]>'])
  return `${pick(['', '<?xml version="1.0" encoding="UTF-8"?>'])}${pick(['', '\n'])}${doctype}<!-- before -->${element(0)}\n<!-- after -->`
}

describe('against saxes', () => {
  it('says the same of four hundred generated documents, in chunks of any size', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const text = generated(seed)
      const expected = theirs(text)
      for (const size of [1, 3, 1 << 16]) expect([seed, size, ours(bytesOf(text), size)]).toEqual([seed, size, expected])
    }
  })

  it('says the same of the XML fixtures', () => {
    const formats = ['cobertura', 'jacoco', 'clover', 'junit', 'trx']
    const fixtures = formats.flatMap((format) => ['valid', 'failing', 'empty'].flatMap((kind) => fixturesOf(format, kind)))
    expect(fixtures.length).toBeGreaterThan(15)
    for (const { name, bytes } of fixtures) {
      if (/utf16|latin1/.test(name)) continue
      const text = new TextDecoder('utf-8').decode(bytes)
      expect([name, ours(bytesOf(text), 64)]).toEqual([name, theirs(text)])
    }
  })

  it('refuses what saxes refuses', () => {
    // Nothing in a document type or XML declaration is read but the encoding, so nothing else in them is refused.
    for (let seed = 1; seed <= 300; seed++) {
      const text = generated(seed)
      const at = (seed * 7919) % text.length
      const broken = text.slice(0, at) + ['<', '&', '"', '>', '\u0001', ']]>'][seed % 6]! + text.slice(at)
      let refused = false
      try {
        theirs(broken)
      } catch {
        refused = true
      }
      // Nothing in a document type is read, so nothing in it is refused.
      if (!refused || at < text.indexOf('<!-- before') + 4) continue
      let ourWord = 'read'
      try {
        ours(bytesOf(broken), 7)
      } catch {
        ourWord = 'refused'
      }
      const place = `${seed}: ${broken.slice(Math.max(0, at - 40), at + 20)}`
      expect([place, ourWord]).toEqual([place, 'refused'])
    }
  })
})

function fault(content: string | Uint8Array, limits: Limits = DEFAULT_LIMITS) {
  try {
    readXml(sourceOf(content, 'r.xml'), limits, { open: () => true, close: () => undefined })
  } catch (error) {
    if (error instanceof CertifyError) return error.problems[0]!
    throw error
  }
  return null
}

describe('what is refused', () => {
  it.each([
    ['', 'empty', 1, 1],
    ['\n\n  ', 'empty', 3, 3],
    ['hello', 'xml_malformed', 1, 1],
    ['<a>', 'xml_truncated', 1, 4],
    ['<a', 'xml_truncated', 1, 3],
    ['<a><b></a></b>', 'xml_malformed', 1, 7],
    ['<a>\n  <b>\n</a>', 'xml_malformed', 3, 1],
    ['<a/><b/>', 'xml_malformed', 1, 5],
    ['<a/>text', 'xml_malformed', 1, 5],
    ['<a x="1" x="2"/>', 'xml_malformed', 1, 10],
    ['<a x=1/>', 'xml_malformed', 1, 6],
    ['<a x/>', 'xml_malformed', 1, 5],
    ['<a x="<"/>', 'xml_malformed', 1, 7],
    ['<a x="1"y="2"/>', 'xml_malformed', 1, 9],
    ['<a>&nbsp;</a>', 'xml_entity', 1, 4],
    ['<a x="&x;"/>', 'xml_entity', 1, 7],
    ['<a>&#0;</a>', 'xml_entity', 1, 4],
    ['<a>&#x110000;</a>', 'xml_entity', 1, 4],
    ['<a>& </a>', 'xml_entity', 1, 4],
    ['<a>\u0007</a>', 'xml_malformed', 1, 4],
    ['<a>ü\u0000</a>', 'xml_malformed', 1, 5],
    ['<a>]]></a>', 'xml_malformed', 1, 4],
    ['<a><!-- -- --></a>', 'xml_malformed', 1, 9],
    ['<a><!-- ', 'xml_truncated', 1, 9],
    ['<a><![CDATA[ ', 'xml_truncated', 1, 14],
    ['<a><!x></a>', 'xml_malformed', 1, 4],
    [' <?xml version="1.0"?><a/>', 'xml_malformed', 1, 2],
    ['<!DOCTYPE a [', 'xml_truncated', 1, 14],
    ['<1a/>', 'xml_malformed', 1, 2],
    ['</a>', 'xml_malformed', 1, 1],
  ])('%j', (text, code, line, column) => {
    expect(fault(text)).toMatchObject({ code, line, column, path: 'r.xml' })
  })

  it('bytes that are not UTF-8, and characters XML forbids', () => {
    for (const bytes of [
      [0xff],
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xef, 0xbf, 0xbe],
      [0xc3, 0x28],
    ]) {
      expect(fault(new Uint8Array([0x3c, 0x61, 0x3e, ...bytes, 0x3c, 0x2f, 0x61, 0x3e]))).toMatchObject({
        code: 'invalid_encoding',
        line: 1,
        column: 4,
      })
    }
  })

  it('a billion laughs: the entities are never read', () => {
    const lol = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('\n')
    expect(fault(`<!DOCTYPE a [<!ENTITY l0 "lol">${lol}]><a>&l10;</a>`)).toMatchObject({ code: 'xml_entity' })
  })

  it('too deep, too many attributes, too long a name, a tag without end', () => {
    expect(fault('<a>'.repeat(100_000))).toMatchObject({ code: 'xml_limit' })
    const attributes = Array.from({ length: 300 }, (_, at) => ` a${at}=""`).join('')
    expect(fault(`<a${attributes}/>`)).toMatchObject({ code: 'xml_limit' })
    expect(fault(`<${'a'.repeat(5000)}/>`)).toMatchObject({ code: 'xml_limit' })
    expect(fault(`<a x="${'y'.repeat(17 * 1024 * 1024)}`)).toMatchObject({ code: 'xml_limit' })
  })

  it('an encoding that is not known, and bytes that are not the declared one', () => {
    expect(fault('<?xml version="1.0" encoding="klingon"?><a/>')).toMatchObject({ code: 'unsupported_encoding' })
    expect(fault(new Uint8Array([0xff, 0xfe, 0x3c, 0x00, 0x00, 0xd8, 0x3e, 0x00]))).toMatchObject({ code: 'invalid_encoding' })
  })
})

describe('what is read', () => {
  const textsOf = (content: string | Uint8Array, limits = DEFAULT_LIMITS) => {
    const texts: (string | null)[] = []
    readXml(sourceOf(content, 'r.xml', 5), limits, { open: (tag) => tag.name === 't', close: (_, text) => texts.push(text) })
    return texts
  }

  it('gives the text of the elements asked for, their children included, cut at the limit', () => {
    expect(textsOf('<a>no<t>one<b>two</b>&lt;</t></a>')).toEqual([null, 'onetwo<', null])
    expect(textsOf(`<t>${'x'.repeat(100)}</t>`, { ...DEFAULT_LIMITS, textLength: 10 })).toEqual(['x'.repeat(10)])
  })

  it.each(['utf-16le', 'utf-16be'])('%s, with a byte order mark or without', (label) => {
    const text = '<?xml version="1.0" encoding="utf-16"?><t>grün 😀</t>'
    const bytes = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at++)
      new DataView(bytes.buffer).setUint16(at * 2, text.charCodeAt(at), label === 'utf-16le')
    const mark = label === 'utf-16le' ? [0xff, 0xfe] : [0xfe, 0xff]
    expect(textsOf(bytes)).toEqual(['grün 😀'])
    expect(textsOf(new Uint8Array([...mark, ...bytes]))).toEqual(['grün 😀'])
  })

  it('a declared 8-bit encoding; a UTF-8 file that claims to be UTF-16', () => {
    const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
    expect(textsOf(latin('<?xml version="1.0" encoding="ISO-8859-1"?><t>grün</t>'))).toEqual(['grün'])
    expect(textsOf('\ufeff<?xml version="1.0" encoding="utf-16"?><t>grün</t>')).toEqual(['grün'])
    expect(textsOf('<?xml version="1.0" encoding="utf-16"?><t>grün</t>')).toEqual(['grün'])
  })

  it('cuts a long attribute, and takes counts exactly', () => {
    readXml(sourceOf(`<a long="${'y'.repeat(100_000)}" n="12" f="3.9" big="99999999999999999999" e=""/>`), DEFAULT_LIMITS, {
      open: (tag) => {
        expect(tag.text('long')).toHaveLength(DEFAULT_LIMITS.textLength)
        expect([tag.int('n'), tag.int('f'), tag.int('none'), tag.int('big')]).toEqual([12, 3, null, Number.MAX_SAFE_INTEGER])
        expect(tag.number('e')).toBeNull()
        return false
      },
      close: () => undefined,
    })
  })

  it.each(['-1', 'NaN', 'Infinity', '', ' ', '1,5', '0x'])('refuses %j as a count, with its place', (value) => {
    const read = () =>
      readXml(sourceOf(`<a>\n<b n="${value}"/></a>`, 'r.xml'), DEFAULT_LIMITS, {
        open: (tag) => tag.int('n') === 0,
        close: () => undefined,
      })
    expect(read).toThrow(CertifyError)
    try {
      read()
    } catch (error) {
      expect((error as CertifyError).problems[0]).toMatchObject({ code: 'bad_number', line: 2, column: 7 })
    }
  })
})
