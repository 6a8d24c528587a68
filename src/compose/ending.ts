// How a process ends: with its code, and soon, but not before what it wrote has been taken.

/** Longest wait for a request that the time limit gave up. */
const GRACE_MS = 1000

/** A code that is graver, as of output that could not be written, stays. */
export function endWith(code: number): void {
  process.exitCode = Math.max(code, Number(process.exitCode ?? 0))
  end()
}

/** A reader that is slow is waited for, as by any program; where nobody reads any more nothing is left to be written. */
function end(): void {
  setTimeout(() => {
    if (process.stdout.writableLength + process.stderr.writableLength > 0) end()
    else process.exit()
  }, GRACE_MS).unref()
}

/** A reader that leaves early, as `head` does, changes nothing; output that cannot be written otherwise is an error. */
export function heedOutput(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    process.stderr.write(`error: the output cannot be written: ${message}\n`)
    process.exitCode = 2
  })
}
