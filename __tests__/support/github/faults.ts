// Trouble on order: what the stand-in does instead of (or after) answering properly.

export type Trouble =
  | { status: number; message?: string; headers?: Record<string, string> }
  /** The connection breaks before anything happened, or after the write happened but before its answer arrives. */
  | 'reset-before'
  | 'reset-after'
  /** The request is taken and never answered. */
  | 'hang'

interface Ordered {
  route: RegExp
  trouble: Trouble
  left: number
  skip: number
}

export class Faults {
  private readonly ordered: Ordered[] = []
  private readonly meanwhiles: { route: RegExp; work: () => Promise<unknown> }[] = []

  /** The next `times` requests whose route id (`POST /repos/{owner}/...`) matches fail so; `skip` of them first go well. */
  order(route: RegExp, trouble: Trouble, times = 1, skip = 0): void {
    this.ordered.push({ route, trouble, left: times, skip })
  }

  /** While the next such request is on its way, this happens: what it writes is written after it. */
  meanwhile(route: RegExp, work: () => Promise<unknown>): void {
    this.meanwhiles.push({ route, work })
  }

  async happen(route: string): Promise<void> {
    const at = this.meanwhiles.findIndex((one) => one.route.test(route))
    if (at >= 0) await this.meanwhiles.splice(at, 1)[0]!.work()
  }

  take(route: string): Trouble | null {
    for (const fault of this.ordered) {
      if (fault.left === 0 || !fault.route.test(route)) continue
      if (fault.skip > 0) {
        fault.skip -= 1
        continue
      }
      fault.left -= 1
      return fault.trouble
    }
    return null
  }
}

/** The answer to one who asked too often (documented wording: the throttling plugin looks for it). */
export function secondaryLimit(retryAfter: number, status: 403 | 429 = 403): Trouble {
  return {
    status,
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    headers: { 'retry-after': String(retryAfter) },
  }
}

/** The answer once the hour's requests are used up; `resetIn` seconds from now they are renewed. */
export function primaryLimit(resetIn: number): Trouble {
  return {
    status: 403,
    message: 'API rate limit exceeded for installation ID 1.',
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + resetIn) },
  }
}
