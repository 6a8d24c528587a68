// A floor: counting the newlines of a file, streamed through one reused buffer.
const { closeSync, openSync, readSync } = require('node:fs')

const buffer = Buffer.allocUnsafeSlow(1024 * 1024)
for (const file of process.argv.slice(2)) {
  const fd = openSync(file, 'r')
  let count = 0
  for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) {
    const bytes = buffer.subarray(0, length)
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1
  }
  closeSync(fd)
  if (count === 0) throw new Error(`${file} has no line`)
}
