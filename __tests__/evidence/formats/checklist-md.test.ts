import { describe, expect, it } from '@jest/globals'
import { checklistMd } from '../../../src/evidence/formats/checklist/checklist-md.ts'
import { DEFAULT_LIMITS } from '../../../src/evidence/limits.ts'
import { fixture, sourceOf } from '../../support/source.ts'

const read = (content: string | Uint8Array) => checklistMd.read(sourceOf(content, 'list.md'), DEFAULT_LIMITS)
const items = (text: string) => read(text).facts.items.map(({ text: words, checked }) => [words, checked])

describe('checklist', () => {
  it('reads items under their headings, without code and comments', () => {
    const headings = ['Ready to ship', 'Operations']
    expect(read(fixture('checklist-md/valid.md')).facts.items).toEqual([
      { text: 'Written', checked: true, section: 'Ready to ship', line: 3 },
      { text: 'Read by somebody else', checked: true, section: 'Ready to ship', line: 4 },
      { text: 'Dashboards', checked: true, section: 'Operations', headings, line: 8 },
      { text: 'Alerts', checked: true, section: 'Operations', headings, line: 9 },
      { text: 'Runbook', checked: true, section: 'Operations', headings, line: 10 },
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

  describe('whose word a tick is', () => {
    const whole = { by: '@ada', on: '2026-11-01', evidence: 'docs/limits.md', expires: '2027-05-01' }
    const said = (text: string) => read(text).facts.items.map(({ text: words, vouched }) => [words, vouched])

    it.each([
      '- [x] Limits (by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01)',
      '- [x] Limits (until 2027-05-01, evidence docs/limits.md, on 2026-11-01, by: @ada)',
      '- [x] Limits (By @ada, 2026-11-01, Evidence: [the limits](docs/limits.md), expires: 2027-05-01)  ',
      '- [x] Limits (by @ada, 2026-11-01, evidence: `docs/limits.md`, until 2027-05-01)',
      '- [x] Limits\n  (by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01)',
      '- [x] Limits\n  by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01',
      '- [x] Limits\n  - by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01',
      '- [x] Limits\n  Held on staging.\n  Again (by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01)',
      '> - [x] Limits\n>   by @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01',
      '- [x] Limits\r\n\tby @ada, 2026-11-01, evidence: docs/limits.md, until 2027-05-01\r\n',
    ])('is read of %j', (text) => expect(said(text)).toEqual([['Limits', whole]]))

    it('keeps an address with brackets and commas whole', () =>
      expect(said('- [x] a (by @ada, evidence: https://x.test/a_(b),c, 2026-11-01)')).toEqual([
        ['a', { by: '@ada', on: '2026-11-01', evidence: 'https://x.test/a_(b),c', expires: null }],
      ]))

    it('tells what it does not say, and what it says in two ways', () => {
      const none = { by: null, on: null, evidence: null, expires: null }
      expect(said('- [x] a (by @ada)')).toEqual([['a', { ...none, by: '@ada' }]])
      expect(said('- [x] a (2026-11-01, until soon)')).toEqual([['a', { ...none, on: '2026-11-01', expires: 'soon' }]])
      expect(said('- [x] a (by @ada, by @bob, 2026-11-01)')).toEqual([['a', { ...none, on: '2026-11-01' }]])
    })

    it.each([
      ['- [x] Held (by two people)', 'Held (by two people)'],
      ['- [x] Support for 100+ users (see below)', 'Support for 100+ users (see below)'],
      ['- [x] a\n\n  by @ada, 2026-11-01', 'a'],
      ['- [x] a\nby @ada, 2026-11-01', 'a'],
      ['- [x] a\n# by\n  by @ada, 2026-11-01', 'a'],
      ['- [x] a\n  <!-- by @ada, 2026-11-01 -->', 'a'],
      ['- [x] a\n  ```\n  by @ada, 2026-11-01\n  ```', 'a'],
    ])('is not taken from %j', (text, words) => expect(said(text)).toEqual([[words, undefined]]))

    it('belongs to the item right above alone', () =>
      expect(said('- [x] a\n- [x] b\n  by @ada, 2026-11-01\n  - [x] c')).toEqual([
        ['a', undefined],
        ['b', { by: '@ada', on: '2026-11-01', evidence: null, expires: null }],
        ['c', undefined],
      ]))
  })

  it('knows what only tells how far things are', () => {
    const text = '- [ ] a (progress)\n## Roadmap (progress)\n### Phase 1\n- [x] b (by @ada, 2026-11-01)\n## Rest\n- [ ] c'
    expect(read(text).facts.items.map((item) => [item.text, item.progress ?? false, item.section])).toEqual([
      ['a', true, null],
      ['b', true, 'Phase 1'],
      ['c', false, 'Rest'],
    ])
    expect(items('- [ ] (progress)')).toEqual([['(progress)', false]])
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
      `- [x] a${' '.repeat(long)}(progress)`,
      `- [x] ${'('.repeat(long)})`,
      `- [x] (${'by @a, '.repeat(long)})`,
      `- [x] a\n  ${'> '.repeat(long)}`,
      `- [x] a\n  by ${'['.repeat(long)}](x)`,
    ]) {
      expect(items(`${line}\n`).length).toBeLessThan(2)
    }
  })
})
