// A floor: counting the newlines of a file byte by byte, streamed through one reused buffer.
const { closeSync, openSync, readSync } = require('node:fs')

const buffer = Buffer.allocUnsafeSlow(1024 * 1024)
for (const file of process.argv.slice(2)) {
  const fd = openSync(file, 'r')
  let count = 0
  for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) count += newlines(length)
  closeSync(fd)
  if (count === 0) throw new Error(`${file} has no line`)
}

/** A third of the time that a search for each next newline takes. */
function newlines(length) {
  let count = 0
  for (let at = 0; at < length; at += 1) if (buffer[at] === 10) count += 1
  return count
}
