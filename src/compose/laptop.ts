// The ports of a laptop: the folder, its git clone, the terminal. Nothing is sent anywhere.

import { LocalChange } from '../adapters/node/change.ts'
import { clockFrom } from '../adapters/node/clock.ts'
import { consoleLog } from '../adapters/node/console-log.ts'
import { Workspace } from '../adapters/node/files.ts'
import { LocalGit } from '../adapters/node/git.ts'
import { LocalPolicy } from '../adapters/node/policy.ts'
import { ReportFiles } from '../adapters/node/report-files.ts'
import { DIFF_READER } from '../app/diff-reader.ts'
import type { Invocation } from '../app/invocation.ts'
import type { Ports } from '../app/ports.ts'
import { reportRenderings } from '../app/show.ts'
import { laptopLedger } from './laptop-ledger.ts'

export function laptopPorts(invocation: Invocation, root: string): Ports {
  const git = new LocalGit(root)
  const log = consoleLog(process.stderr)
  const files = new Workspace({ root, tracked: () => git.tracked() })
  const ports: Ports = {
    // At the door a clock that is set back would let through what has ended.
    clock: clockFrom(process.env.SOURCE_DATE_EPOCH, invocation.command !== 'verify'),
    log,
    files,
    git,
    artifacts: null,
    artifactRun: null,
    policy: new LocalPolicy(root, async (reference) =>
      (await import('../adapters/github/remote-config.ts')).readRemoteConfig(reference, process.env),
    ),
    change: new LocalChange(git, DIFF_READER, [invocation.reportDir, '.certify']),
    subject: {
      repository: git.repository(),
      commit: git.head(),
      tested: null,
      ref: git.branch(),
      event: 'local',
      pullRequest: null,
      run: null,
      attempt: null,
    },
    branch: { name: git.branch(), isDefault: git.branch() !== null && git.defaultBranch() === `origin/${git.branch()}` },
    defaultBranch: git.defaultBranch()?.replace(/^origin\//, '') ?? null,
    publishers: invocation.command === 'evaluate' ? [new ReportFiles(files, invocation.reportDir, reportRenderings())] : [],
    reviews: null,
    ledger: laptopLedger(invocation.ledger, root, git, process.env, log),
    env: process.env,
    inAction: false,
    setup: async () => (await import('./setup.ts')).setupPort(ports, null),
    attestor: async () => null,
    signatures: async () => (await import('./signatures.ts')).laptopSignatures(ports, invocation),
  }
  return ports
}
