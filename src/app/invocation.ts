// What a user asked for, after the Action's inputs or the command line were read. Nothing here has touched the world yet.
import type { FailOn } from '../model/outcome.ts'
import type { Result } from '../model/result.ts'

export const COMMANDS = ['evaluate', 'inspect', 'explain', 'validate'] as const
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
  colour: boolean
  width: number
}

export interface Ended {
  exit: 0 | 1 | 2
  /** What goes to stdout (a person's text, or one JSON document). */
  output: string
  /** Of `evaluate`: what the Action's outputs are made from. */
  result: Result | null
}

export const CONFIG_PATHS = ['.github/certification.yml', '.github/certification.yaml', '.github/certification.json'] as const
