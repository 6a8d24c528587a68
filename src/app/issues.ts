// The issues that checks ask for, each looked up once before anything is judged.
import type { Config } from '../model/config.ts'
import { type IssuesAsked, isIssueCheck } from '../model/issue.ts'
import { checksOf } from './deliverables.ts'
import type { Ports } from './ports.ts'

/** More than this of them are not asked for. */
const MOST = 100
const AT_ONCE = 5

/** Nothing where no check asks for any. */
export async function issuesFor(config: Config, ports: Pick<Ports, 'issues'>): Promise<{ issues?: IssuesAsked }> {
  const checks = checksOf(config).filter(isIssueCheck)
  if (checks.length === 0) return {}
  const single = new Set(checks.flatMap((check) => (check.fn === 'issues.closed' ? check.issues : [])))
  const parents = new Set(checks.flatMap((check) => (check.fn === 'sub_issues.closed' ? [check.issue] : [])))
  const port = ports.issues === undefined ? null : await ports.issues()
  const all = single.size + parents.size
  const blind: Blind | null = port === null ? NOBODY : all > MOST ? TOO_MANY : null
  return {
    issues: {
      issues: await answers(single, async (number) => blind ?? (await port!.issue(number))),
      subIssues: await answers(parents, async (number) => blind ?? (await port!.subIssues(number))),
    },
  }
}

async function answers<T>(numbers: ReadonlySet<number>, ask: (number: number) => Promise<T>): Promise<Record<string, T>> {
  const found: [string, T][] = []
  const all = [...numbers].sort((a, b) => a - b)
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const some = all.slice(at, at + AT_ONCE)
    found.push(...(await Promise.all(some.map(async (number): Promise<[string, T]> => [String(number), await ask(number)]))))
  }
  return Object.fromEntries(found)
}

type Blind = { state: 'unknown'; why: string; asked: boolean }

const NOBODY: Blind = { state: 'unknown', why: 'there is no GitHub to ask for issues', asked: false }
const TOO_MANY: Blind = { state: 'unknown', why: `more than ${MOST} issues are asked for, so none was looked up`, asked: true }
