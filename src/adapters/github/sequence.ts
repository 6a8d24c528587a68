// Which of two runs is the later one, so that an older run never overwrites what a newer one said.

/** Run ids grow with time; an attempt is a re-run of the same run. */
export interface Turn {
  run: number
  attempt: number
}

export function turnOf(subject: { run: number | null; attempt: number | null }): Turn {
  return { run: subject.run ?? 0, attempt: subject.attempt ?? 1 }
}

export function writeTurn(turn: Turn): string {
  return `${turn.run}.${turn.attempt}`
}

/** Reads `123.1`; null where it is something else. */
export function readTurn(text: string | undefined): Turn | null {
  const match = /^(\d{1,15})\.(\d{1,6})$/.exec(text ?? '')
  return match ? { run: Number(match[1]), attempt: Number(match[2]) } : null
}

export function isLater(a: Turn, b: Turn): boolean {
  return a.run > b.run || (a.run === b.run && a.attempt > b.attempt)
}
