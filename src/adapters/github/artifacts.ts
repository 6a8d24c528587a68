// Workflow artifacts as evidence: listed and downloaded by @actions/artifact, checked, and read without being unpacked.

import { rmSync } from 'node:fs'
import type { Artifact, DefaultArtifactClient, FindOptions } from '@actions/artifact'
import picomatch from 'picomatch'
import type { Artifacts, Found, Log, Unusable } from '../../app/ports.ts'
import type { Origin } from '../../model/evidence.ts'
import { CertifyError } from '../../model/problem.ts'
import { bytesOf } from '../node/chunks.ts'
import type { ArchiveLimits } from './archive.ts'
import type { Content } from './artifact-content.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { otherRunProblem } from './other-run.ts'

export interface ArtifactsOptions {
  client: Client
  context: RunContext
  token: string
  env: Readonly<Record<string, string | undefined>>
  limits: ArchiveLimits
  log: Pick<Log, 'progress'>
  /** Workflow files whose artifacts are taken from other runs; empty: only this run's own workflow file. */
  workflows?: readonly string[]
}

type ArtifactOrigin = Extract<Origin, { type: 'artifact' }>

export class WorkflowArtifacts implements Artifacts {
  private toolkit: Promise<DefaultArtifactClient> | null = null
  private readonly listed = new Map<number | null, Promise<Artifact[]>>()
  private readonly downloaded = new Map<number, Promise<Content | Unusable>>()
  private readonly folders: string[] = []

  constructor(private readonly options: ArtifactsOptions) {}

  /** `runId` null: this run. Throws CertifyError where the list of artifacts cannot be had at all. */
  async find(namePattern: string, globs: string[], runId: number | null): Promise<Found & { matched: string[] }> {
    const run = runId === this.options.context.subject.run ? null : runId
    const problem = (run === null ? null : await otherRunProblem(this.options, run)) ?? (await this.unsupported(run))
    if (problem !== null) {
      const origin: ArtifactOrigin = {
        type: 'artifact',
        name: namePattern,
        id: 0,
        runId: run ?? 0,
        digest: null,
        digestChecked: false,
      }
      return { matched: [], files: [], unusable: [{ path: namePattern, origin, code: 'archive_refused', message: problem }] }
    }
    const matches = picomatch(namePattern, { dot: true })
    const wanted = (await this.list(run)).filter((a) => a.name === namePattern || matches(a.name))
    wanted.sort((a, b) => (a.name < b.name ? -1 : 1))
    const found: Found & { matched: string[] } = { matched: wanted.map((a) => a.name), files: [], unusable: [] }
    for (const artifact of wanted) {
      const content = await this.content(artifact, run)
      if ('code' in content) found.unusable.push(content)
      else {
        const { files, unusable } = await content.select(globs)
        found.files.push(...files)
        found.unusable.push(...unusable)
      }
    }
    return found
  }

  /** A server without artifacts of this kind has none to offer: what asks for them goes without, and the rest is judged. */
  private async unsupported(run: number | null): Promise<string | null> {
    try {
      await this.list(run)
      return null
    } catch (error) {
      if (!(error instanceof CertifyError) || error.code !== 'artifacts_unsupported') throw error
      return `${error.message}; ${error.hint}`
    }
  }

  /** One file of an artifact that is known already; null: it cannot be had. */
  async fileOf(artifact: Artifact, runId: number, path: string): Promise<Uint8Array | null> {
    const content = await this.content(artifact, runId)
    if ('code' in content) return null
    const [file] = (await content.select([path])).files
    return file === undefined ? null : bytesOf(file)
  }

  /**
   * The one file of another run's artifact that any of the globs selects, whoever wrote it: nothing is said about whose word it is.
   * Throws CertifyError `report_missing` where there is none, `report_refused` where it crosses a bound or cannot be read.
   */
  async oneFile(name: string, globs: string[], runId: number): Promise<Uint8Array> {
    const artifact = (await this.list(runId)).find((one) => one.name === name)
    if (artifact === undefined)
      throw new CertifyError('report_missing', `run ${runId} left no artifact ${name}`, {
        hint: 'its workflow has to upload the report folder under this name, also after a failure (if: always())',
      })
    const content = await this.content(artifact, runId)
    const { files, unusable } = 'code' in content ? { files: [], unusable: [content] } : await content.select(globs)
    const [refused] = unusable
    if (refused !== undefined)
      throw new CertifyError('report_refused', `the artifact ${name} of run ${runId} is refused: ${refused.message}`)
    const [file, ...more] = files
    if (file === undefined || more.length > 0)
      throw new CertifyError(
        'report_missing',
        `the artifact ${name} of run ${runId} has ${files.length} files ${globs[0]}, not one`,
        {
          hint: 'upload the folder that `certify evaluate` wrote, as it is',
        },
      )
    return bytesOf(file)
  }

