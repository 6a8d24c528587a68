// What a job's token may do: as its workflow says, and never more than its callers were given.
import type { PermissionLevel } from '../github/state.ts'

export type Permissions = Record<string, PermissionLevel>

const ORDER: readonly PermissionLevel[] = ['none', 'read', 'write']

/** What the token has where nothing is written: the setting that new repositories have. */
export const RESTRICTED: Permissions = { contents: 'read', packages: 'read' }

/** `undefined`: not written, so it is what there is already. Naming one leaves the others at none. */
export function permissionsOf(written: unknown, otherwise: Permissions): Permissions {
  if (written === undefined) return otherwise
  if (typeof written !== 'object' || written === null)
    throw new Error(`the runner of the tests knows no permissions: ${String(written)}`)
  return written as Permissions
}

/** What is asked for beyond what was given, in GitHub's words. */
export function excess(asked: Permissions, given: Permissions): string[] {
  return Object.entries(asked).flatMap(([scope, level]) => {
    const most = given[scope] ?? 'none'
    return ORDER.indexOf(level) > ORDER.indexOf(most) ? [`'${scope}: ${level}', but is only allowed '${scope}: ${most}'`] : []
  })
}

/** For a pull request from a fork the token can read and nothing else. */
export function readOnly(permissions: Permissions): Permissions {
  return Object.fromEntries(Object.entries(permissions).map(([scope, level]) => [scope, level === 'write' ? 'read' : level]))
}

/** As the stand-in names them. */
export function tokenOf(permissions: Permissions): Permissions {
  return Object.fromEntries(Object.entries(permissions).map(([scope, level]) => [scope.replaceAll('-', '_'), level]))
}
