// What recertifying did, for the terminal and as Markdown: each certificate that something was done to, the others as a number.
import type { Recertified, RecertifiedWhat } from '../../model/recertified.ts'
import { code, escapeMarkdown } from '../escape/markdown.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { type Look, Page } from '../terminal/page.ts'

const WORDS: Record<RecertifiedWhat, string> = {
  renewed: 'renewed',
  revoked: 'revoked',
  condition_met: 'condition met',
  unjudged: 'not judged',
  renewal_due: 'renewal due',
  evidence_decayed: 'run evidence again',
  no_longer_meets: 'no longer meets',
  condition_due: 'condition due',
  condition_overdue: 'condition overdue',
  expired: 'expired',
}
const GOOD: readonly RecertifiedWhat[] = ['renewed', 'condition_met']

export function renderRecertified(run: Recertified, look: Look): string {
  const page = new Page(look)
  for (const { id, commit, actions } of run.certificates) {
    page.item('', 0, t(`${id}, commit ${commit.slice(0, 12)}`, 200))
    for (const { what, text } of actions) {
      const good = GOOD.includes(what)
      page.item(good ? '  ✓ ' : '  ✗ ', 4, t(`${WORDS[what]}: ${text}`, 1000), good ? 'good' : 'bad')
    }
  }
  for (const { path, message } of run.notTaken) page.item('  · ', 4, t(`not taken: ${path}: ${message}`, 400), 'quiet')
  page.item('', 0, untouched(run))
  return page.toString()
}

export function renderRecertifiedMarkdown(run: Recertified): string {
  const rows = run.certificates.flatMap(({ id, commit, actions }) =>
    actions.map(
      ({ what, text }) => `| ${code(id)} | ${code(commit.slice(0, 12))} | ${WORDS[what]} | ${escapeMarkdown(text, 1000)} |`,
    ),
  )
  const table = rows.length === 0 ? [] : ['| certificate | commit | what | why |', '|---|---|---|---|', ...rows, '']
  const lost = run.notTaken.map(({ path, message }) => `- not taken: ${code(path)}: ${escapeMarkdown(message, 400)}`)
  return `${['## Certificates looked at again', '', ...table, ...lost, ...(lost.length > 0 ? [''] : []), untouched(run)].join('\n')}\n`
}

function untouched({ untouched: count, certificates, dryRun }: Recertified): string {
  const rest = `${count} ${certificates.length > 0 ? 'other ' : ''}${count === 1 ? 'certificate' : 'certificates'} as before.`
  return dryRun ? `${rest} Dry run: nothing was recorded.` : rest
}