  /** Removes what was downloaded; files found are no longer readable after it. */
  dispose(): void {
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true })
  }

  private load(): Promise<DefaultArtifactClient> {
    // Half the cost of a whole start: only where artifacts are asked for.
    this.toolkit ??= import('@actions/artifact').then(({ DefaultArtifactClient: Toolkit }) => new Toolkit())
    return this.toolkit
  }

  /** The service of the run itself needs what only a step of an action is given; everything else goes by the API. */
  private findBy(run: number | null): FindOptions {
    const { env, context, token } = this.options
    const own = context.subject.run
    if (run === null && env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL) return {}
    return { findBy: { token, workflowRunId: run ?? own ?? 0, repositoryOwner: context.owner, repositoryName: context.repo } }
  }

  private list(run: number | null): Promise<Artifact[]> {
    const known = this.listed.get(run)
    if (known) return known
    const listing = this.load()
      .then((toolkit) => toolkit.listArtifacts({ latest: true, ...this.findBy(run) }))
      .then(({ artifacts }) => artifacts)
      .catch((error: unknown) => {
        const unsupported = error instanceof Error && error.name === 'GHESNotSupportedError'
        throw new CertifyError(
          unsupported ? 'artifacts_unsupported' : 'artifacts_unreadable',
          unsupported
            ? 'this GitHub server has no artifacts of the current kind'
            : `the artifacts of run ${run ?? 'at hand'} cannot be listed`,
          {
            hint: unsupported
              ? 'read the reports from the workspace instead: produce them in the same job'
              : 'give the job `actions: read`, or run it again',
            cause: error,
          },
        )
      })
    this.listed.set(run, listing)
    return listing
  }

  private content(artifact: Artifact, run: number | null): Promise<Content | Unusable> {
    const known = this.downloaded.get(artifact.id)
    if (known) return known
    const downloading = this.download(artifact, run)
    this.downloaded.set(artifact.id, downloading)
    return downloading
  }

  private async download(artifact: Artifact, run: number | null): Promise<Content | Unusable> {
    const { context, env, limits, log } = this.options
    const digest = artifact.digest ?? null
    const runId = run ?? context.subject.run ?? 0
    const origin: ArtifactOrigin = {
      type: 'artifact',
      name: artifact.name,
      id: artifact.id,
      runId,
      digest,
      digestChecked: digest !== null,
    }
    const unusable = (code: Unusable['code'], message: string): Unusable => ({ path: artifact.name, origin, code, message })
    if (artifact.size > limits.totalBytes)
      return unusable('too_large', `has ${artifact.size} bytes; at most ${limits.totalBytes} are read`)
    const { freshFolder, openDownload } = await import('./artifact-content.ts')
    const folder = freshFolder(env.RUNNER_TEMP)
    this.folders.push(folder)
    try {
      log.progress(`downloading artifact ${artifact.id} (${artifact.size} bytes)`)
      const toolkit = await this.load()
      const expected = digest === null ? {} : { expectedHash: digest }
      const { digestMismatch } = await toolkit.downloadArtifact(artifact.id, {
        path: folder,
        skipDecompress: true,
        ...expected,
        ...this.findBy(run),
      })
      if (digestMismatch)
        return unusable('archive_refused', 'is not what was uploaded: its digest differs from the one GitHub has on record')
      const createdAt = artifact.createdAt?.toISOString() ?? null
      return openDownload({ folder, origin, createdAt, limits })
    } catch (error) {
      if (error instanceof CertifyError) return unusable('archive_refused', error.message)
      return unusable('unreadable', 'cannot be downloaded: it has expired, or GitHub did not answer')
    }
  }
}
