// What the world must say of issues: whether one is closed, and which sub-issues it has.
import type { IssueAnswer, SubIssuesAnswer } from '../model/issue.ts'

/** Neither throws: what could not be asked is said. */
export interface Issues {
  issue(number: number): Promise<IssueAnswer>
  subIssues(number: number): Promise<SubIssuesAnswer>
}
