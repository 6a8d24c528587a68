// How doctor and setup reach the host: with the step's token, or on a laptop with GH_TOKEN or GITHUB_TOKEN; null without one.
import { createClient } from '../adapters/github/client.ts'
import { ApiSetup, type SetupPlace } from '../adapters/github/setup.ts'
import { confirmOn } from '../adapters/node/confirm.ts'
import type { Ports } from '../app/ports.ts'
import type { Setup } from '../app/setup-port.ts'

/** `token`: the Action's input; on a laptop the environment has it. */
export async function setupPort({ subject, env, log, inAction }: Ports, token: string | null): Promise<Setup | null> {
  const used = token ?? (inAction ? null : env.GH_TOKEN || env.GITHUB_TOKEN || null)
  const place = placeOf(subject.repository, env)
  if (used === null || place === null) return null
  log.mask(used)
  const client = await createClient({ token: used, env, log })
  return new ApiSetup(client, place, inAction ? null : confirmOn({ input: process.stdin, output: process.stderr }))
}

function placeOf(repository: string | null, env: Ports['env']): SetupPlace | null {
  const [owner, repo] = repository?.split('/') ?? []
  return owner && repo ? { owner, repo, serverUrl: env.GITHUB_SERVER_URL || 'https://github.com' } : null
}
