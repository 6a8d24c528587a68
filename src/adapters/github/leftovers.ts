// Records that a run could not write in time: kept as an artifact of that run, taken up by the next job that writes (decision 39).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log, Subject } from '../../app/ports.ts'
import { freshFolder } from './artifact-content.ts'
import type { WorkflowArtifacts } from './artifacts.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { troubleOf } from './trouble.ts'

const NAME = 'certify-ledger-left'
const FILE = 'ledger-pending.json'
/** They are of use only until the next writer, who mostly comes within the hour. */
const RETENTION_DAYS = 7
const MOST = 30

export interface LeftFile {
  bytes: Uint8Array
  run: Pick<Subject, 'run' | 'repository' | 'commit'>
  /** Branch that it was a run of itself; null: of none. */
  main: string | null
}

export interface LeftoversOptions {
  client: Client
  context: RunContext
  artifacts: WorkflowArtifacts
  runnerTemp: string | undefined
  log: Pick<Log, 'warn'>
}

/** What is found lies in this repository and was written by one of its own runs; whether it is true of that run is for others to check. */
export async function leftFiles({ client, context, artifacts, log }: LeftoversOptions): Promise<LeftFile[]> {
  const { owner, repo, repositoryId } = context
  const found: LeftFile[] = []
  try {
    const { data } = await client.rest.actions.listArtifactsForRepo({ owner, repo, name: NAME, per_page: MOST })
    for (const artifact of data.artifacts) {
      const of = artifact.workflow_run
      const own = of != null && of.repository_id === repositoryId && of.head_repository_id === repositoryId
      if (artifact.expired || !own || of.id == null || of.id === context.subject.run) continue
      const { data: run } = await client.rest.actions.getWorkflowRun({ owner, repo, run_id: of.id })
      const bytes = await artifacts.fileOf(
        {
          id: artifact.id,
          name: artifact.name,
          size: artifact.size_in_bytes,
          ...(artifact.digest == null ? {} : { digest: artifact.digest }),
        },
        of.id,
        FILE,
      )
      if (bytes === null) continue
      // Of a pull request's it is the branch that wants to get in, whatever it is called.
      const main = run.event.startsWith('pull_request') || run.event === 'merge_group' ? null : run.head_branch
      found.push({
        bytes,
        run: { run: run.id, repository: context.subject.repository, commit: run.head_sha.toLowerCase() },
        main,
      })
    }
  } catch (error) {
    log.warn(`records that earlier runs left are not looked for: ${troubleOf(error, 'actions: read').text}`)
  }
  return found
}

/** Returns the artifact's name. */
export async function leaveFile(text: string, { runnerTemp }: Pick<LeftoversOptions, 'runnerTemp'>): Promise<string> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const toolkit = new DefaultArtifactClient()
  const folder = freshFolder(runnerTemp)
  const file = join(folder, FILE)
  writeFileSync(file, text)
  // A re-run of the same run leaves what it could not write anew.
  await toolkit.deleteArtifact(NAME).catch(() => null)
  await toolkit.uploadArtifact(NAME, [file], folder, { retentionDays: RETENTION_DAYS })
  return NAME
}
