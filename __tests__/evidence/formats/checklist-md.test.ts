import { describe, expect, it } from '@jest/globals'
import { checklistMd } from '../../../src/evidence/formats/checklist/checklist-md.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => checklistMd.read(sourceOf(content, 'list.md'), DEFAULT_LIMITS)
const items = (text: string) => read(text).facts.items.map(({ text: words, checked }) => [words, checked])

describe('checklist', () => {
  it('reads items under their headings, without code and comments', () => {
    expect(read(fixture('checklist-md/valid.md')).facts.items).toEqual([
      { text: 'Written', checked: true, section: 'Ready to ship', line: 3 },
      { text: 'Read by somebody else', checked: true, section: 'Ready to ship', line: 4 },
      { text: 'Dashboards', checked: true, section: 'Operations', line: 8 },
      { text: 'Alerts', checked: true, section: 'Operations', line: 9 },
      { text: 'Runbook', checked: true, section: 'Operations', line: 10 },
    ])
    expect(read(fixture('checklist-md/failing.md')).facts.items.map(({ section, checked }) => [section, checked])).toEqual([
      [null, false],
      ['Ready to ship', true],
      ['Ready to ship', false],
    ])
  })

  it.each(['- [] a', '- [-] a', '- [y] a', '- [x]a', '-[x] a', '- [ ]', '[x] a', 'text - [x] a', '- `[x]` a'])(
    'is not fooled by %s',
    (line) => expect(items(line)).toEqual([]),
  )

  it.each(['* [x] a', '+ [X] a', '12. [x] a', '3) [x] a', '    - [x] a', '\t- [x] a', '> - [x] a', '- [x]\ta  '])(
    'takes %j for done',
    (line) => expect(items(line)).toEqual([['a', true]]),
  )

  it('reads files with any line ends, and text that went through the wrong encoding', () => {
    expect(items('# A\r\n- [ ] a\r\n- [x] b\r- [ ] c')).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ])
    expect(items('### \u201a\u00fa\u00d6 **Tests**\n- [x] **\u201a\u00c4\u00fa Load:** done')).toEqual([
      ['**\u201a\u00c4\u00fa Load:** done', true],
    ])
  })

  it('does not let a longer or other fence end early, nor inline code begin a comment', () => {
    expect(items('````\n```\n- [x] a\n````\n- [x] b\n~~~ js\n```\n- [x] c\n~~~\n- [ ] d')).toEqual([
      ['b', true],
      ['d', false],
    ])
    expect(items('Write `<!--` first.\n- [ ] a\n``` not a fence ```\n- [ ] b')).toEqual([
      ['a', false],
      ['b', false],
    ])
    expect(items('<!-- - [x] a --> \n- [ ] b <!-- x\n- [x] c\n--> \n- [ ] d')).toEqual([
      ['b', false],
      ['d', false],
    ])
  })

  it('says where something hides the rest of the file', () => {
    expect(read('- [x] a\n```\n- [ ] b').problems).toEqual([expect.objectContaining({ code: 'unclosed_block', line: 2 })])
    expect(read('- [x] a\n\n<!-- later\n- [ ] b').problems).toEqual([
      expect.objectContaining({ code: 'unclosed_block', line: 3 }),
    ])
  })

  it('says that a page without items measures nothing', () =>
    expect(read(fixture('checklist-md/empty.md')).problems.map(({ code }) => code)).toEqual(['nothing_measured']))

  it('ends in time on hostile lines', () => {
    const long = 100_000
    for (const line of [
      '`'.repeat(long),
      '<!--'.repeat(long),
      '> '.repeat(long),
      '`a'.repeat(long),
      `${' '.repeat(long)}x`,
      '#'.repeat(long),
      `# ${'# '.repeat(long)}`,
    ]) {
      expect(items(`${line}\n`).length).toBeLessThan(2)
    }
  })
})
