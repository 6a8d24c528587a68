// What GitHub says of issues that a policy asks for, gathered before anything is judged; and what follows for a check.
import type { Check } from './check.ts'

/** `unknown`: no answer that counts; `why` is a sentence's end of ours. */
export type IssueAnswer = { state: 'open' } | { state: 'closed' } | { state: 'unknown'; why: string; asked: boolean }

/** Numbers of sub-issues that are open, of so many. */
export type SubIssuesAnswer = { state: 'listed'; open: number[]; total: number } | Extract<IssueAnswer, { state: 'unknown' }>

/** By number. */
export interface IssuesAsked {
  issues: Record<string, IssueAnswer>
  subIssues: Record<string, SubIssuesAnswer>
}

export type IssueCheck = Extract<Check, { fn: 'issues.closed' | 'sub_issues.closed' }>

/** `asked` false: there was nobody to ask. */
export type IssuesVerdict =
  | { state: 'done' }
  | { state: 'open'; issues: number[]; of: number | null }
  | { state: 'unknown'; why: string; asked: boolean }

export const isIssueCheck = (check: Check): check is IssueCheck =>
  check.fn === 'issues.closed' || check.fn === 'sub_issues.closed'

/** One issue that is open is an answer, whatever is not known of the others. An issue that nobody asked for is unknown. */
export function judgeIssues(check: IssueCheck, asked: IssuesAsked | undefined): IssuesVerdict {
  if (check.fn === 'sub_issues.closed') {
    const found = own(asked?.subIssues, check.issue)
    if (found === null) return nobody(check.issue)
    if (found.state === 'unknown') return found
    if (found.open.length > 0) return { state: 'open', issues: found.open, of: check.issue }
    return found.total > 0 ? { state: 'done' } : { state: 'unknown', why: `issue #${check.issue} has no sub-issues`, asked: true }
  }
  const answers = check.issues.map((issue) => ({ issue, answer: own(asked?.issues, issue) ?? nobody(issue) }))
  const open = answers.filter(({ answer }) => answer.state === 'open').map(({ issue }) => issue)
  if (open.length > 0) return { state: 'open', issues: open, of: null }
  const blind = answers.map(({ answer }) => answer).find((answer) => answer.state === 'unknown')
  if (blind !== undefined) return blind
  return answers.length > 0 ? { state: 'done' } : { state: 'unknown', why: 'it names no issue', asked: true }
}

function own<T>(answers: Readonly<Record<string, T>> | undefined, issue: number): T | null {
  return answers !== undefined && Object.hasOwn(answers, String(issue)) ? (answers[String(issue)] ?? null) : null
}

function nobody(issue: number): Extract<IssueAnswer, { state: 'unknown' }> {
  return { state: 'unknown', why: `nobody asked GitHub for issue #${issue}`, asked: false }
}

/** True where everything the check asks for has an answer, even one that is not known. */
export function wasAsked(check: IssueCheck, asked: IssuesAsked | undefined): boolean {
  if (check.fn === 'sub_issues.closed') return own(asked?.subIssues, check.issue) !== null
  return check.issues.every((issue) => own(asked?.issues, issue) !== null)
}
