// What a change of policy tightens and what it loosens, as lines for people.
import type { Config } from '../model/config.ts'

/** Lines such as "test_coverage: > 95 % -> > 80 %". What cannot be told is listed as loosened. */
export function comparePolicy(_trusted: Config, _head: Config): { tightened: string[]; loosened: string[] } {
  return { tightened: [], loosened: [] }
}
