// A revoked certificate on its commit: a failed check of the verdict's name, which takes the place of the one that let it through.
import type { Log } from '../../app/ports.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

export interface RevokedOptions {
  client: Client
  context: Pick<RunContext, 'owner' | 'repo'>
  log: Pick<Log, 'warn'>
}

interface Told {
  commit: string
  id: string
  /** The certificate's: its run's checks are called so. */
  name: string
  /** Escaped, one sentence. */
  text: string
}

/** Once: a commit that shows it is not told again. That it cannot be posted is a warning: the ledger has it, and the door asks that. */
export async function tellRevoked(told: Told, { client, context, log }: RevokedOptions): Promise<void> {
  const { commit, id, name, text } = told
  const { owner, repo } = context
  const check = { owner, repo, name: `${name} verdict`, external_id: `certify:revoked ${id}` }
  try {
    // Where nobody can tell, it is said once more.
    if (await isShown(check, commit, client).catch(() => false)) return
    await client.rest.checks.create({
      ...check,
      head_sha: commit,
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Certificate revoked', summary: `\`${id}\`: ${text}` },
    })
  } catch (error) {
    log.warn(`the commit does not show that its certificate was revoked: ${troubleOf(error, 'checks: write').text}`)
  }
}

async function isShown(
  { owner, repo, name, external_id }: { owner: string; repo: string; name: string; external_id: string },
  commit: string,
  client: Client,
): Promise<boolean> {
  const asked = { owner, repo, ref: commit, check_name: name, filter: 'all' as const, per_page: 100 }
  const { data } = await client.rest.checks.listForRef(asked)
  return data.check_runs.some((one) => one.external_id === external_id && one.conclusion === 'failure')
}
