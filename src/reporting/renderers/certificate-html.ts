// A certificate as one page to print: no script, nothing fetched, every text escaped.
import type { Certificate, Signing } from '../../model/certificate.ts'
import { type Sheet, sheetOf } from '../certificate-rows.ts'
import { escapeXml as e } from '../escape/xml.ts'

const STYLE = `:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--seal:#1a7f37;--paper:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--seal:#3fb950;--paper:#0d1117}}
@page{size:A4;margin:14mm}*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{max-width:820px;margin:0 auto;padding:28px 20px}
header{border-bottom:3px solid var(--seal);padding-bottom:14px;margin-bottom:18px}
h1{font-size:26px;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}h2{font-size:16px;margin:26px 0 8px}
.lead{margin:0;color:var(--soft)}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:5px 8px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}code,pre{font:12px/1.5 ui-monospace,monospace}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:6px;padding:10px;margin:0}
ul{margin:0;padding-left:20px}.off{color:var(--soft)}footer{margin-top:26px;color:var(--soft);font-size:12px}
section,tr{break-inside:avoid}@media(max-width:560px){dl{grid-template-columns:1fr}dd{margin-bottom:6px}}
@media print{:root{--ink:#000;--soft:#444;--line:#ccc;--seal:#1a7f37;--paper:#fff}main{padding:0}}`

export function renderCertificateHtml(certificate: Certificate, about: { digest: string; signing: Signing }): string {
  const sheet = sheetOf(certificate, about)
  const parts = [
    section('Scope', `<dl>${sheet.facts.map(([name, text]) => `<dt>${e(name)}</dt><dd>${e(text, 400)}</dd>`).join('')}</dl>`),
    section(
      'Domains',
      table(
        ['Domain', 'Completion', 'Open'],
        sheet.domains.map((one) => [one.name, one.text, openOf(one.open)]),
      ),
    ),
    ...sheet.levels.map(level),
    section('Gates', table(['Gate', 'State'], sheet.gates)),
    sheet.blockers.length === 0
      ? ''
      : section(
          'Blockers',
          table(
            ['Issue', 'Impact', 'Action'],
            sheet.blockers.map((one) => [one.issue, one.impact, one.action]),
          ),
        ),
    list('Conditions', sheet.conditions),
    list('Sign-offs', sheet.signOffs),
    list('What made it easier', sheet.remarks),
    section(
      'Evidence',
      table(
        ['Report', 'Format', 'sha256'],
        sheet.evidence.map((one) => [one.path, one.format, one.sha256]),
      ),
    ),
    section('To check it', `<pre>${sheet.check.map((line) => e(line, 400)).join('\n')}</pre>`),
  ]
  const title = e(sheet.title, 200)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${STYLE}</style></head>
<body><main><header><h1>${title}</h1><p class="lead">${e(certificate.id)}</p></header>
<p>${e(sheet.statement, 2000)}</p>
${parts.filter((one) => one !== '').join('\n')}
<footer>Made by certify ${e(certificate.tool.version)}. Whether it still holds is not on this page: ask the ledger.</footer></main></body></html>
`
}

function level({ name, covered, criteria }: Sheet['levels'][number]): string {
  const rows = criteria.map((one) => [one.id, one.word, one.value, one.limit])
  return section(
    covered ? name : `${name}, not covered`,
    table(['Criterion', 'Outcome', 'Value', 'Limit'], rows),
    covered ? '' : 'off',
  )
}

function openOf(open: readonly string[]): string {
  const named = open.slice(0, 5)
  return open.length > named.length ? `${named.join('; ')}; and ${open.length - named.length} more` : named.join('; ') || '–'
}

function section(title: string, body: string, kind = ''): string {
  return `<section${kind === '' ? '' : ` class="${kind}"`}><h2>${e(title, 200)}</h2>${body}</section>`
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : section(title, `<ul>${items.map((one) => `<li>${e(one, 400)}</li>`).join('')}</ul>`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((one) => `<${tag}>${e(one, 400)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`
}
