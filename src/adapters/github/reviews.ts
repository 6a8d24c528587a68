// What GitHub says of people: which reviews a run has, whom an environment asks, who had a hand in the change.
import type { Reviews, RunFacts, Subject } from '../../app/ports.ts'
import { type EnvironmentRules, type Excluded, GONE, type IssueAsked, type Person, type Review } from '../../model/approval.ts'
import { issueReviews, openApprovalIssue } from './approval-issue.ts'
import type { Client } from './client.ts'
import type { RunContext } from './context.ts'
import { readEnvironment } from './environments.ts'
import { excludedFrom } from './excluded.ts'
import { pullRequestReviews } from './pull-request-reviews.ts'
import { runFacts, tipOf } from './run-facts.ts'
import { unaskable } from './unaskable.ts'

export class ApiReviews implements Reviews {
  constructor(
    private readonly client: Client,
    private readonly context: RunContext,
  ) {}

  about(subject: Subject): Reviews {
    return new ApiReviews(this.client, { ...this.context, subject })
  }

  runFacts(run: number): Promise<RunFacts | null> {
    return runFacts(this.client, this.context, run)
  }

  tip(): Promise<string | null> {
    return tipOf(this.client, this.context)
  }

  environment(name: string): Promise<EnvironmentRules> {
    return readEnvironment(this.client, this.context, name)
  }

  /** In GitHub's order, which is not said to be that of time; entries of all attempts. */
  async reviews(): Promise<Review[]> {
    const { owner, repo, subject } = this.context
    const { run } = subject
    if (run === null) return []
    try {
      const { data } = await this.client.rest.actions.getReviewsForRun({ owner, repo, run_id: run })
      return data.map(({ state, comment, environments, user }) => ({
        environments: environments.flatMap(({ name }) => name ?? []),
        state: state === 'approved' || state === 'rejected' ? state : 'pending',
        user: personOf(user),
        comment: comment ?? '',
      }))
    } catch (error) {
      throw unaskable(`the reviews of run ${run} cannot be read`, error, 'actions: read')
    }
  }

  excluded(since: string | null, included = false): Promise<{ people: Excluded[]; problem: string | null }> {
    return excludedFrom(this.client, this.context, since, included)
  }

  pullRequestReviews(): Promise<Review[]> {
    return pullRequestReviews(this.client, this.context)
  }

  issueReviews(asked: IssueAsked): Promise<Review[]> {
    return issueReviews(this.client, this.context, asked)
  }

  openIssue(asked: IssueAsked, body: string): Promise<string> {
    return openApprovalIssue(this.client, this.context, asked, body)
  }
}

/** Of an account that is gone GitHub says nothing: what it said stays, under an id that nobody has. */
function personOf(user: { id: number; login: string } | null): Person {
  return user === null ? { id: GONE, login: 'ghost' } : { id: user.id, login: user.login }
}
