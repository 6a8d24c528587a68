// What a policy made easier, and what it left out of judging: told in every certificate, without the people who decided it.
import { acceptanceOf } from '../model/acceptance.ts'
import type { Config, Loosening } from '../model/config.ts'

/** Settings whose values are people. */
const PEOPLE = /sign_offs|approver|approved_by|users|teams|owner|contacts/i

export function loosenedBy(loosened: readonly Loosening[]): string[] {
  return loosened.map(({ pointer, from, to, origin }) =>
    PEOPLE.test(pointer) ? `${pointer} (${origin})` : `${pointer}: ${from} -> ${to} (${origin})`,
  )
}

/** Suppressions that held when it was judged, VEX documents, levels and gates that are switched off, checks of what is not in force. */
export function excludedBy(config: Config, judgedAt: Date): string[] {
  const held = ({ expires }: { expires: string }): boolean => acceptanceOf(expires, judgedAt) === 'valid'
  const off = config.levels.filter((one) => !one.enabled).map((one) => `level ${one.number} (${one.name}): switched off`)
  const gates = config.gates
    .filter((one) => !one.enabled && config.levels.some((level) => level.number === one.number && level.enabled))
    .map((one) => `gate ${one.number} (${one.name}): switched off`)
  const suppressed = config.suppressions.filter(held).map(({ id, path, package: name, justification, expires }) => {
    const where = [path === null ? '' : ` in ${path}`, name === null ? '' : ` of ${name}`].join('')
    return `finding ${id}${where}: ${justification} (through ${expires})`
  })
  const vex = (config.vex ?? [])
    .filter(held)
    .map((one) => `findings that ${one.file} calls not affected or fixed (through ${one.expires})`)
  const jobs = config.expectedSkips.map((job) => `job ${job}: may be skipped`)
  return [...off, ...gates, ...suppressed, ...vex, ...jobs]
}
