// A certificate as one document to print: its face, then the criteria and reports behind it. No script, nothing fetched, every text escaped.
import type { Certificate, CertificateShowing } from '../../model/certificate.ts'
import { type Fact, type Sheet, sheetOf } from '../certificate-rows.ts'
import { CERTIFICATE_STYLE, sealOf } from '../certificate-style.ts'
import { escapeXml as e } from '../escape/xml.ts'
import type { Shown } from '../states.ts'

const LONGEST = 400
/** Open items of a domain on the face; all of them are in certificate.json. */
const MOST_OPEN = 5

export function renderCertificateHtml(certificate: Certificate, about: CertificateShowing): string {
  const sheet = sheetOf(certificate, about)
  const title = e(`${sheet.system}: ${sheet.heading}`, 200)
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${title}</title><style>${CERTIFICATE_STYLE}</style></head>
<body><main class="${sheet.standing.tone}">
${face(sheet)}
${annex(sheet)}
</main></body></html>
`
}

function face(sheet: Sheet): string {
  return `<article class="face">
<header>${sealOf(sheet.ended === null)}<div><p class="kind">Production Readiness Certificate</p><h1>${e(sheet.system, 160)}</h1>
<p class="level"><strong>${e(sheet.heading, 160)}</strong> <span class="state">${shown(sheet.standing)}</span></p></div></header>
${sheet.ended === null ? '' : `<p class="ended">${e(sheet.ended, LONGEST)}</p>`}
<p class="statement">${hashed(e(sheet.statement))}</p>
<div class="pair">${section('Overview', facts(sheet.overview))}${section('Validity', facts(sheet.validity))}</div>
${section('Scope', facts(sheet.scope))}
${section('Status summary', table('domains', ['Domain', 'Status', 'Completion', 'Open'], sheet.domains.map(domainRow)))}
${section('Critical blockers', table('', ['Issue', 'Impact', 'Action'], sheet.blockers.map(blockerRow)))}
${section('Conditions', table('', ['Condition', 'Level', 'Due'], sheet.conditions.map(conditionRow)))}
<div class="pair gates">${section('Gates', table('', ['Gate', 'State'], sheet.gates.map(gateRow)))}
${section('Sign-offs', table('', ['Role', 'For', 'Given before', 'Record'], sheet.signOffs.map(signOffRow)))}</div>
${section('What made it easier to get', facts(sheet.remarks))}
<section class="check"><h2>Verification</h2>${facts(sheet.verification)}<pre>${sheet.commands.map((line) => e(line, LONGEST)).join('\n')}</pre></section>
<footer>${e(sheet.footer)}<span class="printed"> Its criteria and reports: certificate.json.</span></footer>
</article>`
}

function annex(sheet: Sheet): string {
  const levels = sheet.levels.map(({ name, shown: state, criteria }) =>
    section(
      `${name} · ${state.mark} ${state.word}`,
      table('criteria', ['Criterion', 'Outcome', 'Value', 'Limit'], criteria.map(criterionRow)),
    ),
  )
  return `<article class="annex">
${levels.join('\n')}
${section('Reports it rests on', table('', ['Report', 'Format', 'sha256'], sheet.evidence.map(reportRow)))}
</article>`
}

function domainRow({ name, shown: state, percent, text, open }: Sheet['domains'][number]): string[] {
  const bar = percent === null ? '' : `<span class="bar ${state.tone}"><span style="width:${percent}%"></span></span>`
  const items = open.slice(0, MOST_OPEN).map((one) => e(one, LONGEST))
  if (open.length > items.length) items.push(`and ${open.length - items.length} more`)
  return [e(name, LONGEST), shown(state), `${bar}${e(text)}`, items.join('<br/>') || '–']
}

function blockerRow({ issue, impact, action }: Sheet['blockers'][number]): string[] {
  return [e(issue, LONGEST), e(impact, LONGEST), e(action, LONGEST)]
}

function conditionRow({ text, level, due }: Sheet['conditions'][number]): string[] {
  return [e(text, LONGEST), String(level), e(due)]
}

function gateRow({ name, shown: state }: Sheet['gates'][number]): string[] {
  return [e(name, LONGEST), shown(state)]
}

function signOffRow({ role, gate, before, record }: Sheet['signOffs'][number]): string[] {
  return [e(role, LONGEST), gate, e(before, LONGEST), `<code>${e(record.slice(0, 12))}</code>`]
}

function criterionRow({ id, shown: state, value, limit }: Sheet['levels'][number]['criteria'][number]): string[] {
  return [e(id, LONGEST), shown(state), e(value), e(limit, LONGEST)]
}

function reportRow({ path, format, sha256 }: Sheet['evidence'][number]): string[] {
  return [e(path, LONGEST), e(format ?? '–', LONGEST), `<code>${e(sha256, LONGEST)}</code>`]
}

/** Of escaped text: hashes in it as what they are, so that a sentence stays one to read. */
function hashed(text: string): string {
  return text.replace(/\b(?:sha256:[0-9a-f]{64}|[0-9a-f]{40})\b/g, '<code>$&</code>')
}

function shown({ mark, word, tone }: Shown): string {
  return `<span class="${tone}">${mark} ${e(word)}</span>`
}

/** Nothing where there is nothing to say. */
function section(title: string, body: string): string {
  return body === '' ? '' : `<section><h2>${e(title, 200)}</h2>${body}</section>`
}

function facts(list: readonly Fact[]): string {
  const row = ({ name, text, exact }: Fact): string => {
    const value = e(text, LONGEST)
    return `<dt>${e(name, LONGEST)}</dt><dd>${exact === true ? `<code>${value}</code>` : value}</dd>`
  }
  return list.length === 0 ? '' : `<dl>${list.map(row).join('')}</dl>`
}

/** Cells are escaped already. */
function table(kind: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const body = rows.map((row) => `<tr>${row.map((cell, at) => `<td data-of="${head[at]!}">${cell}</td>`).join('')}</tr>`)
  const first = head.map((one) => `<th>${one}</th>`).join('')
  return `<table${kind === '' ? '' : ` class="${kind}"`}><thead><tr>${first}</tr></thead><tbody>${body.join('')}</tbody></table>`
}
