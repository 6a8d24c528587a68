// How a process ends: with its code, and soon. A request that the time limit gave up must not keep the step waiting for it.

/** Long enough for output that is still being written. */
const GRACE_MS = 1000

export function endWith(code: number): void {
  process.exitCode = code
  setTimeout(() => process.exit(code), GRACE_MS).unref()
}
