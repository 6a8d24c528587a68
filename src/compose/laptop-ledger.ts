// A laptop's ledger: a folder of its own, or what --ledger names.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { FolderLedger } from '../adapters/store/folder.ts'
import { GitLedger } from '../adapters/store/git-ref.ts'
import type { Git, Ledger, LedgerStore, Log } from '../app/ports.ts'
import { CertifyError } from '../model/problem.ts'
import { LEDGER_TOOLS } from './ledger-tools.ts'

type Env = Readonly<Record<string, string | undefined>>

export const LAPTOP_LEDGER = '.certify/ledger'

/** `named`: the option --ledger. A folder may be added to; a branch or a repository is read. */
export function laptopLedger(named: string | undefined, root: string, git: Git, env: Env, log: Pick<Log, 'progress'>): Ledger {
  const place = placeOf(named, root, git)
  return {
    ...LEDGER_TOOLS,
    unverified: false,
    actor: null,
    open: async () => {
      switch (place.kind) {
        case 'off':
          return null
        case 'folder':
          return new FolderLedger(resolve(root, place.name), place.name)
        case 'branch':
          return new GitLedger(root, place.name)
        case 'repository':
          return remote(place, env, log)
      }
    },
    mode: () => (place.kind === 'folder' ? 'append' : 'read'),
    leftovers: async () => [],
    leaveBehind: async () => {
      throw new CertifyError('no_artifacts', 'records are left behind only by the Action')
    },
  }
}

type Place =
  | { kind: 'off' }
  | { kind: 'folder' | 'branch'; name: string }
  | { kind: 'repository'; host: string; owner: string; repo: string }

function placeOf(named: string | undefined, root: string, git: Git): Place {
  if (named === undefined) return { kind: 'folder', name: LAPTOP_LEDGER }
  if (named === 'off') return { kind: 'off' }
  const url = /^https:\/\/([\w.:-]{1,100})\/([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?\/?$/.exec(named)
  if (url !== null) return { kind: 'repository', host: url[1]!, owner: url[2]!, repo: url[3]! }
  if (existsSync(resolve(root, named)) || !git.hasBranch(named)) return { kind: 'folder', name: named }
  return { kind: 'branch', name: named }
}

/** Public repositories need no token; of others GITHUB_TOKEN or GH_TOKEN must be able to read the contents. */
async function remote(
  { host, owner, repo }: Extract<Place, { kind: 'repository' }>,
  env: Env,
  log: Pick<Log, 'progress'>,
): Promise<LedgerStore> {
  const baseUrl = env.GITHUB_API_URL || (host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`)
  // The client is half of a start; only here it is needed on a laptop.
  const { createClient } = await import('../adapters/github/client.ts')
  const { BranchLedger } = await import('../adapters/github/ledger-branch.ts')
  const client = await createClient({
    token: env.GITHUB_TOKEN || env.GH_TOKEN || null,
    env: { ...env, GITHUB_API_URL: baseUrl },
    log,
  })
  return new BranchLedger(client, { owner, repo, branch: 'certify-ledger' })
}
