// Workflow runs, their jobs, and artifacts with their one-minute download links.
import type { Asked, Handler } from '../answer.ts'
import { notFound, page } from '../answer.ts'
import type { Artifact } from '../state.ts'

function shown(artifact: Artifact, { state, origin }: Asked) {
  const run = state.runs.get(artifact.runId)
  return {
    id: artifact.id,
    name: artifact.name,
    size_in_bytes: artifact.size,
    digest: artifact.digest,
    expired: artifact.expired,
    created_at: '2026-01-01T00:00:00Z',
    expires_at: new Date(Date.UTC(2026, 0, 1 + state.actionsSettings.retentionDays)).toISOString(),
    archive_download_url: `${origin}/repos/${state.fullName}/actions/artifacts/${artifact.id}/zip`,
    workflow_run: {
      id: artifact.runId,
      repository_id: state.repositoryId,
      head_repository_id: run?.head_repository?.id ?? state.repositoryId,
      head_branch: run?.head_branch ?? null,
      head_sha: run?.head_sha ?? null,
    },
  }
}

const jobs: Handler = (asked) => {
  const all = asked.state.jobs.get(Number(asked.params.run_id))
  if (!all) return notFound()
  const paged = page(all, asked, `/repos/${asked.state.fullName}/actions/runs/${asked.params.run_id}/jobs`)
  return {
    status: 200,
    body: { total_count: all.length, jobs: paged.items.map((job, i) => ({ id: 7000 + i, ...job })) },
    headers: paged.headers,
  }
}

export const actions: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': ({ state, params }) => {
    const run = state.runs.get(Number(params.run_id))
    if (!run) return notFound()
    const { actor, triggering, ...rest } = run
    const who = { actor: state.account(actor), triggering_actor: state.account(triggering.at(-1) ?? actor) }
    return { status: 200, body: { ...rest, ...who, repository: { id: state.repositoryId, full_name: state.fullName } } }
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': jobs,
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': jobs,
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts': (asked) => {
    const name = asked.query.get('name')
    const all = asked.state.artifacts.filter(
      (a) => a.finalized && a.runId === Number(asked.params.run_id) && (name === null || a.name === name),
    )
    const paged = page(all, asked, `/repos/${asked.state.fullName}/actions/runs/${asked.params.run_id}/artifacts`)
    return {
      status: 200,
      body: { total_count: all.length, artifacts: paged.items.map((a) => shown(a, asked)) },
      headers: paged.headers,
    }
  },
  'GET /repos/{owner}/{repo}/actions/artifacts': (asked) => {
    const name = asked.query.get('name')
    const all = asked.state.artifacts.filter((a) => a.finalized && (name === null || a.name === name))
    const paged = page(all, asked, `/repos/${asked.state.fullName}/actions/artifacts`)
    const artifacts = paged.items.map((a) => shown(a, asked))
    return { status: 200, body: { total_count: all.length, artifacts }, headers: paged.headers }
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}': (asked) => {
    const artifact = asked.state.artifacts.find((a) => a.id === Number(asked.params.artifact_id))
    return artifact ? { status: 200, body: shown(artifact, asked) } : notFound()
  },
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': (asked) => {
    const artifact = asked.state.artifacts.find((a) => a.id === Number(asked.params.artifact_id))
    if (!artifact) return notFound()
    if (artifact.expired) return { status: 410, body: { message: 'Artifact has expired', status: '410' } }
    return { status: 302, headers: { location: `${asked.origin}/blobs/${artifact.id}?sig=download` } }
  },
}
