// A certificate as Markdown, for a summary or a release: the same rows as its page.
import { markdownTable } from 'markdown-table'
import type { Certificate, Signing } from '../../model/certificate.ts'
import { type Sheet, sheetOf } from '../certificate-rows.ts'
import { code, escapeMarkdown as e } from '../escape/markdown.ts'

const MOST = 200

export function renderCertificateMarkdown(certificate: Certificate, about: { digest: string; signing: Signing }): string {
  const sheet = sheetOf(certificate, about)
  return [
    `# 🏆 ${e(sheet.title, 200)}`,
    e(sheet.statement, 2000),
    table(
      ['', ''],
      sheet.facts.map(([name, text]) => [e(name), /[0-9a-f]{32}/.test(text) ? code(text, 400) : e(text, 400)]),
    ),
    '## Domains',
    table(
      ['Domain', 'Completion', 'Open'],
      sheet.domains.map((one) => [e(one.name), e(one.text), shown(one.open)]),
    ),
    ...levels(sheet),
    '## Gates',
    table(
      ['Gate', 'State'],
      sheet.gates.map(([name, state]) => [e(name, 200), e(state)]),
    ),
    ...(sheet.blockers.length === 0 ? [] : ['## Blockers', ...sheet.blockers.slice(0, MOST).map(blocker)]),
    ...list('Conditions', sheet.conditions),
    ...list('Sign-offs', sheet.signOffs),
    ...list('What made it easier', sheet.remarks),
    '## Evidence',
    table(
      ['Report', 'Format', 'sha256'],
      sheet.evidence.slice(0, MOST).map((one) => [code(one.path), code(one.format), code(one.sha256)]),
    ),
    ...(sheet.evidence.length > MOST ? [`and ${sheet.evidence.length - MOST} more, in certificate.json`] : []),
    '## To check it',
    ...sheet.check.map((line) => code(line, 400)),
    '',
  ].join('\n\n')
}

function levels({ levels: all }: Sheet): string[] {
  return all.flatMap((one) => [
    `## ${e(one.name, 200)}${one.covered ? '' : ', not covered'}`,
    table(
      ['Criterion', 'Outcome', 'Value', 'Limit'],
      one.criteria.map((row) => [code(row.id), e(row.word), e(row.value), e(row.limit, 200)]),
    ),
  ])
}

function blocker({ issue, impact, action }: Sheet['blockers'][number]): string {
  return `- **Issue**: ${e(issue, 400)}\n- **Impact**: ${e(impact, 400)}\n- **Action**: ${e(action, 400)}`
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [
        `## ${title}`,
        items
          .slice(0, MOST)
          .map((one) => `- ${e(one, 400)}`)
          .join('\n'),
      ]
}

function shown(open: readonly string[]): string {
  const named = open.slice(0, 5).map((one) => e(one, 120))
  return open.length > named.length ? `${named.join('; ')}; and ${open.length - named.length} more` : named.join('; ') || '–'
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows], { alignDelimiters: false, padding: true })
}
