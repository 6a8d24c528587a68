// A certificate as Markdown, for a summary or a release: the same rows as its page, within what a step summary may hold.
import type { Certificate, CertificateShowing } from '../../model/certificate.ts'
import { fitWithin, inBytes, type Section, SUMMARY_BYTES } from '../budget.ts'
import { type Fact, type Sheet, sheetOf } from '../certificate-rows.ts'
import { code, escapeMarkdown as e } from '../escape/markdown.ts'
import { folded, marked, table, unbroken } from '../markdown/table.ts'

const LONGEST = 400
const MOST_OPEN = 5

export function renderCertificateMarkdown(certificate: Certificate, about: CertificateShowing): string {
  const sheet = sheetOf(certificate, about)
  const { remarks, evidence } = sheet
  const sections = [
    whole(`# 🏆 Production Readiness Certificate: ${e(sheet.system, 160)}`),
    whole(`**${e(sheet.heading, 160)}** · ${marked(sheet.standing)}`),
    whole(sheet.ended === null ? '' : `**${e(sheet.ended, LONGEST)}**`),
    whole(e(sheet.statement)),
    titled('📋 Overview', facts(sheet.overview)),
    titled('🎯 Scope', (most) => rows(sheet.scope, fact, most)),
    titled('📊 Status summary', table(['Domain', 'Status', 'Completion', 'Open'], sheet.domains, domainRow, MOST)),
    titled('🚧 Critical blockers', (most) => rows(sheet.blockers, blocker, most)),
    titled('⏳ Conditions', table(['Condition', 'Level', 'Due'], sheet.conditions, conditionRow, MOST)),
    titled('🚪 Gates', table(['Gate', 'State'], sheet.gates, gateRow, MOST)),
    titled('📝 Sign-offs', table(['Role', 'For', 'Given before', 'Record'], sheet.signOffs, signOffRow, MOST)),
    titled('📅 Validity', facts(sheet.validity)),
    titled(
      '🔍 Verification',
      `${facts(sheet.verification)}\n\n${sheet.commands.map((line) => code(line, LONGEST)).join('\n\n')}`,
    ),
    ...sheet.levels.map(level),
    long('What made it easier to get', remarks.length, (most) => table(['', 'What'], remarks, remarkRow, most)),
    long('Reports it rests on', evidence.length, (most) => table(['Report', 'Format', 'sha256'], evidence, reportRow, most)),
    whole(`<sub>${e(sheet.footer)}</sub>`),
  ]
  return fitWithin(sections, {
    limit: SUMMARY_BYTES,
    measure: inBytes,
    note: (names) => `_Shortened here: ${names.map((one) => e(one, 200)).join(', ')}. All of it is in certificate.json._`,
  })
}

/** Rows that a list shows before any budget is pressed. */
const MOST = 200

function whole(text: string): Section {
  return { name: 'the text', keep: 100, forms: [() => text] }
}

/** Nothing where there is nothing to say. */
function titled(title: string, body: string | ((most: number) => string)): Section {
  const show = (most: number) => (): string => {
    const text = typeof body === 'string' ? body : body(most)
    return text === '' ? '' : `## ${title}\n\n${text}`
  }
  return { name: title, keep: 90, forms: typeof body === 'string' ? [show(MOST)] : [show(MOST), show(20), show(5)] }
}

function long(title: string, count: number, body: (most: number) => string): Section {
  const show = (most: number) => (): string => folded(`${title} (${count})`, body(most))
  return { name: title, keep: 20, forms: [show(MOST), show(50), show(10)] }
}

function level({ name, shown, criteria }: Sheet['levels'][number]): Section {
  const title = `${e(name, 160)}: ${shown.mark} ${shown.word}`
  const show = (most: number) => (): string => {
    const body = table(
      ['Criterion', 'Outcome', 'Value', 'Limit'],
      criteria,
      (one) => [code(one.id), marked(one.shown), e(one.value), e(one.limit, LONGEST)],
      most,
    )
    return body === '' ? `**${title}**` : `**${title}**\n\n${body}`
  }
  return { name, keep: 50, forms: [show(MOST), show(50), show(10)] }
}

function facts(list: readonly Fact[]): string {
  return list.map(fact).join('\n')
}

function fact({ name, text, exact }: Fact): string {
  return `- ${e(name, LONGEST)}: ${exact ? code(text, LONGEST) : e(text, LONGEST)}`
}

function rows<T>(items: readonly T[], row: (item: T) => string, most: number): string {
  const shown = items.slice(0, most).map(row).join('\n')
  return items.length > most ? `${shown}\n\nand ${items.length - most} more, in certificate.json` : shown
}

function blocker({ issue, impact, action }: Sheet['blockers'][number]): string {
  return `- **Issue**: ${e(issue, LONGEST)}\n  - **Impact**: ${e(impact, LONGEST)}\n  - **Action**: ${e(action, LONGEST)}`
}

function domainRow({ name, shown, text, open }: Sheet['domains'][number]): string[] {
  const items = open.slice(0, MOST_OPEN).map((one) => e(one, 160))
  if (open.length > items.length) items.push(`and ${open.length - items.length} more`)
  return [e(name, LONGEST), marked(shown), unbroken(e(text)), items.join('<br>') || '–']
}

function conditionRow({ text, level: of, due }: Sheet['conditions'][number]): string[] {
  return [e(text, LONGEST), String(of), e(due)]
}

function gateRow({ name, shown }: Sheet['gates'][number]): string[] {
  return [e(name, LONGEST), marked(shown)]
}

function signOffRow({ role, gate, before, record }: Sheet['signOffs'][number]): string[] {
  return [e(role, LONGEST), gate, e(before), code(record.slice(0, 12))]
}

function remarkRow({ name, text }: Fact): string[] {
  return [e(name), e(text, LONGEST)]
}

function reportRow({ path, format, sha256 }: Sheet['evidence'][number]): string[] {
  return [code(path), code(format ?? '–'), code(sha256)]
}
