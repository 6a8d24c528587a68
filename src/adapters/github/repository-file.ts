// One file of a repository at a ref, by the contents API.
import { RequestError } from '@octokit/request-error'
import { CertifyError } from '../../model/problem.ts'
import type { Client } from './client.ts'
import { troubleOf } from './trouble.ts'

export interface Place {
  owner: string
  repo: string
  path: string
  ref: string
}

/** null: the ref has no such file. Throws CertifyError for anything else that keeps it from being read. */
export async function readFile(client: Client, { owner, repo, path, ref }: Place): Promise<string | null> {
  try {
    const { data } = await client.rest.repos.getContent({ owner, repo, path, ref })
    if (Array.isArray(data) || data.type !== 'file') throw new CertifyError('not_a_file', `${path} at ${ref} is not a file`)
    if (data.encoding !== 'base64')
      throw new CertifyError('too_large', `${path} at ${ref} has ${data.size} bytes; at most 1 MiB is read`)
    return Buffer.from(data.content, 'base64').toString('utf8')
  } catch (error) {
    if (error instanceof CertifyError) throw error
    // "No commit found for the ref" is a 404 as well, and no proof that the file is absent.
    if (error instanceof RequestError && error.status === 404 && /^Not Found\b/.test(error.message)) return null
    throw unreadable(`${path} at ${ref}`, error)
  }
}

/** The file behind an `extends:` reference, `owner/repo/path@full-sha`: pinned, so that nobody else can change it. */
export async function readRemote(client: Client, reference: string): Promise<{ text: string; source: string }> {
  const match = /^([\w.-]{1,100})\/([\w.-]{1,100})\/([^@\s]{1,500})@([0-9a-f]{40})$/.exec(reference)
  if (!match) {
    throw new CertifyError('extends_invalid', `"${reference.slice(0, 200)}" is no place to extend`, {
      hint: 'write owner/repo/path@ and the full 40-digit commit',
    })
  }
  const [, owner = '', repo = '', path = '', ref = ''] = match
  const text = await readFile(client, { owner, repo, path, ref })
  if (text === null)
    throw new CertifyError('extends_missing', `${reference} does not exist`, { hint: 'check the path and the commit' })
  return { text, source: reference }
}

export function unreadable(what: string, error: unknown): CertifyError {
  return new CertifyError('policy_unreadable', `${what} cannot be read: ${troubleOf(error, 'contents: read').text}`, {
    hint: 'the policy decides, so nothing is judged without it; give the job `contents: read`, or run it again',
    cause: error,
  })
}
