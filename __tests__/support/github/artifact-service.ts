// The service behind @actions/artifact 6: Twirp endpoints in JSON, and block blobs as Azure takes and gives them.
import { createHash } from 'node:crypto'
import type { Answer } from './answer.ts'
import type { Artifact, State } from './state.ts'

const TWIRP = '/twirp/github.actions.results.api.v1.ArtifactService/'

/** A token whose scope names the run and job; the client decodes it and verifies nothing. */
export function runtimeToken(runId: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ scp: `Actions.Results:${runId}:job-1`, exp: 4102444800 })}.signature`
}

interface Call {
  workflow_run_backend_id: string
  name?: string
  name_filter?: string
  id_filter?: string
  mime_type?: string
  version?: number
  size?: string
  hash?: string
}

export class ArtifactService {
  private readonly blocks = new Map<string, Uint8Array>()

  constructor(
    private readonly state: State,
    private readonly origin: () => string,
  ) {}

  takes(pathname: string): boolean {
    return pathname.startsWith(TWIRP) || pathname.startsWith('/blobs/')
  }

  answer(method: string, url: URL, body: Uint8Array, authorization: string): Answer {
    if (url.pathname.startsWith('/blobs/')) return this.blob(method, url, body)
    const token = authorization.replace(/^Bearer /, '')
    const call = JSON.parse(Buffer.from(body).toString()) as Call
    if (token !== runtimeToken(Number(call.workflow_run_backend_id)))
      return { status: 401, body: { code: 'unauthenticated', msg: 'bad runtime token' } }
    return this.twirp(url.pathname.slice(TWIRP.length), call)
  }

  private twirp(name: string, call: Call): Answer {
    const runId = Number(call.workflow_run_backend_id)
    const mine = this.state.artifacts.filter((a) => a.runId === runId)
    const named = mine.find((a) => a.name === call.name)
    switch (name) {
      case 'CreateArtifact': {
        if (call.version !== 7) return { status: 400, body: { code: 'invalid_argument', msg: 'version' } }
        if (named?.finalized)
          return {
            status: 409,
            body: { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
          }
        const made = this.state.addArtifact(runId, call.name ?? '', new Uint8Array(), {
          finalized: false,
          digest: null,
          mime: call.mime_type ?? 'application/zip',
        })
        return { status: 200, body: { ok: true, signed_upload_url: `${this.origin()}/blobs/${made.id}?sig=upload` } }
      }
      case 'FinalizeArtifact':
        if (!named) return { status: 404, body: { code: 'not_found', msg: 'no such artifact' } }
        Object.assign(named, { finalized: true, size: Number(call.size ?? 0), digest: call.hash ?? null })
        return { status: 200, body: { ok: true, artifact_id: String(named.id) } }
      case 'ListArtifacts':
        return { status: 200, body: { artifacts: mine.filter((a) => listed(a, call)).map((a) => shown(a)) } }
      case 'GetSignedArtifactURL':
        if (!named) return { status: 404, body: { code: 'not_found', msg: 'no such artifact' } }
        return { status: 200, body: { signed_url: `${this.origin()}/blobs/${named.id}?sig=download` } }
      case 'DeleteArtifact':
        if (!named) return { status: 404, body: { code: 'not_found', msg: 'no such artifact' } }
        this.state.artifacts.splice(this.state.artifacts.indexOf(named), 1)
        return { status: 200, body: { ok: true, artifact_id: String(named.id) } }
      default:
        return { status: 404, body: { code: 'bad_route', msg: name } }
    }
  }

  /** Put Block, Put Block List, Put Blob and Get Blob, as the Azure client uses them. */
  private blob(method: string, url: URL, body: Uint8Array): Answer {
    const artifact = this.state.artifacts.find((a) => a.id === Number(url.pathname.split('/')[2]))
    if (!artifact) return { status: 404 }
    if (method === 'GET') {
      const name = `${artifact.name}${artifact.mime === 'application/zip' ? '.zip' : ''}`
      return {
        status: 200,
        body: artifact.blob,
        headers: { 'content-type': artifact.mime, 'content-disposition': `attachment; filename="${name}"` },
      }
    }
    const action = url.searchParams.get('comp')
    if (action === 'block') {
      this.blocks.set(`${artifact.id} ${url.searchParams.get('blockid')}`, body)
    } else if (action === 'blocklist') {
      const ids = [
        ...Buffer.from(body)
          .toString()
          .matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g),
      ].map((m) => m[1])
      artifact.blob = Buffer.concat(ids.map((id) => this.blocks.get(`${artifact.id} ${id}`) ?? new Uint8Array()))
    } else {
      artifact.blob = body
    }
    return {
      status: 201,
      headers: { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-request-server-encrypted': 'true' },
    }
  }
}

function listed(artifact: Artifact, call: Call): boolean {
  if (!artifact.finalized) return false
  if (call.name_filter !== undefined && artifact.name !== call.name_filter) return false
  return call.id_filter === undefined || String(artifact.id) === call.id_filter
}

function shown(artifact: Artifact) {
  return {
    workflow_run_backend_id: String(artifact.runId),
    workflow_job_run_backend_id: 'job-1',
    database_id: String(artifact.id),
    name: artifact.name,
    size: String(artifact.size),
    created_at: '2026-01-01T00:00:00Z',
    ...(artifact.digest === null ? {} : { digest: artifact.digest }),
  }
}

/** The digest of other bytes: for artifacts that are not what their record says. */
export const wrongDigest = `sha256:${createHash('sha256').update('something else').digest('hex')}`
