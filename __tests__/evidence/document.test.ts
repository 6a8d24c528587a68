import { describe, expect, it } from '@jest/globals'
import { readDocument } from '../../src/evidence/document.ts'
import { readDocumentEvidence } from '../../src/evidence/document-evidence.ts'

const read = (text: string, resolves: (target: string) => boolean | null = () => null) =>
  readDocument(text, { path: 'docs/guide.md', tracked: true, changedAt: null, resolves })

describe('words', () => {
  it.each([
    ['Two words.', 2],
    ['# A heading counts', 3],
    ['[a link](https://example.com/with/many/words) and ![an image](x.png)', 5],
    ['| a | b |\n|---|---|\n| c | 1 |', 4],
    ['---\n***\n- \n* *', 0],
    ['```\nnot these words\n```\nbut these', 2],
    ['<!-- not these\nnor these -->seen', 1],
    ['<b>bold</b> <a href="x y z">one</a>', 2],
    ["it's one, well-known", 3],
    ['\u8a2d\u8a08\u66f8', 3],
    ['\u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0442\u0435\u043a\u0441\u0442', 2],
    ['[ref]: https://example.com/x "t"', 0],
    ['', 0],
  ])('%j has %i', (text, words) => expect(read(text).words).toBe(words))
})

describe('headings', () => {
  it('count the words below them, deeper sections included, headings left out', () => {
    const { headings } = read('# Top\n\none two\n\n## Inner ##\n\nthree\n\n### Empty\n\n## Next\n\nfour five six\n\n# Other\n')
    expect(headings.map(({ text, depth, words, line }) => [text, depth, words, line])).toEqual([
      ['Top', 1, 6, 1],
      ['Inner', 2, 1, 5],
      ['Empty', 3, 0, 9],
      ['Next', 2, 3, 11],
      ['Other', 1, 0, 15],
    ])
  })

  it('may be underlined', () => {
    expect(
      read('Title\n=====\nbody text\n\nSecond\n---\nmore\n\n---\n').headings.map(({ text, depth, words }) => [
        text,
        depth,
        words,
      ]),
    ).toEqual([
      ['Title', 1, 3],
      ['Second', 2, 1],
    ])
  })

  it('are none in code, and # alone is no word', () => expect(read('```\n# no\n```\n#hash\n').headings).toEqual([]))
})

describe('placeholders', () => {
  it.each([
    'TODO',
    'see TBD.',
    '(FIXME: write)',
    'Owner: [Name, Title]',
    '[Email, Phone]',
    'Due [YYYY-MM-DD]',
    'to be determined',
    'Lorem ipsum dolor',
    '[Your name here]',
  ])('%s', (text) => {
    expect(read(`fine\n${text}`).placeholders).toEqual([expect.objectContaining({ line: 2 })])
  })

  it.each([
    'a todo app',
    'mastodon',
    '`TODO`',
    '[Name](x.md)',
    '[Name][ref]',
    '[title]\n\n[title]: x.md',
    '- [ ] Name',
    '[!NOTE]',
    '[^title]',
    'AUTO_TODO_LIST',
    '```\nTODO\n```',
    '<!-- TODO -->',
    'array[name]',
    '[1]',
  ])('not %j', (text) => expect(read(text).placeholders).toEqual([]))
})

describe('links', () => {
  it('are those to files beside it', () => {
    const text =
      '[a](b.md#part) ![i](<my img.png>) [c](d.md?x=1 "title") [e](https://x.example) [f](#here) [g](mailto:a@b.example) [h](//x.example)\n[r]: ../r.md\n<img src="s.svg">`[code](no.md)`'
    expect(read(text).links).toEqual(
      [
        ['b.md', 1],
        ['my img.png', 1],
        ['d.md', 1],
        ['../r.md', 2],
        ['s.svg', 3],
      ].map(([target, line]) => ({ target, line, resolves: null })),
    )
  })

  it('resolve against the document, percent signs undone', () => {
    const evidence = readDocumentEvidence(
      '[a](a%20b.md) [b](../README.md) [c](/src/x.ts) [d](../../out.md) [e](gone.md) [f](..)',
      {
        path: 'docs/guide.md',
        metric: 'documentation_completeness',
        tracked: null,
        changedAt: null,
        exists: (path) => ['docs/a b.md', 'README.md', 'src/x.ts'].includes(path),
      },
    )
    expect(evidence.facts.links.map(({ target, resolves }) => [target, resolves])).toEqual([
      ['a%20b.md', true],
      ['../README.md', true],
      ['/src/x.ts', true],
      ['../../out.md', null],
      ['gone.md', false],
      ['..', true],
    ])
  })
})

it('ends in time on hostile text', () => {
  const long = 50_000
  for (const piece of ['[', '](', '![', '<', '<a ', '[a](', '](<', '[x]: ', '`', 'TODO', '<img src="', '[Name', '](a(']) {
    expect(read(piece.repeat(long)).path).toBe('docs/guide.md')
  }
})
