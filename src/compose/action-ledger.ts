// The Action's ledger: a branch of the repository. Who may add to it, and what becomes of what could not be written.
import type { WorkflowArtifacts } from '../adapters/github/artifacts.ts'
import type { Client } from '../adapters/github/client.ts'
import type { RunContext } from '../adapters/github/context.ts'
import { BranchLedger } from '../adapters/github/ledger-branch.ts'
import { openPending } from '../app/ledger/pending.ts'
import type { Ledger, Log } from '../app/ports.ts'
import { CertifyError } from '../model/problem.ts'
import { LEDGER_TOOLS } from './ledger-tools.ts'

export interface ActionLedgerOptions {
  client: Client
  context: RunContext
  artifacts: WorkflowArtifacts | null
  dryRun: boolean
  env: Readonly<Record<string, string | undefined>>
  log: Log
}

export function actionLedger({ client, context, artifacts, dryRun, env, log }: ActionLedgerOptions): Ledger {
  const { owner, repo, defaultBranch, readOnly } = context
  return {
    ...LEDGER_TOOLS,
    unverified: readOnly !== null && !dryRun,
    actor: env.GITHUB_TRIGGERING_ACTOR || env.GITHUB_ACTOR || null,
    open: async ({ branch }) => {
      if (branch === defaultBranch) {
        throw new CertifyError('ledger_branch', `the ledger's branch is ${branch}, which is the default branch`, {
          hint: 'give ledger.branch a branch of its own, certify-ledger for example',
        })
      }
      return new BranchLedger(client, { owner, repo, branch })
    },
    // A fork's run writes no record, and its trusted half neither (decision 29).
    mode: ({ write }) => (dryRun || readOnly === 'fork' ? 'read' : write === 'in-step' ? 'append' : 'leave'),
    leftovers: async () => {
      if (artifacts === null) return []
      const { leftFiles } = await import('../adapters/github/leftovers.ts')
      const files = await leftFiles({ client, context, artifacts, runnerTemp: env.RUNNER_TEMP, log })
      return files.flatMap(({ bytes, ...of }) => {
        try {
          return [{ pending: openPending(bytes, `what run ${of.run.run} left`, null), ...of }]
        } catch (error) {
          log.warn(error instanceof CertifyError ? error.message : String(error))
          return []
        }
      })
    },
    leaveBehind: async (text) => {
      const { leaveFile } = await import('../adapters/github/leftovers.ts')
      return leaveFile(text, { runnerTemp: env.RUNNER_TEMP })
    },
  }
}
