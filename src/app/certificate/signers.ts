// Whose signature counts: the workflows that the policy names, else those that are released with this action.
import type { Config } from '../../model/config.ts'
import type { Ports } from '../ports.ts'

const RELEASED = ['certify-issue.yml', 'certify-recertify.yml']

/** Empty: nobody's. */
export function signersOf({ certificate }: Pick<Config, 'certificate'>, { env }: Pick<Ports, 'env'>): string[] {
  if (certificate.signers.length > 0) return certificate.signers
  const own = env.GITHUB_ACTION_REPOSITORY
  return own ? RELEASED.map((file) => `${own}/.github/workflows/${file}`) : []
}
