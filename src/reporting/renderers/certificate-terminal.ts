// The door's answer for a person: accepted or refused, each reason with what to do, and what was not asked.
import type { DoorAnswer } from '../../model/door.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { type Look, Page } from '../terminal/page.ts'

export function renderDoor({ ok, certificate, refusals, notes }: DoorAnswer, look: Look): string {
  const page = new Page(look)
  const what =
    certificate === null
      ? ''
      : `: ${certificate.id}, ${certificate.repository}@${certificate.commit.slice(0, 12)}, level ${certificate.level}, until ${certificate.validUntil}`
  page.item(ok ? '✓ ' : '✗ ', 2, t(`${ok ? 'accepted' : 'refused'}${what}`, 300), ok ? 'good' : 'bad')
  for (const one of refusals) {
    page.item('  ✗ ', 4, t(`${one.code}: ${one.text}`, 400), 'bad')
    page.item('    → ', 6, t(one.fix, 300), 'quiet')
  }
  for (const note of notes) page.item('  · ', 4, t(note, 300), 'quiet')
  return page.toString()
}
