// Spacing of writes. GitHub asks for a second between them; a run that posts a check and a comment needs none (decision 50).

/** Writes that go out unspaced, as long as GitHub does not complain. */
export const FREE_WRITES = 10

/** Longest wait for a rate limit to end; beyond it the call fails, and publishing becomes a warning. */
export const LONGEST_WAIT_SECONDS = 60

export class Pace {
  private writes = 0
  private complained = false
  private next = 0

  constructor(
    private readonly spacingMs: number,
    private readonly now: () => number = Date.now,
    private readonly sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** Whether the next write may go out at once; if so, it is counted. */
  pass(): boolean {
    if (this.complained || this.writes >= FREE_WRITES) return false
    this.writes += 1
    this.next = this.now() + this.spacingMs
    return true
  }

  /** Resolves when the next write may go out. */
  async turn(): Promise<void> {
    if (this.pass()) return
    const now = this.now()
    const at = Math.max(now, this.next)
    this.next = at + this.spacingMs
    if (at > now) await this.sleep(at - now)
  }

  /** After a 403 or 429 that speaks of limits: from now on every write is spaced. */
  slowDown(): void {
    this.complained = true
  }
}

/** In the shape of the throttling plugin's limiter groups. */
export function asLimiterGroup(pace: Pace) {
  return {
    key: () => ({
      schedule: async (_options: unknown, job: () => Promise<void>): Promise<void> => {
        await pace.turn()
        await job()
      },
    }),
  }
}
