// Writing that must neither double nor go back: after a lost answer or a limit, all of it is looked at and done again.
import { RequestError } from '@octokit/request-error'
import type { Log } from '../../app/ports.ts'
import { LONGEST_WAIT_SECONDS } from './pace.ts'
import { isLimit, mayHaveHappened } from './trouble.ts'

/** Looking and writing, all in all. */
const ATTEMPTS = 3

/** For requests inside `work`: neither the client repeats them nor waits, since what they rest on may be old by then. */
export const ONCE = { retries: 0, waits: false } as const

export interface Patience {
  log: Pick<Log, 'progress'>
  /** Length of the first pause; the next ones are longer. */
  pauseMs: number
}

/** `work` looks at what is there before it writes, each time anew, and is done where it finds its own writing. Throws what is left. */
export async function persist(work: () => Promise<void>, { log, pauseMs }: Patience): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const seconds = attempt === ATTEMPTS ? null : waitFor(error, (pauseMs / 1000) * attempt)
      if (seconds === null) throw error
      if (error instanceof RequestError && isLimit(error))
        log.progress(`GitHub's rate limit is reached: going on in ${Math.ceil(seconds)} s`)
      await new Promise((done) => setTimeout(done, seconds * 1000))
    }
  }
}

/** null: trying again cannot help, or not within reason; a question has been asked again already. */
function waitFor(error: unknown, pause: number): number | null {
  if (error instanceof RequestError && error.request.method === 'GET') return null
  if (!(error instanceof RequestError) || !isLimit(error)) return mayHaveHappened(error) ? pause : null
  const headers = error.response?.headers ?? {}
  const until = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) - Date.now() / 1000 : 60
  const seconds = headers['retry-after'] === undefined ? Math.max(0, until) + 1 : Number(headers['retry-after'])
  return seconds <= LONGEST_WAIT_SECONDS ? seconds : null
}
