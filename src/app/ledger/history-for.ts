// The history that a run is held against, and what its own record says of where it belongs.
import type { Config } from '../../model/config.ts'
import { CertifyError } from '../../model/problem.ts'
import { openFindings } from '../comparison.ts'
import type { LedgerStore, Ports } from '../ports.ts'
import type { About } from './evaluation.ts'
import { type HistoryRead, NO_LEDGER, readHistory } from './history.ts'

/** A branch of one's own on a laptop has mostly no runs yet: it is then compared with the default branch's. */
export async function historyFor(config: Config, name: string, ports: Ports): Promise<HistoryRead> {
  if (!config.ledger.enabled) return NO_LEDGER
  let store: LedgerStore | null
  try {
    store = await ports.ledger.open(config.ledger)
  } catch (error) {
    if (!(error instanceof CertifyError)) throw error
    const problem = { message: error.message, hint: error.hint ?? null }
    return { ...NO_LEDGER, history: { ...NO_LEDGER.history, state: 'unreadable', problem, complete: false } }
  }
  const ancestors = () => ports.change.ancestors()
  const openOf = openFindings(config, ports.clock.now())
  const own = await readHistory(store, { name, branch: ports.branch.name, ancestors, openOf })
  if (ports.inAction || own.history.state !== 'known' || own.history.runs.length > 0) return own
  const standard = ports.git.defaultBranch()?.replace(/^origin\//, '') ?? null
  if (standard === ports.branch.name) return own
  const other = await readHistory(store, { name, branch: standard, ancestors, openOf })
  return { ...own, history: other.history }
}

/** A pull request or a merge queue's candidate is about a branch; any other run that has one is a run of it. */
export function aboutRun({ earlier, seen }: HistoryRead, { subject, branch }: Ports): About {
  const main =
    subject.event !== 'pull_request' && subject.event !== 'merge_group' && (branch.name !== null || subject.run === null)
  return { branch: branch.name, main, earlier, seen, baseline: false }
}
