// Signs a statement as the workflow that runs, by GitHub's toolkit, and has GitHub keep the signature. Where to sign is not configurable.
import { RequestError } from '@octokit/request-error'
import type { Attested, Attestor, Log } from '../../app/ports.ts'
import { CertifyError } from '../../model/problem.ts'
import type { Statement } from '../../model/statement.ts'
import type { Client } from '../github/client.ts'
import type { RunContext } from '../github/context.ts'
import { isEnterpriseServer } from '../github/repository-facts.ts'
import { isLimit, plain, troubleOf } from '../github/trouble.ts'
import { openBundle } from './bundle.ts'

export interface AttestorOptions {
  client: Client
  context: Pick<RunContext, 'owner' | 'repo' | 'serverUrl' | 'readOnly'>
  env: Readonly<Record<string, string | undefined>>
  log: Pick<Log, 'warn'>
}

/** GitHub's own limit. */
const MOST_SUBJECTS = 1024

export class GitHubAttestor implements Attestor {
  constructor(private readonly options: AttestorOptions) {}

  async attest(statement: Statement): Promise<Attested> {
    const why = this.unable() ?? tooMany(statement)
    if (why !== null) return { state: 'unsigned', why }
    const bundle = await sign(statement, await this.isPublic())
    return this.keep(bundle)
  }

  /** As the token says that the signing certificate is made from: a reusable workflow signs in its own name. */
  async workflow(): Promise<string | null> {
    if (this.unable() !== null) return null
    try {
      const { getIDToken } = await import('./toolkit.ts')
      const [, payload = ''] = (await getIDToken('sigstore')).split('.')
      const { job_workflow_ref: ref } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { job_workflow_ref?: unknown }
      return typeof ref === 'string' && ref !== '' ? ref : null
    } catch (error) {
      throw failed(`which workflow signs cannot be told: ${reasons(error)}`, error)
    }
  }

  /** What is known without asking anybody. */
  private unable(): string | null {
    const { context, env } = this.options
    if (isEnterpriseServer(context.serverUrl)) return 'GitHub Enterprise Server has no artifact attestations'
    if (context.readOnly === 'fork') return 'a pull request from a fork cannot sign: it gets no identity of the repository'
    if (env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN) return null
    return 'this job has no identity to sign with: add `id-token: write` under its `permissions:`'
  }

  /** What is public is signed for the public log, and nothing else ever is. */
  private async isPublic(): Promise<boolean> {
    const { client, context } = this.options
    try {
      const { data } = await client.rest.repos.get({ owner: context.owner, repo: context.repo })
      return data.visibility === 'public' && data.private === false
    } catch (error) {
      throw failed(`whether the repository is public cannot be told: ${troubleOf(error, 'metadata: read').text}`, error)
    }
  }

  private async keep(bundle: string): Promise<Attested> {
    const { client, context, log } = this.options
    const { owner, repo, serverUrl } = context
    try {
      const { data } = await client.rest.repos.createAttestation({ owner, repo, bundle: JSON.parse(bundle) })
      return {
        state: 'signed',
        bundle,
        url: data.id === undefined ? null : `${serverUrl}/${owner}/${repo}/attestations/${data.id}`,
      }
    } catch (error) {
      const why = refusal(error)
      if (why !== null) return { state: 'unsigned', why }
      log.warn(
        `the certificate is signed, but GitHub did not keep the attestation: ${troubleOf(error, 'attestations: write').text}`,
      )
      return { state: 'signed', bundle, url: null }
    }
  }
}

/** A refusal that stays one until somebody changes something; null: another time it may go well. */
function refusal(error: unknown): string | null {
  if (!(error instanceof RequestError) || error.status >= 500 || error.status === 429 || isLimit(error)) return null
  if (/feature not available/i.test(error.message))
    return `the plan has no attestations for private repositories: ${plain(error.message.replace(/ - https?:.*$/, ''))}`
  return `GitHub does not keep the attestation: ${troubleOf(error, 'attestations: write').text}`
}

function tooMany({ subject }: Statement): string | null {
  return subject.length <= MOST_SUBJECTS
    ? null
    : `an attestation is of at most ${MOST_SUBJECTS} files, this is of ${subject.length}: name fewer subjects`
}

async function sign({ _type, subject, predicateType, predicate }: Statement, isPublic: boolean): Promise<string> {
  let text: string
  try {
    // The toolkit's own way to GitHub is left out: the client here says why GitHub refuses.
    const { attest } = await import('./toolkit.ts')
    const sigstore = isPublic ? 'public-good' : 'github'
    const signed = await attest({ subjects: subject, predicateType, predicate, token: '', sigstore, skipWrite: true })
    text = JSON.stringify(signed.bundle)
  } catch (error) {
    throw failed(`the certificate cannot be signed: ${reasons(error)}`, error)
  }
  if (!openBundle(text).payload.equals(Buffer.from(JSON.stringify({ _type, subject, predicateType, predicate }))))
    throw failed('what was signed is not the statement that was to be signed', null)
  return text
}

function failed(message: string, cause: unknown): CertifyError {
  return new CertifyError('attest_failed', message, { hint: 'run it again; or let the policy do without: attest: auto', cause })
}

/** The services' own words are behind the toolkit's. */
function reasons(error: unknown): string {
  const said: string[] = []
  for (let at = error; at instanceof Error && said.length < 3; at = at.cause) said.push(plain(at.message))
  return [...new Set(said)].join(': ') || 'no answer'
}
