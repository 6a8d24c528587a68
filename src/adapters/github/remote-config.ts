// An `extends:` reference read from a laptop, where there may be no token.
import { createClient } from './client.ts'
import { readRemote } from './repository-file.ts'

/** Uses GITHUB_TOKEN or GH_TOKEN where set. Throws CertifyError where the reference cannot be read. */
export async function readRemoteConfig(
  reference: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ text: string; source: string }> {
  const client = await createClient({
    token: env.GITHUB_TOKEN || env.GH_TOKEN || null,
    env,
    log: { progress: () => {} },
    retries: 1,
  })
  return readRemote(client, reference)
}
