// Whose writing is ours: the bot of the job's token, or whoever another token writes as.
import type { Client } from './client.ts'

export function isActionsBot(user: { login: string; type?: string } | null | undefined): boolean {
  return user?.login === 'github-actions[bot]' && user.type === 'Bot'
}

/** Login behind an app's or user's own token; null: not known, so nothing of theirs is ours. */
export async function viewer(client: Client): Promise<string | null> {
  try {
    const answer = await client.graphql<{ viewer: { login: string } }>('{ viewer { login } }')
    return answer.viewer.login
  } catch {
    return null
  }
}
