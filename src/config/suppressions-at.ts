// The suppressions that still suppress something; of one that has ended nothing is easier to pass, and somebody has to be told.
import { acceptanceOf } from '../model/acceptance.ts'
import type { Config, Suppression } from '../model/config.ts'
import type { Problem } from '../model/problem.ts'

export function suppressionsAt({ suppressions }: Config, now?: Date): { suppressions: Suppression[]; notices: Problem[] } {
  const ended = (one: Suppression): boolean => now !== undefined && acceptanceOf(one.expires, now) === 'expired'
  return {
    suppressions: suppressions.filter((one) => !ended(one)),
    notices: suppressions.filter(ended).map(noticeOf),
  }
}

function noticeOf({ id, expires, origin }: Suppression): Problem {
  const [, path, line] = /^(.+):(\d+)$/.exec(origin) ?? []
  return {
    code: 'suppression_expired',
    message: `the suppression of ${id.slice(0, 100)} expired on ${expires.slice(0, 40)}, so it suppresses nothing`,
    hint: 'have it renewed, or take it out',
    ...(path !== undefined && { path, line: Number(line) }),
  }
}
