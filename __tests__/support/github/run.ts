// One run of the Action against the stand-in: its context, client and log, and the event and environment a runner would give.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '../../../src/adapters/github/client.ts'
import { contextOf, type RunContext } from '../../../src/adapters/github/context.ts'
import { DIFF_READER } from '../../../src/app/diff-reader.ts'
import type { Log } from '../../../src/app/ports.ts'
import type { Result } from '../../../src/model/result.ts'
import { runtimeToken } from './artifact-service.ts'
import type { GitHub } from './server.ts'
import type { Pull } from './state.ts'

export const HEAD = 'a'.repeat(40)
export const MERGE = 'c'.repeat(40)

/** A runner on which nothing was checked out. */
export const NO_CLONE = {
  git: { head: () => null, parents: () => [], mergeBase: () => null, diff: () => null },
  read: DIFF_READER,
}

export interface RunOptions {
  run?: number
  attempt?: number
  actor?: string
  pull?: Pull | null
  eventName?: string
  timeoutMs?: number
}

/** The payload of a `pull_request` event, as far as anything reads it. */
export function pullRequestEvent(github: GitHub, pull: Pull): Record<string, unknown> {
  const { number, draft, head, base, title } = pull
  return {
    action: 'synchronize',
    number,
    pull_request: { number, title, draft, mergeable: null, head, base },
    ...repositoryOf(github),
  }
}

export function repositoryOf(github: GitHub): Record<string, unknown> {
  const { repositoryId, repo, fullName, owner, defaultBranch } = github.state
  return {
    repository: { id: repositoryId, name: repo, full_name: fullName, owner: { login: owner }, default_branch: defaultBranch },
  }
}

/** What the runner sets for a JavaScript action, with its files in place below `folder`. */
export function runnerEnvironment(
  github: GitHub,
  folder: string,
  event: Record<string, unknown>,
  options: RunOptions = {},
): Record<string, string> {
  const { run = 1001, attempt = 1, actor = 'alice', eventName = 'pull_request' } = options
  mkdirSync(join(folder, 'temp'), { recursive: true })
  const file = (name: string, content = ''): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const pull = event.pull_request as { number: number; head: { ref: string }; base: { ref: string } } | undefined
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: github.state.fullName,
    GITHUB_REPOSITORY_ID: String(github.state.repositoryId),
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
    GITHUB_SHA: pull ? MERGE : HEAD,
    GITHUB_REF: pull ? `refs/pull/${pull.number}/merge` : 'refs/heads/main',
    GITHUB_HEAD_REF: pull?.head.ref ?? '',
    GITHUB_BASE_REF: pull?.base.ref ?? '',
    GITHUB_WORKFLOW_REF: `${github.state.fullName}/.github/workflows/ci.yml@refs/heads/main`,
    GITHUB_ACTOR: actor,
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_RUN_NUMBER: '7',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    RUNNER_TEMP: join(folder, 'temp'),
    ACTIONS_RESULTS_URL: `${github.url}/`,
    ACTIONS_RUNTIME_TOKEN: runtimeToken(run),
    NO_PROXY: '127.0.0.1',
  }
}

/** Keeps what was logged, so that a test can read it. */
export class KeptLog implements Log {
  readonly lines: string[] = []
  readonly masked: string[] = []
  info = (text: string): void => void this.lines.push(`info: ${text}`)
  warn = (text: string): void => void this.lines.push(`warning: ${text}`)
  error = (text: string): void => void this.lines.push(`error: ${text}`)
  progress = (text: string): void => void this.lines.push(`progress: ${text}`)
  mask = (secret: string): void => void this.masked.push(secret)

  get warnings(): string[] {
    return this.lines.filter((line) => line.startsWith('warning: '))
  }
}

export interface TestRun {
  client: Client
  context: RunContext
  log: KeptLog
}

/** A run on a pull request of the stand-in (number 12 unless told otherwise); with `pull: null` a push to main. */
export async function runOn(github: GitHub, options: RunOptions = {}): Promise<TestRun> {
  const pull = options.pull === undefined ? (github.state.pulls.get(12) ?? github.state.addPull(12)) : options.pull
  const log = new KeptLog()
  const context = contextOf(
    {
      payload: pull === null ? repositoryOf(github) : pullRequestEvent(github, pull),
      eventName: options.eventName ?? (pull === null ? 'push' : 'pull_request'),
      sha: pull === null ? HEAD : MERGE,
      ref: pull === null ? 'refs/heads/main' : `refs/pull/${pull.number}/merge`,
      actor: options.actor ?? 'alice',
      runId: options.run ?? 1001,
      runAttempt: options.attempt ?? 1,
      serverUrl: 'https://github.com',
    },
    {
      GITHUB_REPOSITORY: github.state.fullName,
      GITHUB_WORKFLOW_REF: `${github.state.fullName}/.github/workflows/ci.yml@refs/heads/main`,
    },
  )
  const client = await createClient({
    token: github.token,
    env: { GITHUB_API_URL: github.url },
    log,
    pauseMs: 5,
    timeoutMs: options.timeoutMs ?? 5000,
  })
  return { client, context, log }
}

/** A result of which publishers read the verdict alone. */
export function verdict(is: Result['decision']['verdict']): Result {
  return {
    schema: 'test',
    tool: { name: 'certify', version: '0.0.0' },
    name: 'certify',
    evaluatedAt: '2026-01-01T00:00:00.000Z',
    clock: 'fixed',
    subject: {
      repository: 'acme/shop',
      commit: HEAD,
      tested: null,
      ref: null,
      event: 'pull_request',
      pullRequest: 12,
      run: 1001,
      attempt: 1,
    },
    config: { source: 'defaults', digest: null, mode: 'enforce', loosened: [], ignored: [], notInForce: [], changedInHead: null },
    evidenceDigest: 'sha256:0',
    evidence: [],
    metrics: [],
    levels: [],
    gates: [],
    shortfall: [],
    history: null,
    newCode: null,
    notices: [],
    decision: {
      verdict: is,
      level: 0,
      target: 2,
      proceed: false,
      pendingFor: null,
      warnings: 0,
      failedCriteria: [],
      reasons: [],
    },
    certificate: null,
  }
}
