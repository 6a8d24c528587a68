// Stands in for actions/upload-artifact under act, whose artifact server refuses what today's client sends with an upload.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { zip } from './github/zip.ts'

const {
  ACTIONS_RESULTS_URL: origin = '',
  ACTIONS_RUNTIME_TOKEN: token = '',
  INPUT_NAME: name = '',
  INPUT_PATH: root = '',
} = process.env

async function call(
  method: string,
  body: Record<string, unknown>,
): Promise<{ signed_upload_url?: string; signedUploadUrl?: string }> {
  const url = new URL(`twirp/github.actions.results.api.v1.ArtifactService/${method}`, origin)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...ids(), name, ...body }) })
  if (!answer.ok) throw new Error(`${method}: ${answer.status}`)
  return (await answer.json()) as { signed_upload_url?: string }
}

/** The token's scope names the run and the job: `Actions.Results:RUN:JOB`. */
function ids(): Record<string, string> {
  const { scp = '' } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { scp?: string }
  const [, run = '', job = ''] = scp.split(':')
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
}

async function upload(): Promise<void> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  const blob = zip(paths.map((path) => ({ path: relative(root, path), content: readFileSync(path) })))
  const { signed_upload_url, signedUploadUrl } = await call('CreateArtifact', { version: 4 })
  const url = signed_upload_url ?? signedUploadUrl ?? ''
  const put = await fetch(`${url}&comp=block`, { method: 'PUT', body: new Uint8Array(blob) })
  if (!put.ok) throw new Error(`upload: ${put.status}`)
  await call('FinalizeArtifact', { size: String(blob.length) })
}

await upload()
