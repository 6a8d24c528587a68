// Why a ledger branch cannot be read or written, and what to do about it.
import { RequestError } from '@octokit/request-error'
import { CertifyError } from '../../model/problem.ts'
import { graphqlErrors, plain, troubleOf } from './trouble.ts'

export function unreadableBranch(place: string, error: unknown): CertifyError {
  if (error instanceof CertifyError) return error
  const { text, permission } = hiddenByGraphql(error) ?? troubleOf(error, 'contents: read')
  return new CertifyError('ledger_unreadable', `${place} cannot be read: ${text}`, {
    hint: permission === null ? 'run it again' : `give the job \`${permission}\``,
    cause: error,
  })
}

/** GraphQL says with status 200 that something may not be seen. */
function hiddenByGraphql(error: unknown): { text: string; permission: string | null } | null {
  const errors = graphqlErrors(error)
  if (errors === null) return null
  const hidden = errors.some(({ type }) => type === 'FORBIDDEN' || type === 'NOT_FOUND')
  return {
    text: hidden ? 'the token may not see it' : `GitHub refuses it: ${plain(String(errors[0]?.message))}`,
    permission: hidden ? 'contents: read' : null,
  }
}

export function unwritableBranch(place: string, branch: string, error: RequestError): CertifyError {
  const told = plain(error.message)
  const say = (why: string, hint: string): CertifyError =>
    new CertifyError('ledger_unwritable', `nothing can be recorded in ${place}: ${why}`, { hint, cause: error })
  if (isEmptyRepository(error)) return say('the repository is empty', 'push a first commit to it')
  if (/rule|protected|restrict|required|pull request/i.test(told)) {
    return say(
      `the rules of the branch refuse it (${told})`,
      `let the rules of ${branch} allow it: no "restrict updates" or "restrict creations", no required pull request, check or signature there; forbid deletion and force pushes only`,
    )
  }
  const { kind, text, permission } = troubleOf(error, 'contents: write')
  if (kind === 'permission' && !/not accessible|must have/i.test(told)) return say(`GitHub refuses it (403): ${told}`, CONTENTS)
  if (kind === 'permission' || kind === 'missing')
    return say(text, permission === null ? CONTENTS : `give the job \`${permission}\``)
  return say(
    text,
    kind === 'credentials' ? 'give the job a token that is valid' : 'run it again later: what is to be recorded is kept',
  )
}

const CONTENTS = 'the job needs `contents: write` on a repository that is not archived'

export function isEmptyRepository(error: unknown): boolean {
  return error instanceof RequestError && error.status === 409 && /empty/i.test(error.message)
}
