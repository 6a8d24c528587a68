// `certify setup` for a person: what it would change, and afterwards what is left to do by hand, with the exact place.
import type { PlannedEnvironment, SetupDone } from '../../model/setup.ts'
import { terminalText as t } from '../escape/terminal.ts'
import { plural } from '../numbers.ts'
import { OUTCOMES } from '../states.ts'
import { type Look, Page } from '../terminal/page.ts'

export function renderSetupPlan(plan: readonly PlannedEnvironment[], look: Look): string {
  const page = new Page(look)
  if (plan.length === 0) page.item('', 0, 'no gate waits in an environment: there is nothing to set up')
  for (const { name, gate, changes } of plan) {
    page.title(t(`environment ${name} (gate ${gate})`, 200))
    if (changes.length === 0) page.item('  · ', 4, 'is as it should be', 'quiet')
    for (const change of changes) page.item('  + ', 4, t(change, 400))
  }
  return page.toString()
}

export function renderSetupDone({ plan, changed, left }: SetupDone, look: Look): string {
  const page = new Page(look)
  const due = plan.filter((one) => one.changes.length > 0).length
  page.blank()
  if (changed === 'refused') {
    page.item(
      `${page.mark(OUTCOMES.pending)} `,
      2,
      'nothing was changed: say yes when asked, or give --yes',
      OUTCOMES.pending.tone,
    )
    return page.toString()
  }
  if (changed === 'all') page.item(`${page.mark(OUTCOMES.pass)} `, 2, `${plural(due, 'environment')} set up`, OUTCOMES.pass.tone)
  if (left.length > 0) page.title('Left to do by hand: the API cannot')
  for (const { environment, setting, fix, url } of left) {
    page.item(`  ${page.mark(OUTCOMES.fail)} `, 4, t(`${environment}: ${setting}`, 300))
    page.item('    → ', 6, t(`${fix}${url === null ? '' : `: ${url}`}`, 400))
  }
  return page.toString()
}
