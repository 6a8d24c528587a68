// Says what is malformed or alive in a page of ours, Markdown or HTML: unclosed parts, uneven tables, foreign HTML, mentions, links.
import { SaxesParser } from 'saxes'

/** The HTML a page of ours may hold. */
const OURS = /^<(?:details><summary>|\/summary>|\/details>|br>|sub>|\/sub>)$/

export function flawsOf(markdown: string, allowedLinks: readonly string[]): string[] {
  const flaws: string[] = []
  const lines = markdown.split('\n')
  const bare = lines.map(withoutSpans)
  if (lines.filter((line) => /^\s*(```|~~~)/.test(line)).length % 2 === 1) flaws.push('unclosed fence')
  flaws.push(...tableFlaws(bare))
  const depth = (tag: string): number => bare.join('\n').split(tag).length - 1
  for (const tag of ['details', 'summary', 'sub']) if (depth(`<${tag}>`) !== depth(`</${tag}>`)) flaws.push(`unbalanced ${tag}`)
  for (const [index, line] of bare.entries()) {
    // The comment's hidden first line.
    if (index === 0 && /^<!-- [^>]* -->$/.test(line)) continue
    const html = line.replaceAll('<details><summary>', '').match(/<[^\s][^>]*>?/g) ?? []
    for (const tag of html) if (!OURS.test(tag)) flaws.push(`foreign HTML: ${tag}`)
    if (/(^|[^\\])@[\w-]/.test(line)) flaws.push(`live mention: ${line}`)
    for (const [, url] of line.matchAll(/(?<!\\)\]\(([^)]*)\)/g))
      if (!allowedLinks.includes(url!)) flaws.push(`foreign link: ${url}`)
    const unlinked = line.replace(/\]\([^)]*\)/g, ']')
    if (/(?:https?|ftp):\/\//i.test(unlinked) || /\bwww\./i.test(unlinked)) flaws.push(`autolink: ${line}`)
    if (/(?<!&)#\d|\bGH-\d/i.test(unlinked)) flaws.push(`live issue reference: ${line}`)
    if (/(?<!\\)\$|(?<!\\)~~|(?<!\\)!\[/.test(unlinked)) flaws.push(`live formatting: ${line}`)
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(line))
      flaws.push(`control character: ${JSON.stringify(line)}`)
    if (/^#{1,6} /.test(line) && !/^### \S+ |^#{1,2} \p{Extended_Pictographic}/u.test(line))
      flaws.push(`foreign heading: ${line}`)
  }
  return flaws
}

/** What a document of ours may hold: nothing that runs, loads or leads elsewhere. */
const ELEMENTS =
  'html head meta title style body main article section header footer div p h1 h2 strong span code pre br dl dt dd table thead tbody tr th td svg path circle'
const ATTRIBUTES =
  'lang charset name http-equiv content class data-of style viewBox aria-hidden d fill opacity cx cy r stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin'

/** Our documents are written so that a strict XML parser reads them as a browser does. */
export function htmlFlawsOf(html: string): string[] {
  const flaws: string[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => flaws.push(error.message))
  parser.on('opentag', ({ name, attributes }) => {
    if (!ELEMENTS.split(' ').includes(name)) flaws.push(`foreign element: ${name}`)
    for (const [key, value] of Object.entries(attributes)) {
      if (!ATTRIBUTES.split(' ').includes(key)) flaws.push(`foreign attribute: ${key} of ${name}`)
      if (key === 'style' && !/^width:\d{1,3}%$/.test(value)) flaws.push(`foreign style: ${value}`)
    }
  })
  parser.write(html).close()
  if (/url\(|@import/i.test(html.slice(0, html.indexOf('</style>')))) flaws.push('the style fetches something')
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(html)) flaws.push('control character')
  return flaws
}

/** Code spans are literal text: taken out by their own run of backticks, as CommonMark reads them. */
function withoutSpans(line: string): string {
  return line.replace(/(?<![\\`])(`+)(?!`)(.*?[^`])\1(?!`)/g, '')
}

function tableFlaws(lines: readonly string[]): string[] {
  const flaws: string[] = []
  let columns = 0
  for (const line of lines) {
    const row = line.startsWith('|')
    const cells = row ? line.split('|').length - 2 : 0
    if (row && columns > 0 && cells !== columns) flaws.push(`table row of ${cells} cells instead of ${columns}: ${line}`)
    if (!row && line.includes('|')) flaws.push(`bar outside a table: ${line}`)
    columns = row ? cells : 0
  }
  return flaws
}
