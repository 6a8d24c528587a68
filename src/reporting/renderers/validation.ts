// `certify validate` for a person: every problem with its place and fix, what loosens, what has no effect yet.

import type { Loosening, Resolved } from '../../model/config.ts'
import type { Problem } from '../../model/problem.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { looseningsOf } from '../loosenings.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export function renderValidation(resolved: Resolved, look: Look): string {
  const page = new Page(look)
  const ok = resolved.config !== null
  const shown = ok ? OUTCOMES.pass : OUTCOMES.fail
  const verdict = ok ? 'is valid' : `has ${plural(resolved.problems.length, 'problem')}`
  page.item(
    `${page.mark(shown)} `,
    2,
    t(
      `${resolved.source === 'defaults' ? 'no config file: the defaults apply, which' : resolved.source} ${resolved.source === 'defaults' ? 'are valid' : verdict}`,
    ),
    shown.tone,
  )
  saidEach(page, resolved.problems, '✗')
  if (resolved.notices.length > 0) page.title(plural(resolved.notices.length, 'notice'))
  saidEach(page, resolved.notices, '·')
  loosenings(page, 'Loosened: what makes this easier to pass', resolved.loosened)
  loosenings(page, 'Ignored: only the policy may loosen', resolved.ignored)
  const idle = resolved.config?.notInForce ?? []
  if (idle.length > 0) page.title('Accepted, without effect in this version')
  for (const section of idle) page.item('  – ', 4, t(section, 200))
  if (resolved.digest !== null) page.blank()
  if (resolved.digest !== null) page.item('', 0, t(`policy digest ${resolved.digest}`), 'quiet')
  return page.toString()
}

/** A hint that lists what is allowed is long: it is given with the first problem of several. */
function saidEach(page: Page, problems: readonly Problem[], mark: string): void {
  for (const [index, { path, line, column, message, hint }] of problems.entries()) {
    const place = [path, line, column].filter((part) => part !== undefined).join(':')
    page.item(`  ${mark} `, 4, t(`${place === '' ? '' : `${place} `}${message}`, 600))
    const first = problems.findIndex((one) => one.hint === hint) === index
    if (hint !== undefined && first) page.item('    → ', 6, t(hint, 400))
  }
}

function loosenings(page: Page, title: string, entries: readonly Loosening[]): void {
  if (entries.length > 0) page.title(title)
  for (const entry of looseningsOf(entries))
    page.item('  ⚠ ', 4, t(`${entry.what}: ${entry.from} → ${entry.to} (${entry.origin})`, 400))
}
