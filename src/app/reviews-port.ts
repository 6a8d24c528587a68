// What a gate asks the world: of people, environments and the run that they reviewed.
import type { EnvironmentRules, Excluded, IssueAsked, Review } from '../model/approval.ts'
import type { Subject } from './ports.ts'

/** A run as GitHub has it. `attempt` is its latest. */
export interface RunFacts {
  commit: string
  attempt: number
  event: string
  /** Without `refs/heads/`; for a tag its name. */
  branch: string | null
}

/** What GitHub knows of people and environments. Every method throws CertifyError with the permission that is missing. */
export interface Reviews {
  /** The same of another run's subject, as if asked in that run. */
  about(subject: Subject): Reviews
  /** null: there is no such run in this repository, or it is a fork's. */
  runFacts(run: number): Promise<RunFacts | null>
  /** Commit that the run's branch or pull request is at now; empty: it is gone; null: the run is of neither, as one of a tag. */
  tip(): Promise<string | null>
  environment(name: string): Promise<EnvironmentRules>
  /** All reviews of this run, of all its attempts. */
  reviews(): Promise<Review[]>
  /**
   * People who may not approve (decision 32): authors and mergers of the pull requests since that commit (`included`: from it on),
   * pushers, those who started the run, commit authors. `problem`: it could not be told completely, so nobody is known not to be among them.
   */
  excluded(since: string | null, included?: boolean): Promise<{ people: Excluded[]; problem: string | null }>
  /** Approving reviews of the head commit itself, as reviews of the environment `pull request`. */
  pullRequestReviews(): Promise<Review[]>
  /** Comments on the bot's issue for this gate that approve or reject this commit (decision 35), as reviews of the environment `issue`. */
  issueReviews(asked: IssueAsked): Promise<Review[]>
  /** Opens that issue where it is not there yet; its address. */
  openIssue(asked: IssueAsked, body: string): Promise<string>
}
