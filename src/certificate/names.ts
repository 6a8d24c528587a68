// No name leaves: logins, teams and addresses that a run knows of are taken out of every free text of a certificate.
import type { GateApproval } from '../model/approval.ts'
import type { Config } from '../model/config.ts'

/** Whoever the policy or an approval names. */
export function namesIn(config: Config, approvals: readonly GateApproval[]): string[] {
  const rules = [...config.gates.flatMap((one) => one.signOffs)]
  const criteria = config.levels.flatMap((one) => one.criteria)
  const names = [
    ...rules.flatMap((one) => [...one.users, ...one.teams]),
    ...config.manualReview.approvers,
    ...config.suppressions.map((one) => one.owner),
    ...(config.vex ?? []).map((one) => one.owner),
    ...criteria.flatMap((one) => one.notApplicable?.approvedBy ?? []),
    ...config.certificate.conditional.conditions.map((one) => one.owner),
    ...Object.values(config.certificate.contacts),
    ...config.checklists.flatMap((list) => list.items.flatMap((item) => item.attested?.by ?? [])),
    ...approvals.flatMap((one) => [
      ...one.slots.flatMap((slot) => slot.filledBy?.login ?? []),
      ...one.refused.map((refused) => refused.user.login),
      ...one.environments.flatMap((environment) => [
        ...environment.users.map((user) => user.login),
        ...environment.teams.map((team) => team.slug),
      ]),
      ...(one.goLive === null ? [] : [one.goLive.actor]),
    ]),
  ]
  const whole = names.flatMap((one) => [one.trim(), one.trim().replace(/^@/, ''), one.trim().replace(/^@?[\w-]+\//, '')])
  return [...new Set(whole)].filter((one) => one !== '').sort((a, b) => b.length - a.length)
}

const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g
/** A mention: no scope of a package, no `name@ref`. */
const MENTION = /(?<![\w/.-])@[a-z\d][a-z\d-]{0,38}(?![\w/-])/gi

/** Takes whole words only, in whatever case; mentions and addresses of mail whoever they are of. */
export function withoutNames(names: readonly string[]): (text: string) => string {
  const escaped = names.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  const named = escaped.length === 0 ? null : new RegExp(`(?<![\\w-])@?(?:${escaped.join('|')})(?![\\w-])`, 'gi')
  return (text) => {
    const bare = text.replace(MAIL, '…').replace(MENTION, '…')
    return named === null ? bare : bare.replace(named, '…')
  }
}
