// Which of two runs is the later one, so that an older run never overwrites what a newer one said.
import type { RunContext } from './context.ts'

/** Run ids grow with time; an attempt is a re-run of the same run. */
export interface Turn {
  run: number
  attempt: number
  /** Said for a run that cannot write (decision 29): what a run said by itself stands before it. */
  reported: boolean
}

export function turnOf({ subject, reporting }: Pick<RunContext, 'subject' | 'reporting'>): Turn {
  return { run: subject.run ?? 0, attempt: subject.attempt ?? 1, reported: reporting }
}

/** `123.1`, or `123.1r` where it was reported. */
export function writeTurn({ run, attempt, reported }: Turn): string {
  return `${run}.${attempt}${reported ? 'r' : ''}`
}

/** null where it is something else. */
export function readTurn(text: string | undefined): Turn | null {
  const match = /^(\d{1,15})\.(\d{1,6})(r?)$/.exec(text ?? '')
  return match ? { run: Number(match[1]), attempt: Number(match[2]), reported: match[3] === 'r' } : null
}

/** True where `a` must not be overwritten by `b`. Of one turn the last to speak is right. */
export function isLater(a: Turn, b: Turn): boolean {
  if (a.run !== b.run) return a.run > b.run
  if (a.attempt !== b.attempt) return a.attempt > b.attempt
  return b.reported && !a.reported
}
