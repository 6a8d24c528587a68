// Writes what a generator yields, a mebibyte at a time, so that making a large file takes no more memory than a small one.
import { closeSync, openSync, writeSync } from 'node:fs'

const AT_ONCE = 1024 * 1024

/** `make` yields ASCII text and returns what a reader must find in it. */
export function writeInput(file, make) {
  const fd = openSync(file, 'w')
  let bytes = 0
  let waiting = ''
  const flush = () => {
    bytes += writeSync(fd, waiting, null, 'latin1')
    waiting = ''
  }
  try {
    for (;;) {
      const { done, value } = make.next()
      if (done) {
        flush()
        return { bytes, expected: value }
      }
      waiting += value
      if (waiting.length >= AT_ONCE) flush()
    }
  } finally {
    closeSync(fd)
  }
}
