// What could not be asked of GitHub, with the permission that would help: by REST and by GraphQL.
import { CertifyError } from '../../model/problem.ts'
import { graphqlErrors, plain, troubleOf } from './trouble.ts'

/** `what` says it as the first half of a sentence: `the reviews of run 7 cannot be read`. */
export function unaskable(what: string, error: unknown, needs: string): CertifyError {
  if (error instanceof CertifyError) return error
  const { text, permission } = hidden(error, needs) ?? troubleOf(error, needs)
  return new CertifyError('github_unaskable', `${what}: ${text}`, {
    hint: permission === null ? 'run it again' : `give the job \`${permission}\``,
    cause: error,
  })
}

/** GraphQL says with status 200 that something may not be seen; null: it is no such answer. */
function hidden(error: unknown, needs: string): { text: string; permission: string | null } | null {
  const errors = graphqlErrors(error)
  if (errors === null) return null
  if (errors.some(({ type }) => type === 'FORBIDDEN'))
    return { text: `the token may not see it: add \`${needs}\` under \`permissions:\` of this job`, permission: needs }
  return { text: `GitHub refuses it: ${plain(String(errors[0]?.message))}`, permission: null }
}
