// Policy as it stands on the trusted branch, read by the API: what is checked out has no say (decisions 10, 11).
import type { Log, Policy } from '../../app/ports.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { type Place, readFile, readRemote, unreadable } from './repository-file.ts'

export class ApiPolicy implements Policy {
  /** Nothing is asked twice. */
  private readonly asked = new Map<string, Promise<string | null>>()
  private branch: Promise<string> | null = null

  constructor(
    private readonly client: Client,
    private readonly context: RunContext,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** `branch` is one that the default branch's policy lists in `policy_refs`; left out: the default branch. */
  async trusted(path: string, branch?: string): Promise<{ text: string | null; source: string }> {
    const { owner, repo } = this.context
    const ref = branch ?? (await this.defaultBranch())
    return { text: await this.read({ owner, repo, path, ref }), source: `${path}@${ref}` }
  }

  /** Only for pull requests. That it cannot be read is a warning: the comparison shows, it does not decide. */
  async head(path: string): Promise<string | null> {
    const { owner, repo, subject } = this.context
    if (subject.event !== 'pull_request' || subject.commit === null) return null
    try {
      return await this.read({ owner, repo, path, ref: subject.commit })
    } catch (error) {
      this.log.warn(
        `changes to ${path} in this pull request are not shown: ${error instanceof Error ? error.message : String(error)}`,
      )
      return null
    }
  }

  remote(reference: string): Promise<{ text: string; source: string }> {
    return readRemote(this.client, reference)
  }

  private defaultBranch(): Promise<string> {
    const { owner, repo, defaultBranch } = this.context
    if (defaultBranch !== null) return Promise.resolve(defaultBranch)
    this.branch ??= this.client.rest.repos.get({ owner, repo }).then(
      ({ data }) => data.default_branch,
      (error: unknown) => {
        throw unreadable(`${owner}/${repo}`, error)
      },
    )
    return this.branch
  }

  private read(place: Place): Promise<string | null> {
    const key = `${place.owner}/${place.repo}/${place.path}@${place.ref}`
    const known = this.asked.get(key)
    if (known) return known
    const reading = readFile(this.client, place)
    this.asked.set(key, reading)
    return reading
  }
}
