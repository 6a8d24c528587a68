// A revoked certificate on its commit: a failed check of the verdict's name, which takes the place of the one that let it through.
import type { Log } from '../../app/ports.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

export interface RevokedOptions {
  client: Client
  context: Pick<RunContext, 'owner' | 'repo'>
  name: string
  log: Pick<Log, 'warn'>
}

/** `text`: escaped, one sentence. That it cannot be posted is a warning: the ledger has it, and the door asks that. */
export async function tellRevoked(
  { commit, id, text }: { commit: string; id: string; text: string },
  { client, context, name, log }: RevokedOptions,
): Promise<void> {
  const { owner, repo } = context
  try {
    await client.rest.checks.create({
      owner,
      repo,
      name: `${name} verdict`,
      head_sha: commit,
      external_id: `certify:revoked ${id}`,
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Certificate revoked', summary: `\`${id}\`: ${text}` },
    })
  } catch (error) {
    log.warn(`the commit does not show that its certificate was revoked: ${troubleOf(error, 'checks: write').text}`)
  }
}
