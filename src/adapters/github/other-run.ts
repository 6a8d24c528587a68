// Whether another run's artifacts may speak for this commit (decision 28).
import { CertifyError } from '../../model/problem.ts'
import type { ArtifactsOptions } from './artifacts.ts'
import { troubleOf } from './trouble.ts'

/** null where they may; else why not. Throws CertifyError where GitHub cannot be asked. */
export async function otherRunProblem(
  { client, context, workflows = [] }: ArtifactsOptions,
  runId: number,
): Promise<string | null> {
  const { owner, repo, repositoryId, subject, workflowPath } = context
  let run: Awaited<ReturnType<typeof client.rest.actions.getWorkflowRun>>['data']
  try {
    run = (await client.rest.actions.getWorkflowRun({ owner, repo, run_id: runId })).data
  } catch (error) {
    throw new CertifyError(
      'artifacts_unreadable',
      `run ${runId} cannot be looked up: ${troubleOf(error, 'actions: read').text}`,
      { hint: 'its artifacts count only once it is known what it ran on', cause: error },
    )
  }
  if (run.repository.id !== repositoryId) return `run ${runId} belongs to another repository`
  if (run.head_repository?.id !== run.repository.id) return `run ${runId} ran for a fork, and its files prove nothing here`
  if (run.head_sha.toLowerCase() !== subject.commit) return `run ${runId} ran for another commit (${run.head_sha.slice(0, 12)})`
  // The path may carry the ref it was taken from: `.github/workflows/ci.yml@main`.
  const path = run.path.split('@')[0] ?? ''
  const listed = workflows.length > 0 ? workflows : workflowPath === null ? [] : [workflowPath]
  return listed.includes(path) ? null : `run ${runId} comes from ${path}, which the policy does not list`
}
