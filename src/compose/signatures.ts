// How signatures are made and checked: on a runner with its identity and by GitHub; on a laptop by a root that is named, alone.
import { type Client, createClient } from '../adapters/github/client.ts'
import { type AttestorOptions, GitHubAttestor } from '../adapters/sigstore/attest.ts'
import { MAX_ROOTS, noRoots, publicRoots, type Roots, readRoots } from '../adapters/sigstore/roots.ts'
import { SigstoreSignatures } from '../adapters/sigstore/signatures.ts'
import type { Invocation } from '../app/invocation.ts'
import type { Attestor, Ports, Signatures } from '../app/ports.ts'
import { CertifyError } from '../model/problem.ts'

type Asked = Pick<Invocation, 'trustedRoot' | 'repository'>

export function actionAttestor(options: AttestorOptions): Attestor {
  return new GitHubAttestor(options)
}

/** Throws CertifyError where the root that was named cannot be read. */
export function actionSignatures(ports: Ports, client: Client, asked: Asked): Signatures {
  const named = namedRoots(ports, asked)
  const roots = named === null ? () => publicRoots({ folder: ports.env.RUNNER_TEMP }) : () => named
  return new SigstoreSignatures({ ...whereOf(ports, asked), roots, client })
}

/** Nothing is fetched to trust; a token is used where there is one. Throws CertifyError where the root that was named cannot be read. */
export async function laptopSignatures(ports: Ports, asked: Asked): Promise<Signatures> {
  const roots = namedRoots(ports, asked) ?? noRoots()
  const token = ports.env.GH_TOKEN || ports.env.GITHUB_TOKEN || null
  if (token !== null) ports.log.mask(token)
  const client = await createClient({ token, env: ports.env, log: ports.log, retries: 1 })
  return new SigstoreSignatures({ ...whereOf(ports, asked), roots: () => roots, client })
}

function whereOf({ subject, env }: Ports, { repository }: Asked) {
  const [owner, repo] = (repository ?? subject.repository)?.split('/') ?? []
  return { place: owner && repo ? { owner, repo } : null, serverUrl: env.GITHUB_SERVER_URL || 'https://github.com' }
}

function namedRoots({ files }: Ports, { trustedRoot }: Asked): Roots | null {
  if (trustedRoot === undefined || trustedRoot === '') return null
  const text = files.textOf(trustedRoot, MAX_ROOTS)
  if (text === null)
    throw new CertifyError('trusted_root_missing', `there is no file ${trustedRoot}`, {
      hint: '`gh attestation trusted-root > trusted-root.jsonl` writes it',
    })
  return readRoots(text, trustedRoot)
}
