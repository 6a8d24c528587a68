// What doctor and setup need of the host: how a repository is set up, and, with consent, changing its environments.
import type { EnvironmentRules } from '../model/approval.ts'
import type { ActionsFacts, BranchFacts, RepositoryFacts, Retention, WorkflowFile } from '../model/setup.ts'

/** Every method throws CertifyError with the permission that is missing. */
export interface Setup {
  repository(): Promise<RepositoryFacts>
  environment(name: string): Promise<EnvironmentRules>
  branch(name: string): Promise<BranchFacts>
  actions(): Promise<ActionsFacts>
  /** null: nothing tells it yet. */
  retentionDays(): Promise<Retention | null>
  /** The workflow files at a branch. */
  workflows(ref: string): Promise<WorkflowFile[]>
  /** A login, or `org/team`. Throws CertifyError where there is no such person or team. */
  reviewer(name: string): Promise<Reviewer>
  /** Makes the environment be like this; everything about it that is not named here stays. */
  saveEnvironment(wanted: WantedEnvironment): Promise<void>
  /** Shows the text and asks; null: there is no terminal to ask on. */
  readonly confirm: ((text: string, question: string) => Promise<boolean>) | null
}

export interface Reviewer {
  type: 'User' | 'Team'
  id: number
  /** As it was named. */
  name: string
}

export interface WantedEnvironment {
  name: string
  /** All that it shall have; at most six. */
  reviewers: Reviewer[]
  preventSelfReview: boolean
  waitMinutes: number
  /** Exactly these may use it; or, as it is already, those that are protected, or those that are named there. */
  branches: 'protected' | 'named' | string[]
}
