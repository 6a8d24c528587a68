// Files of a ledger branch at a commit, fifty to a request, each checked against the id git knows it by.
import { createHash } from 'node:crypto'
import { CertifyError } from '../../model/problem.ts'
import type { Client } from './client.ts'

/** Aliases in one GraphQL request. */
const PER_REQUEST = 50

export interface Repository {
  owner: string
  repo: string
}

interface Answered {
  __typename: string
  oid: string
  text?: string | null
  isTruncated?: boolean
}

type Answer = { repository: ({ at: { oid: string; tree?: { oid: string } } | null } & Record<string, Answered | null>) | null }

export interface ReadFiles {
  /** The commit's tree. */
  tree: string
  /** In the order asked for; null: the commit has no such file. */
  files: (Uint8Array | null)[]
}

/**
 * `expressions`: paths at the commit (`path`), or ids of blobs (`{ oid }`). Asks for the commit itself each time: only where that
 * can be seen is a file that is not there proof of its absence. Throws as the client does, and CertifyError.
 */
export async function readFiles(
  client: Client,
  repository: Repository,
  commit: string,
  wanted: readonly (string | { oid: string })[],
): Promise<ReadFiles> {
  const files: (Uint8Array | null)[] = []
  let tree = ''
  for (let from = 0; from === 0 || from < wanted.length; from += PER_REQUEST) {
    const part = wanted.slice(from, from + PER_REQUEST)
    const expressions = part.map((one) => (typeof one === 'string' ? `${commit}:${one}` : one.oid))
    const variables = Object.fromEntries(expressions.map((expression, at) => [`e${at}`, expression]))
    const answer = await client.graphql<Answer>(queryFor(part.length), { ...repository, commit, ...variables })
    const found = answer.repository
    if (!found?.at?.tree) throw unreadable(`commit ${commit} is not to be seen`)
    tree = found.at.tree.oid
    for (const at of part.keys()) {
      const one = found[`f${at}`] as Answered | null | undefined
      if (one === undefined) throw unreadable('GitHub left a file out of its answer')
      files.push(one === null ? null : await bytesOf(client, repository, one))
    }
  }
  return { tree, files }
}

export function queryFor(files: number): string {
  const each = (text: (at: number) => string): string => Array.from({ length: files }, (_, at) => text(at)).join('')
  const file =
    files === 0 ? '' : ' fragment file on GitObject { __typename oid ... on Blob { text isTruncated isBinary byteSize } }'
  return `query($owner: String!, $repo: String!, $commit: GitObjectID!${each((at) => `, $e${at}: String!`)}) {
  repository(owner: $owner, name: $repo) {
    at: object(oid: $commit) { oid ... on Commit { tree { oid } } }
    ${each((at) => `f${at}: object(expression: $e${at}) { ...file } `)}
  }
}${file}`
}

/** The text where it is the blob byte for byte; what is long, binary or not quite UTF-8 comes by REST. */
async function bytesOf(client: Client, { owner, repo }: Repository, { __typename, oid, text, isTruncated }: Answered) {
  if (__typename !== 'Blob') throw unreadable('there is a folder where a file should be')
  if (typeof text === 'string' && isTruncated !== true) {
    const bytes = Buffer.from(text)
    if (idOf(bytes, oid.length) === oid) return bytes
  }
  const { data } = await client.rest.git.getBlob({ owner, repo, file_sha: oid })
  const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8')
  if (idOf(bytes, oid.length) !== oid) throw unreadable(`GitHub's answer is not the file ${oid}`)
  return bytes
}

/** As git names a blob: by SHA-1, or SHA-256 where ids have 64 digits. */
function idOf(bytes: Uint8Array, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

function unreadable(why: string): CertifyError {
  return new CertifyError('ledger_unreadable', `the ledger branch cannot be read: ${why}`, { hint: 'run it again' })
}
