// What is wrong with something a user gave us, and the errors that carry it.

/** One problem with an input: what, where, and what to do. `line` and `column` count from 1. */
export interface Problem {
  code: string
  message: string
  hint?: string
  path?: string
  line?: number
  column?: number
}

/** An error with a code, a sentence and a hint. `exit` is the process's exit code (2: could not judge). */
export class CertifyError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly problems: readonly Problem[]

  constructor(code: string, message: string, options: { hint?: string; problems?: readonly Problem[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CertifyError'
    this.code = code
    this.hint = options.hint
    this.problems = options.problems ?? []
  }
}
