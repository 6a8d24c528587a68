// How signatures are made and checked: on a runner with its identity and by GitHub; on a laptop by a root that is named, alone.
import { type AttestorOptions, GitHubAttestor } from '../adapters/sigstore/attest.ts'
import { MAX_ROOTS, noRoots, publicRoots, type Roots, readRoots } from '../adapters/sigstore/roots.ts'
import { type SignaturesOptions, SigstoreSignatures } from '../adapters/sigstore/signatures.ts'
import type { Invocation } from '../app/invocation.ts'
import type { Attestor, Ports, Signatures } from '../app/ports.ts'
import { CertifyError } from '../model/problem.ts'

type Asked = Pick<Invocation, 'trustedRoot'>

export function actionAttestor(options: AttestorOptions): Attestor {
  return new GitHubAttestor(options)
}

/** Throws CertifyError where the root that was named cannot be read. */
export function actionSignatures(ports: Ports, asked: Asked): Signatures {
  const named = namedRoots(ports, asked)
  return signaturesBy(named === null ? () => publicRoots({ folder: ports.env.RUNNER_TEMP }) : () => named, ports)
}

/** Nothing is fetched to trust. Throws CertifyError where the root that was named cannot be read. */
export function laptopSignatures(ports: Ports, asked: Asked): Signatures {
  const roots = namedRoots(ports, asked) ?? noRoots()
  return signaturesBy(() => roots, ports)
}

function signaturesBy(roots: SignaturesOptions['roots'], { env }: Ports): Signatures {
  return new SigstoreSignatures({ roots, serverUrl: env.GITHUB_SERVER_URL || 'https://github.com' })
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
