import { describe, expect, it } from '@jest/globals'
import { commandData, commandProperty } from '../../src/reporting/escape/command.ts'
import { code, escapeMarkdown, link } from '../../src/reporting/escape/markdown.ts'
import { clip, plain } from '../../src/reporting/escape/plain.ts'
import { escapeTerminal } from '../../src/reporting/escape/terminal.ts'
import { columns, cutTo, wrap } from '../../src/reporting/escape/width.ts'

describe('plain text', () => {
  it('keeps what can be seen and drops what moves, hides or reorders', () => {
    expect(plain('\u001b[31mred\u001b[0m \u001b]8;;https://x\u0007link\u001b]8;;\u0007 a\u202eb\u0000c\r\nd\u2028e')).toBe(
      'red link abc d e',
    )
    expect(plain('naïve 日本 👩‍💻 é')).toBe('naïve 日本 👩‍💻 é')
    expect(plain('\ud800x')).toBe('\ufffdx')
    expect([' a · b→c… ', 'a  b', 'a\u007fb', '\ta\u00a0– b'].map((text) => plain(text))).toEqual([
      'a · b→c…',
      'a b',
      'ab',
      'a – b',
    ])
  })

  it('cuts between characters and says so', () => {
    expect([clip('👍👍👍', 3), clip('👍👍👍👍', 3), clip('abc', 3), clip('abcd', 3)]).toEqual(['👍👍👍', '👍👍…', 'abc', 'ab…'])
  })

  it('takes no longer for a hostile megabyte than for a friendly one', () => {
    for (const text of ['\u001b[', '\u001b]8;;', '\u001bP', '`', '@', ' ', 'a'])
      expect(plain(text.repeat(1_000_000), 100).length).toBeLessThanOrEqual(100)
  })
})

describe('Markdown', () => {
  it.each([
    ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['a|b', 'a&#124;b'],
    ['`x` *y* _z_', '\\`x\\` \\*y\\* \\_z\\_'],
    ['[a](b)', '\\[a\\]\\(b\\)'],
    ['@team', '@\u200bteam'],
    ['#12', '\\#\u200b12'],
    ['https://x.example', 'https:\u200b//x.example'],
    ['deadbeef', 'dead\u200bbeef'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['94.99 %', '94.99 %'],
    ['see WWW.x.example or mailto:a, GH-12', 'see WWW\u200b.x.example or mailto\u200b:a, GH-\u200b12'],
    ['~a $b ^c !d {e} a & b > c', '\\~a \\$b \\^c \\!d \\{e\\} a &amp; b &gt; c'],
    ['two\nlines', 'two lines'],
  ])('%j', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped))

  it('code spans have a longer run of backticks than their text', () => {
    expect([code('a'), code('a`b'), code('``'), code(''), code('a|b')]).toEqual(['`a`', '``a`b``', '``` `` ```', '–', 'a&#124;b'])
  })

  it('links only to plain web addresses', () => {
    expect(link('x', 'https://github.com/o/r')).toBe('[x](https://github.com/o/r)')
    expect([link('x', 'javascript:alert(1)'), link('x', 'https://a b'), link('x', 'https://a)b'), link('x', null)]).toEqual([
      'x',
      'x',
      'x',
      'x',
    ])
  })
})

describe('the runner', () => {
  it('finds no command in escaped text', () => {
    expect(escapeTerminal('::error::x\n  ::set-output name=a::b\r##[error]y\u0085::z\n a::b \u001b[2J')).toBe(
      ': :error::x\n  : :set-output name=a::b\n## [error]y\n: :z\n a::b',
    )
  })

  it('reads data and properties as one', () => {
    expect(commandData('50%\r\n::x ##[y]')).toBe('50%25%0A::x ## [y]')
    expect(commandProperty('a:b,c%')).toBe('a%3Ab%2Cc%25')
  })
})

describe('width', () => {
  it('counts two columns for what is wide and none for what combines', () => {
    expect(['abc', '日本', '👍', 'e\u0301', '✓'].map(columns)).toEqual([3, 4, 2, 1, 1])
    expect(cutTo('日本語です', 6)).toBe('日本…')
  })

  it('counts each character below U+3000 as the tables of Unicode say, also where it does not ask them', () => {
    const differing = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point)).filter((one) => {
      const combines = /\p{Mn}|\p{Me}|\p{Cf}/u.test(one) && one >= '\u0300'
      const wide = (one >= '\u1100' && one <= '\u115f') || one >= '\u2e80' || /\p{Emoji_Presentation}/u.test(one)
      return columns(one) !== (combines ? 0 : wide ? 2 : 1)
    })
    expect(differing).toEqual([])
  })

  it('wraps within the width, whatever the words', () => {
    for (const width of [10, 17])
      for (const line of wrap('日本語です short averyveryverylongwordindeed x', width))
        expect(columns(line)).toBeLessThanOrEqual(width)
  })
})
