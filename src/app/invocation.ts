// What a user asked for, after the Action's inputs or the command line were read. Nothing here has touched the world yet.
import type { FailOn } from '../model/outcome.ts'
import type { Result } from '../model/result.ts'

export const COMMANDS = [
  'evaluate',
  'inspect',
  'explain',
  'validate',
  'collect',
  'baseline',
  'replay',
  'simulate',
  'ledger',
  'record',
  'gate',
  'issue',
  'verify',
  'revoke',
  'recertify',
  'init',
  'doctor',
  'setup',
] as const
export type Command = (typeof COMMANDS)[number]

export const FAIL_ON: readonly FailOn[] = ['failed', 'pending', 'warn', 'never']

export interface Invocation {
  command: Command
  /** Path of the config; `named` where the user gave it, so that its absence is an error. */
  config: { path: string; named: boolean }
  evidence: string[]
  artifacts: string[]
  level: string | undefined
  failOn: FailOn
  reportDir: string
  json: boolean
  dryRun: boolean
  /** Tells several uses in one repository apart. */
  name: string
  /** inspect: files. explain: the criterion. */
  operands: string[]
  /** What `--ledger` names: a folder, a branch, a repository's URL, or `off`; undefined: the usual place. */
  ledger: string | undefined
  /** ledger verify: a head's hash known from elsewhere. */
  expectHead: string | undefined
  /** ledger export: the folder. collect: the file. */
  out: string | undefined
  /** collect: what the reports are of; issue, verify: what is certified. Lower-case hex; undefined: what is checked out or run. */
  commit: string | undefined
  /** ledger log, simulate: how many. */
  last: number | undefined
  /** record: `sha256:` of the file that evaluate left. */
  recordDigest: string | undefined
  /** gate: which one, in which phase, and what earlier jobs passed on. */
  gate: number | undefined
  phase: 'preflight' | 'inside' | 'confirm' | 'go-live'
  environment: string | undefined
  snapshot: string | undefined
  /** `3:sha256:...` for each gate before. */
  after: string[]
  /** Hash of the approval's record, to go live with. */
  approval: string | undefined
  /** issue: globs of files, or oci://NAME@sha256:..., beside the policy's. verify: files that the certificate has to name. */
  subjects: string[]
  /** verify: path of a certificate; undefined: looked up in the ledger. revoke: its id. */
  certificate: string | undefined
  /** revoke: one of the closed list, with words after a colon. */
  reason: string | undefined
  /** verify: what is demanded beside the run's own. */
  repository: string | undefined
  ref: string | undefined
  policyDigest: string | undefined
  /** verify: file with the roots that signatures are trusted by. */
  trustedRoot: string | undefined
  /** setup: logins and org/team. */
  reviewers: string[]
  /** setup: change without asking. */
  yes: boolean
  /** Address of this run on GitHub; empty on a laptop. */
  runUrl: string
  colour: boolean
  width: number
}

export const CONFIG_PATHS = ['.github/certification.yml', '.github/certification.yaml', '.github/certification.json'] as const

/** Where nothing else was asked for. */
export const STANDARD: Omit<Invocation, 'command' | 'colour' | 'width'> = {
  config: { path: CONFIG_PATHS[0], named: false },
  evidence: [],
  artifacts: [],
  level: undefined,
  failOn: 'failed',
  reportDir: 'certify-report',
  json: false,
  dryRun: false,
  name: 'certify',
  operands: [],
  ledger: undefined,
  expectHead: undefined,
  out: undefined,
  commit: undefined,
  last: undefined,
  recordDigest: undefined,
  gate: undefined,
  phase: 'confirm',
  environment: undefined,
  snapshot: undefined,
  after: [],
  approval: undefined,
  subjects: [],
  certificate: undefined,
  reason: undefined,
  repository: undefined,
  ref: undefined,
  policyDigest: undefined,
  trustedRoot: undefined,
  reviewers: [],
  yes: false,
  runUrl: '',
}

export interface Ended {
  exit: 0 | 1 | 2
  /** What goes to stdout (a person's text, or one JSON document). */
  output: string
  /** Of `evaluate`: what the Action's outputs are made from. */
  result: Result | null
  /** What the Action's outputs get beside those of a result. */
  outputs?: Record<string, string>
  /** Markdown for the step summary, beside what publishers wrote. */
  summary?: string
}
