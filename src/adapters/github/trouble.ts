// Says in a user's words why a call to GitHub failed, and which permission would help.
import { RequestError } from '@octokit/request-error'

/** A failed call, told apart. `permission` is the line to add under `permissions:`, for example `checks: write`. */
export interface Trouble {
  kind: 'permission' | 'limit' | 'credentials' | 'missing' | 'refused' | 'outage'
  text: string
  permission: string | null
}

/** `needs` is named where GitHub itself does not name the missing permission. */
export function troubleOf(error: unknown, needs: string): Trouble {
  if (!(error instanceof RequestError))
    return { kind: 'outage', text: plain(error instanceof Error ? error.message : String(error)), permission: null }
  const headers = error.response?.headers ?? {}
  if (isLimit(error)) return { kind: 'limit', text: "GitHub's rate limit is reached", permission: null }
  if (error.status === 401) return { kind: 'credentials', text: 'GitHub does not accept the token', permission: null }
  if (error.status === 403) {
    const permission = missingPermission(headers['x-accepted-github-permissions'], needs)
    return {
      kind: 'permission',
      text: `the token may not do it: add \`${permission}\` under \`permissions:\` of this job`,
      permission,
    }
  }
  if (error.status === 404 || error.status === 410) {
    return {
      kind: 'missing',
      text: `GitHub answers "not found" (${error.status}): it is gone, or the token may not see it (\`${needs}\`)`,
      permission: needs,
    }
  }
  if (error.status < 500)
    return { kind: 'refused', text: `GitHub refuses it (${error.status}): ${plain(error.message)}`, permission: null }
  const answered = error.response !== undefined
  return {
    kind: 'outage',
    text: answered ? `GitHub answers with an error (${error.status})` : `no answer from GitHub (${plain(error.message)})`,
    permission: null,
  }
}

/** What GraphQL says with status 200 instead of an answer; null: it is no such answer. */
export function graphqlErrors(error: unknown): { type?: unknown; message?: unknown }[] | null {
  const errors = (error as { errors?: { type?: unknown; message?: unknown }[] } | null)?.errors
  return !Array.isArray(errors) || error instanceof RequestError ? null : errors
}

/** True where it is not known whether a write happened: no answer at all, or a server error. */
export function mayHaveHappened(error: unknown): boolean {
  return !(error instanceof RequestError) || error.status >= 500
}

export function isLimit(error: RequestError): boolean {
  const headers = error.response?.headers ?? {}
  if (error.status === 429) return true
  return (
    error.status === 403 &&
    (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /rate limit/i.test(error.message))
  )
}

/**
 * The header lists alternatives divided by `;`, each a list of `key=level` divided by commas. Workflows write the keys with
 * dashes. Of several alternatives the one we would have asked for is named, else the first.
 */
function missingPermission(header: unknown, needs: string): string {
  if (typeof header !== 'string' || !/^[a-z_=,; ]{1,500}$/.test(header)) return needs
  const alternatives = header
    .split(';')
    .map((alternative) =>
      alternative
        .split(',')
        .map((part) => part.trim().replace(/_/g, '-').replace('=', ': '))
        .filter((part) => part !== '')
        .join('`, `'),
    )
    .filter((alternative) => alternative !== '')
  return alternatives.includes(needs) ? needs : (alternatives[0] ?? needs)
}

/** One line, without control characters, short. */
export function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .slice(0, 300)
    .trim()
}
